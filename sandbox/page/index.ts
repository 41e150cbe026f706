// The stand-in's web view: pages of a repository as on GitHub, made on the server, readable without any script.
import type { StandIn } from "../stand-in.ts";
import { ApiError, type Repository } from "../world/types.ts";
import { goTo, newNonce, pageAnswer, textAnswer } from "./answers.ts";
import { assetAnswer } from "./assets.ts";
import { framed } from "./frame.ts";
import { html, type Html } from "./html.ts";
import { PAGES } from "./pages/index.ts";
import { repositories } from "./pages/repositories.ts";
import { versionOf } from "./version.ts";
import { forgery, maySee, personCookie, sessionCookie, viewerOf } from "./viewer.ts";
import type { Guide, Page, Refusal, Tab, Viewer, Visit } from "./visit.ts";

export type { Guide } from "./visit.ts";

type Handler = (request: Request, url: URL) => Promise<Response | null>;
type Target = { readonly repository: Repository | null; readonly page: Page; readonly parameters: Readonly<Record<string, string>> };

const MOST_BYTES = 1_000_000;
const NO_PATH = /^\/(?:api\/|[^/]+\/[^/]+\.git(?:\/|$))/u;
const REPOSITORY_PATH = /^\/(?<owner>[\w.-]+)\/(?<name>[\w.-]+)(?<rest>\/.*?)?\/?$/u;

/**
 * Answers requests for pages; null for what is none, such as the API and git.
 * `guide`: what the overview of a repository proposes to try; a line that starts with `$ ` is a command to copy.
 */
export function pageHandler(standIn: StandIn, { guide = [] }: { readonly guide?: Guide } = {}): Handler {
  return async (request, url) => {
    const isPost = request.method === "POST";
    if ((!isPost && request.method !== "GET" && request.method !== "HEAD") || NO_PATH.test(url.pathname)) return null;
    if (isPost && url.pathname === "/-/person") return switchPerson(request, url, standIn);
    const asset = isPost ? null : await assetAnswer(url.pathname);
    if (asset !== null) return asset;
    if (url.pathname === "/" && !isPost) {
      const viewer = viewerOf(request, standIn.world, null);
      return answer(url, viewer, { title: "Repositories", main: repositories(standIn, viewer) });
    }
    const version = isPost ? null : versionAnswer(request, url, standIn);
    if (version !== null) return version;
    const target = targetOf(url, standIn);
    if (target === null) return null;
    const viewer = viewerOf(request, standIn.world, target.repository);
    if (target.repository === null || !maySee(target.repository, viewer.person)) return missing(url, viewer, null);
    const visit: Visit = { standIn, repository: target.repository, url, parameters: target.parameters, viewer, refusal: null, guide };
    return isPost ? submit(request, target.page, visit) : show(target.page, visit);
  };
}

/** The page that an address names; null when it names none. */
function targetOf(url: URL, { world }: StandIn): Target | null {
  const path = REPOSITORY_PATH.exec(url.pathname)?.groups;
  if (path === undefined) return null;
  const rest = decoded(path["rest"] ?? "");
  const page = PAGES.find((candidate) => candidate.path.test(rest));
  if (page === undefined) return null;
  const repository = world.repositories.get(`${path["owner"]}/${path["name"]}`.toLowerCase()) ?? null;
  return { repository, page, parameters: page.path.exec(rest)?.groups ?? {} };
}

function versionAnswer(request: Request, url: URL, { world }: StandIn): Response | null {
  const path = REPOSITORY_PATH.exec(url.pathname)?.groups;
  const repository = path?.["rest"] === "/version" ? world.repositories.get(`${path["owner"]}/${path["name"]}`.toLowerCase()) : undefined;
  if (repository === undefined || !maySee(repository, viewerOf(request, world, repository).person)) return null;
  return textAnswer(versionOf(repository, world), "text/plain");
}

async function show(page: Page, visit: Visit): Promise<Response> {
  // Before the page is made: a change while it is made is then seen as one.
  const version = versionOf(visit.repository, visit.standIn.world);
  const shown = await page.show(visit);
  if (shown === null) return missing(visit.url, visit.viewer, visit.repository);
  return answer(visit.url, visit.viewer, { ...shown, repository: visit.repository, refusal: visit.refusal, version });
}

/** Does what a form asks for and goes on; what is refused is shown on the page, with all that was typed. */
async function submit(request: Request, page: Page, visit: Visit): Promise<Response> {
  const fields = await fieldsOf(request);
  if (fields === null) return textAnswer("This is no form, or it is too long.", "text/plain", 413);
  const form = fields.get("does") ?? "";
  const action = Object.hasOwn(page.forms, form) ? page.forms[form] : undefined;
  const refused = (status: number, message: string): Promise<Response> =>
    show(page, { ...visit, refusal: { form, subject: fields.get("subject") ?? "", fields, status, message } });
  const reason = forgery(request, visit.url, visit.viewer, fields.get("token") ?? "");
  if (reason !== null) return refused(403, reason);
  const person = visit.viewer.person;
  if (action === undefined || person === null) return refused(404, "There is no such form on this page.");
  if (fields.get("as") !== person.login)
    return refused(
      409,
      `You act as ${person.login} now, but this was sent from a page made for somebody else. Nothing was done: send it again if you mean it.`,
    );
  try {
    return goTo(await action({ ...visit, fields, actor: visit.standIn.actorFor(person.login) }));
  } catch (error) {
    if (error instanceof ApiError) return refused(error.status, sentence(error));
    throw error;
  }
}

async function switchPerson(request: Request, url: URL, standIn: StandIn): Promise<Response> {
  const viewer = viewerOf(request, standIn.world, null);
  const fields = await fieldsOf(request);
  const reason = forgery(request, url, viewer, fields?.get("token") ?? "");
  const person = viewer.people.find(({ login }) => login === fields?.get("login"));
  const refusal = { form: "", subject: "", fields: new URLSearchParams(), status: 403, message: reason ?? "There is no such person." };
  if (reason !== null || person === undefined) return answer(url, viewer, { title: "Repositories", main: repositories(standIn, viewer), refusal });
  const back = fields?.get("back") ?? "/";
  // Only within this site: a path that starts with two slashes would lead elsewhere.
  return goTo(/^\/(?![/\\])/u.test(back) ? back : "/", [personCookie(person.login)]);
}

function missing(url: URL, viewer: Viewer, repository: Repository | null): Response {
  const main = html`<h1>Not found</h1>
    <p>There is nothing at <code>${url.pathname}</code>, or ${viewer.person === null ? "nobody" : viewer.person.login} may not see it.</p>
    <p><a href="/">All repositories</a></p>`;
  return answer(url, viewer, { title: "Not found", main, repository, status: 404 });
}

type Answer = {
  readonly title: string;
  readonly main: Html;
  readonly tab?: Tab;
  readonly repository?: Repository | null;
  readonly version?: string;
  readonly refusal?: Refusal | null;
  readonly status?: number;
};

function answer(url: URL, viewer: Viewer, { title, main, tab, repository = null, refusal = null, version = "", status }: Answer): Response {
  const nonce = newNonce();
  const page = framed({ title, main, url, viewer, repository, refusal, version, tab: tab ?? null, nonce });
  return pageAnswer(page, status ?? refusal?.status ?? 200, nonce, [sessionCookie(viewer)]);
}

/** Null when the body is no form or too long. */
async function fieldsOf(request: Request): Promise<URLSearchParams | null> {
  if (request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") !== true) return null;
  const text = await request.text();
  return text.length > MOST_BYTES ? null : new URLSearchParams(text);
}

function sentence({ message, errors }: ApiError): string {
  const details = errors.map((error) => error["message"] ?? [error["resource"], error["field"], error["code"]].filter((part) => part !== undefined).join(" "));
  return [message, ...details].map((part) => part.replace(/[^.!?]$/u, "$&.")).join(" ");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
