// The one implementation of GitHub: each call is one request, in its turn, and its failure one of four errors.
import { Refused, Transient } from "../model/errors.ts";
import type { Clock } from "../wake/clock.ts";
import { type Circumstances, errorFromFailure, RateLimited } from "./failure.ts";
import { errorFromGraphql, refusedFields } from "./graphql-errors.ts";
import type { Nature, Pace } from "./pace.ts";
import { type Answer, fieldsOf, readFailure, type RequestLike, textOf } from "./request.ts";
import type { GitHub } from "./types.ts";

/** GitHub itself gives up after 10 s. */
const TIMEOUT_MS = 30_000;

type Asked = Omit<Circumstances, "now"> & { readonly route: string; readonly parameters: Readonly<Record<string, unknown>>; readonly nature: Nature };

/** @throws only what the contract names, and what is a bug */
export function githubClient(options: {
  /** Octokit's, authenticated, without plugins that retry or throttle. */
  readonly request: RequestLike;
  readonly clock: Clock;
  /** Shared by all clients of an installation. */
  readonly pace: Pace;
  /** Routes whose 404 means that there is nobody left to work for, `GET /repositories/{repository_id}`. */
  readonly parkedWhenMissing?: readonly string[];
  /** Asked before each write is sent, however long that waited for its turn: false when whoever asks must write no more. */
  readonly mayWrite?: () => boolean;
  /** An own server has its GraphQL elsewhere: `POST https://github.example.com/api/graphql`. */
  readonly graphqlRoute?: string;
}): GitHub {
  const { request, clock, pace, parkedWhenMissing = [], graphqlRoute = "POST /graphql", mayWrite = () => true } = options;

  const send = async (asked: Asked): Promise<Answer> => {
    const answer = await sendInTurn(asked);
    const { what, expected } = asked;
    if (answer.status >= 300 && !expected.includes(answer.status)) {
      throw new Refused(what, `GitHub redirects (${answer.status}): the repository was renamed or transferred`, null);
    }
    // Octokit hands over JSON that was cut off as text, as if that were the answer.
    const isJson = textOf(answer.headers["content-type"]).startsWith("application/json");
    if (isJson && typeof answer.data === "string") throw new Transient(`${what}: the answer was cut off`);
    return answer;
  };

  const sendInTurn = async (asked: Asked): Promise<Answer> => {
    try {
      return await pace.send(asked.nature, () => sendOnce(asked));
    } catch (error) {
      const failure = error instanceof Transient ? null : readFailure(error);
      if (failure === null) throw error;
      const thrown = errorFromFailure(failure, { ...asked, now: clock.now() }, error);
      if (thrown === null && failure.is === "answer") return failure.answer;
      throw heldBack(thrown ?? error);
    }
  };

  const sendOnce = async ({ route, parameters, nature }: Asked): Promise<Answer> => {
    if (nature.write && !mayWrite()) throw new Transient(`${route}: another worker has taken over, or this one is stopping`);
    const limit = new AbortController();
    const cancelLimit = clock.after(TIMEOUT_MS, () => {
      limit.abort();
    });
    // What is redirected arrives as a GET: a write would look as if it had worked.
    const redirect = route.startsWith("GET ") ? "follow" : "manual";
    try {
      return await request(route, { ...parameters, request: { signal: limit.signal, redirect } });
    } finally {
      cancelLimit();
    }
  };

  /** A limit that one request met holds for all of the installation. */
  const heldBack = <Thrown>(error: Thrown): Thrown => {
    if (error instanceof RateLimited) pace.limited(error.until);
    return error;
  };

  return {
    rest: async (route, parameters, { expected = [] } = {}) => {
      const parksWhenMissing = parkedWhenMissing.includes(route);
      return send({ what: route, route, parameters, nature: natureOfRoute(route), isGraphql: false, parksWhenMissing, expected });
    },
    graphql: async (document, variables, { onRefused } = {}) => {
      const what = textOf(document.trim().split("\n", 1)[0]).slice(0, 80);
      const nature = natureOfDocument(document);
      const parameters = { query: document, variables };
      const answer = await send({
        what,
        route: graphqlRoute,
        parameters,
        nature,
        isGraphql: true,
        parksWhenMissing: false,
        expected: [],
      });
      const { data, errors } = fieldsOf(answer.data);
      const thrown = errorFromGraphql(errors, { what, headers: answer.headers, now: clock.now() });
      const hasData = typeof data === "object" && data !== null;
      const refused = thrown instanceof Refused && hasData && onRefused !== undefined ? refusedFields(errors, what, nature.write) : null;
      if (thrown !== null && refused === null) throw heldBack(thrown);
      if (!hasData) throw new Transient(`${what}: the answer holds no data`);
      for (const { path, error } of refused ?? []) onRefused?.(path, error);
      return data;
    },
  };
}

function natureOfRoute(route: string): Nature {
  const [method = ""] = route.trim().toUpperCase().split(" ", 1);
  return { write: method !== "GET" && method !== "HEAD", creates: method === "POST" ? 1 : 0 };
}

/** In a mutation each field that creates or adds something counts, as each would by itself. */
function natureOfDocument(document: string): Nature {
  const text = document.replace(/#[^\n]*/g, "").trim();
  if (!/^mutation\b/.test(text)) return { write: false, creates: 0 };
  return { write: true, creates: text.match(/\b(?:create|add)[A-Z]\w*\s*\(/g)?.length ?? 0 };
}
