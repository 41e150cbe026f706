// One request on its way through a route, and the answers that routes give.
import type { z } from "zod";
import type { Operations } from "../world/operations.ts";
import { type Actor, ApiError, type Repository, type World } from "../world/types.ts";

export type Call = {
  readonly world: World;
  readonly operations: Operations;
  readonly actor: Actor | null;
  /** What the braces of the route's template stand for, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Path as it was asked for, without `/api/v3` and query. */
  readonly path: string;
  /** Parsed JSON, null without any; bytes of what is uploaded. */
  readonly body: unknown;
  readonly accept: string;
  readonly contentType: string;
};
export type RepositoryCall = Call & { readonly repository: Repository };

export type Answer = {
  readonly status: number;
  /** Sent as JSON; bytes as they are; null is no body. */ readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

export const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, body, headers });
export const DOCUMENTATION = "https://docs.github.com/rest";
/** What is asked for is elsewhere now. */
export const redirection = (status: 301 | 307, location: string): Answer =>
  answer(status, { message: status === 301 ? "Moved Permanently" : "Temporary Redirect", url: location, documentation_url: DOCUMENTATION }, { location });
export const ok = (body: unknown): Answer => answer(200, body);
export const created = (body: unknown): Answer => answer(201, body);
export const noContent = (): Answer => answer(204, null);

/** @throws ApiError 404 */
export const found = <Thing>(thing: Thing | null | undefined): Thing => {
  if (thing === null || thing === undefined) throw new ApiError(404, "Not Found");
  return thing;
};

/** @throws ApiError 404: a number that is none names nothing */
export const numberOf = (call: Call, name: string): number => {
  const text = call.parameters[name] ?? "";
  return /^\d+$/u.test(text) ? Number(text) : found<number>(null);
};
export const textOf = (call: Call, name: string): string => call.parameters[name] ?? "";

/** Who writes. @throws ApiError 401 for nobody */
export const writer = (call: Call): Actor => {
  if (call.actor === null) throw new ApiError(401, "Requires authentication");
  return call.actor;
};

/** The body as that shape; what it does not name is ignored. @throws ApiError 422 */
export const read = <Shape extends z.ZodType>(call: Call, shape: Shape): z.output<Shape> => {
  const result = shape.safeParse(call.body ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `"${path.join(".")}": ${message}`);
  throw new ApiError(422, `Invalid request.\n\n${problems.join("\n")}`);
};

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
/** Only what was said: fields that are undefined are left out. */
export const given = <Fields extends object>(fields: Fields): Given<Fields> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entries forget which field each value belongs to
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
