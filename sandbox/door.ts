// The one door of the stand-in: every request comes through here, is told to who watches, kept in the log, and spoiled
// when a test says so.
import { type ApiRequest, type Asked, apiHandler, apiResponse, graphqlName, isApi } from "./api.ts";
import { type Intercepted, type Interceptor, openSpoil } from "./faults/spoil.ts";
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

  const spoil = openSpoil({
    now: world.now,
    refuse: (status, message, headers) => {
      const answer = refusalAnswer(new ApiError(status, message));
      return apiResponse(world, { actor: null, answer: { ...answer, headers: { ...answer.headers, ...headers } } });
    },
  });
  const faulted = async (asker: string, request: Intercepted, real: () => Promise<Response>): Promise<Response> =>
    spoil.answered(interceptor === null ? null : await interceptor(request), asker, request, real);

  const tell = (request: ApiRequest, { answer }: Asked): void => {
    const path = request.url.pathname + request.url.search;
    for (const { exchange } of observers) exchange?.({ method: request.method, path, body: request.body }, { status: answer.status, body: answer.body });
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
      body = parsed(bytes);
    } catch (error) {
      if (error instanceof ApiError) return apiResponse(world, { actor: null, answer: refusalAnswer(error) });
      throw error;
    }
    const graphql = graphqlName(url, body);
    const isWrite = graphql?.isMutation ?? !["GET", "HEAD"].includes(request.method);
    return logged(request, url, graphql, isWrite, () =>
      faulted(nameOf(world, request.headers.get("authorization")), { method: request.method, path: url.pathname + url.search, body, isWrite }, async () => {
        const asking: ApiRequest = { method: request.method, url, headers: request.headers, body };
        const asked = await askApi(asking);
        tell(asking, asked);
        return apiResponse(world, asked);
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
        faulted("git", { method: request.method, path: url.pathname + url.search, body: null, isWrite: isPush }, () =>
          answerGit(world, operations, git, request, bytes),
        ),
      );
    },
  };
};
