// One request for a page: what was asked for, of which repository, by whom. Pages and forms take it and nothing else.
import type { StandIn } from "../stand-in.ts";
import type { Actor, Repository, User } from "../world/types.ts";
import type { Html } from "./html.ts";

/** Who looks, and whom they could be instead. */
export type Viewer = {
  /** Null when the world has no people: then the page can only be read. */
  readonly person: User | null;
  readonly people: readonly User[];
  /** Random, one for each browser, from its cookie. */
  readonly session: string;
  /** Proves that a form came from a page that this browser was shown. */
  readonly token: string;
};
/** A form that was refused: shown again as it was sent. */
export type Refusal = { readonly form: string; readonly subject: string; readonly fields: URLSearchParams; readonly status: number; readonly message: string };
/** How a line of a guide starts that is a command to copy. */
export const COMMAND = "$ ";
export type GuideStep = { readonly title: string; readonly lines: readonly string[]; readonly done?: (repository: Repository) => boolean };
export type Guide = readonly GuideStep[];

export type Visit = {
  readonly standIn: StandIn;
  readonly repository: Repository;
  readonly url: URL;
  /** The named groups of the page's path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
  readonly refusal: Refusal | null;
  readonly guide: Guide;
};
/** A form as it was sent. */
export type Submission = Visit & { readonly actor: Actor; readonly fields: URLSearchParams };

export type Tab = "overview" | "code" | "pulls" | "issues" | "commits" | "tags" | "releases" | "actions" | "deliveries" | "requests";
export type Shown = { readonly title: string; readonly tab: Tab; readonly main: Html };
/** Does what a form asks for. Returns the path to go to. @throws ApiError when it is refused. */
export type FormAction = (submission: Submission) => Promise<string>;
export type Page = {
  /** Matches what follows `/owner/name`. */
  readonly path: RegExp;
  /** Null when there is no such thing. */
  readonly show: (visit: Visit) => Promise<Shown | null>;
  /** By the name each form has. */
  readonly forms: Readonly<Record<string, FormAction>>;
};
