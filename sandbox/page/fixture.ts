// For the tests beside it: a small repository in a stand-in, and somebody who looks at its pages and sends their forms.
import { commitFiles } from "../git/fixture.ts";
import { startStandIn } from "../start.ts";
import type { StandIn } from "../stand-in.ts";
import type { Actor, App, Issue, Repository } from "../world/types.ts";
import { pageHandler, type Guide } from "./index.ts";

export const ORIGIN = "http://127.0.0.1:4000";

/** A browser without a screen: it sends what a page holds. */
export type Visitor = {
  /** The answer to a request, or a plain 404 where the page has none. */
  readonly ask: (request: Request) => Promise<Response>;
  /** As somebody, or as whoever may do most. */
  readonly open: (path: string, options?: { readonly guide?: Guide; readonly as?: string }) => Promise<string>;
  /** Opens the page, then sends a form of it. A header that is empty is left out. */
  readonly send: (
    path: string,
    fields: Readonly<Record<string, string>>,
    options?: { readonly as?: string; readonly headers?: Readonly<Record<string, string>> },
  ) => Promise<Response>;
};

export type Scene = Visitor & {
  readonly standIn: StandIn;
  readonly repository: Repository;
  readonly app: App;
  readonly bot: Actor;
  readonly as: (login: string) => Actor;
  readonly issue: (title: string, body: string) => Promise<Issue>;
  readonly pull: (title: string, body: string) => Promise<Issue>;
};

/** People: kim owns kim/cavern, lee may write, sam may only read. */
export async function inScene(use: (scene: Scene) => Promise<void>): Promise<void> {
  const standIn = await startStandIn({ clock: "manual", git: "memory", deliver: () => Promise.resolve(200) });
  try {
    await use(await sceneOf(standIn));
  } finally {
    await standIn.close();
  }
}

/** What was shown to this browser: the cookie of its session and the token of its forms. */
export async function sessionOf(answer: Response): Promise<{ readonly cookie: string; readonly token: string }> {
  const [cookie = ""] = answer.headers.getSetCookie();
  const token = /name="token" value="(?<token>[0-9a-f]+)"/u.exec(await answer.text())?.groups?.["token"];
  return { cookie: cookie.split(";", 1)[0] ?? "", token: token ?? "" };
}

/** What a reader sees: without tags, blanks in one. */
export function words(page: string): string {
  return page
    .slice(page.indexOf("<main"))
    .replace(/<[^>]+>/gu, " ")
    .replace(/\s+/gu, " ");
}

export function visitorOf(standIn: StandIn): Visitor {
  const askWith = async (request: Request, guide: Guide): Promise<Response> =>
    (await pageHandler(standIn, { guide })(request, new URL(request.url))) ?? new Response("no page", { status: 404 });
  const ask: Visitor["ask"] = (request) => askWith(request, []);
  return {
    ask,
    async open(path, { guide = [], as: login = "" } = {}) {
      return (await askWith(new Request(ORIGIN + path, { headers: { cookie: `acting-as=${login}` } }), guide)).text();
    },
    async send(path, fields, { as: login = "kim", headers = {} } = {}) {
      const person = `acting-as=${login}`;
      const { cookie, token } = await sessionOf(await ask(new Request(ORIGIN + path, { headers: { cookie: person } })));
      const all = { cookie: `${person}; ${cookie}`, origin: ORIGIN, "sec-fetch-site": "same-origin", ...headers };
      const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
      return ask(new Request(ORIGIN + path, { method: "POST", headers: sent, body: new URLSearchParams({ token, as: login, subject: "", ...fields }) }));
    },
  };
}

async function sceneOf(standIn: StandIn): Promise<Scene> {
  for (const login of ["kim", "lee", "sam"]) standIn.addUser(login);
  const repository = await standIn.addRepository("kim", "cavern", { collaborators: { lee: "write", sam: "read" } });
  const app = standIn.addApp({
    slug: "release-steward",
    publicKey: "",
    permissions: { contents: "write", issues: "write", pull_requests: "write", checks: "write" },
    events: ["issues"],
    webhook: { url: `${ORIGIN}/hook`, secret: "secret" },
  });
  const bot: Actor = { is: "installation", user: app.bot, installation: standIn.install(app, "kim") };
  const { git } = repository;
  // The commits below have dates of their own, which all lie before anything else happens.
  standIn.advance(3_600_000);
  const as = standIn.actorFor;
  const files = { "README.md": "# Cavern\n\nSee #1.\n", "charts/cavern/Chart.yaml": "version: 0.8.0\n" };
  const first = await commitFiles(git, [], files, "feat: start\n");
  await git.updateRefs([{ name: "refs/heads/main", before: null, after: first }]);

  return {
    standIn,
    repository,
    app,
    bot,
    as,
    ...visitorOf(standIn),
    issue: async (title, body) => standIn.operations.openIssue(as("kim"), repository, { title, body, labels: [], milestone: null }),
    async pull(title, body) {
      const head = await commitFiles(git, [first], { "charts/cavern/Chart.yaml": "version: 0.9.0\n" }, "chore: release 0.9.0\n");
      await git.updateRefs([{ name: "refs/heads/release/cavern", before: null, after: head }]);
      return standIn.operations.openPullRequest(bot, repository, { title, body, head: "release/cavern", base: "main", isDraft: false });
    },
  };
}
