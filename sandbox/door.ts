// The one door of the stand-in: every request comes through here, is told to who watches, kept in the log, and spoiled
// when a test says so.
import { isApi, isUpload } from "./addresses.ts";
import { type ApiRequest, type Asked, apiHandler, graphqlName } from "./api.ts";
import { apiResponse } from "./api-response.ts";
import { type Interceptor, openSpoil } from "./faults/spoil.ts";
import { answerGit, gitAddress } from "./git-http.ts";
import { authenticate } from "./rest/authenticate.ts";
import { refusalAnswer } from "./rest/handler.ts";
import type { StandIn } from "./stand-in.ts";
import { fromStorage } from "./storage.ts";
import type { Operations } from "./world/operations.ts";
import { ApiError, type Delivery, type World } from "./world/types.ts";

type Observer = Parameters<StandIn["observe"]>[0];
type Pages = Parameters<StandIn["serve"]>[0];
export type Door = Pick<StandIn, "handle" | "intercept" | "keepAnswers" | "serve"> & { readonly observers: Observer[] };

const parsed = (bytes: Uint8Array): unknown => {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as unknown;
  } catch {
    throw new ApiError(400, "Problems parsing JSON");
  }
};

const nameOf = (world: World, header: string | null): string => {
  try {
    return authenticate(world, header)?.user.login ?? "";
  } catch {
    return "";
  }
};

const noPages: Pages = () => Promise.resolve(null);

export const openDoor = (world: World, operations: Operations, redeliver: (delivery: Delivery) => Promise<void>): Door => {
  const observers: Observer[] = [];
  let interceptor: Interceptor | null = null;
  let pages = noPages;
  const askApi = apiHandler(world, operations, redeliver);

  const spoil = openSpoil(world.now);
  const faulted = async (asking: ApiRequest, isWrite: boolean, real: () => Promise<Response>): Promise<Response> => {
    const { method, url, headers, body } = asking;
    const request = { method, path: url.pathname + url.search, body, isWrite };
    return spoil.answered(interceptor === null ? null : await interceptor(request), {
      name: `${headers.get("authorization") ?? ""} ${method} ${request.path} ${JSON.stringify(body)}`,
      isWrite,
      refuse: (status, message, more) => {
        const answer = refusalAnswer(new ApiError(status, message));
        return apiResponse(world, asking, { actor: null, answer: { ...answer, headers: { ...answer.headers, ...more } } });
      },
      real,
    });
  };

  const tell = ({ method, url, body }: ApiRequest, { answer }: Asked, status: number): void => {
    const path = url.pathname + url.search;
    const isEmpty = status === 304 || method === "HEAD";
    for (const { exchange } of observers) exchange?.({ method, path, body }, { status, body: isEmpty ? null : answer.body });
  };

  const logged = async (
    request: Request,
    url: URL,
    graphql: ReturnType<typeof graphqlName>,
    isWrite: boolean,
    work: () => Promise<Response>,
  ): Promise<Response> => {
    const entry = {
      id: world.nextId(),
      at: world.now(),
      actor: nameOf(world, request.headers.get("authorization")),
      method: request.method,
      url: url.pathname + url.search,
      graphql: graphql?.name ?? null,
      isWrite,
      status: 0,
      tookMs: 0,
    };
    world.requests.push(entry);
    const startedAt = performance.now();
    try {
      const response = await work();
      entry.status = response.status;
      return response;
    } finally {
      entry.tookMs = performance.now() - startedAt;
    }
  };

  const answerApi = async (request: Request, url: URL, bytes: Uint8Array): Promise<Response> => {
    let body: unknown;
    try {
      body = isUpload(url) ? bytes : parsed(bytes);
    } catch (error) {
      if (error instanceof ApiError)
        return apiResponse(world, { url, method: request.method, headers: request.headers }, { actor: null, answer: refusalAnswer(error) });
      throw error;
    }
    const graphql = graphqlName(url, body);
    const isWrite = graphql?.isMutation ?? !["GET", "HEAD"].includes(request.method);
    const asking: ApiRequest = { method: request.method, url, headers: request.headers, body };
    return logged(request, url, graphql, isWrite, () =>
      faulted(asking, isWrite, async () => {
        const asked = await askApi(asking);
        const response = apiResponse(world, asking, asked);
        tell(asking, asked, response.status);
        return response;
      }),
    );
  };

  return {
    observers,
    intercept: (next) => {
      interceptor = next;
    },
    keepAnswers: spoil.keepAnswers,
    serve: (handler) => {
      pages = handler;
    },
    async handle(request) {
      const url = new URL(request.url);
      const git = gitAddress(request.method, url);
      if (git === null && !isApi(url)) return fromStorage(world, url) ?? (await pages(request, url)) ?? new Response("Not Found\n", { status: 404 });
      const bytes = new Uint8Array(await request.arrayBuffer());
      if (git === null) return answerApi(request, url, bytes);
      const isPush = git.service === "git-receive-pack" && !git.isAdvertisement;
      return logged(request, url, null, isPush, () =>
        faulted({ method: request.method, url, headers: request.headers, body: null }, isPush, () => answerGit(world, operations, git, request, bytes)),
      );
    },
  };
};
