// The plan for a repository on GitHub, as the app would make it now: read with somebody's token, nothing written.
import { request } from "@octokit/request";
import { z } from "zod";
import { githubClient } from "../github/client.ts";
import { createPace } from "../github/pace.ts";
import type { GitHub } from "../github/types.ts";
import type { Plan } from "../model/plan.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { type App, githubObserver, openMemory } from "../observe/github/index.ts";
import { propose } from "../reconcile.ts";
import { systemClock } from "../wake/clock.ts";
import { PLAYBOOK_PATH } from "../world.ts";
import { playbookFor } from "./playbook-for.ts";
import type { Terminal } from "./terminal.ts";

type Options = {
  readonly repository: string;
  readonly app: string;
  readonly playbook: string | null;
  /** A release that is shown although it may be over; null for none. */ readonly tag: string | null;
};

const Numbered = z.object({ id: z.int().positive() });

/** Null when the playbook has problems: they have been printed. @throws with a hint when the token is missing or the name is none */
export async function planOnGitHub({ repository, app: slug, playbook, tag }: Options, terminal: Terminal): Promise<Plan | null> {
  const [owner, name, ...rest] = repository.split("/");
  if (owner === undefined || owner === "" || name === undefined || name === "" || rest.length > 0)
    throw withHint(`--github: expected a repository such as organisation/name, found "${repository}"`, "write the owner, a slash and the name");
  const github = clientWith(tokenFromEnvironment());
  terminal.progress(`asking GitHub about ${repository}`);
  const { data } = await github.rest("GET /repos/{owner}/{repo}", { owner, repo: name });
  const reading = githubObserver(github, Numbered.parse(data), {
    app: await appNamed(slug, github),
    now: systemClock.now,
    playbookPath: PLAYBOOK_PATH,
    memory: openMemory(),
  });
  const observer = {
    ...reading,
    first: async (): Promise<Snapshot> => {
      const first = await reading.first();
      return { ...first, hosted: { ...first.hosted, shown: tag === null ? [] : [tag] } };
    },
  };
  const found = await playbookFor(observer, playbook, terminal);
  return found === null ? null : await propose(observer, found.playbook, found.snapshot);
}

function tokenFromEnvironment(): string {
  const { GITHUB_TOKEN: own, GH_TOKEN: other } = process.env;
  const token = own ?? other ?? "";
  if (token === "") throw withHint("explain --github: there is no token", "set GITHUB_TOKEN, for example with `GITHUB_TOKEN=$(gh auth token)`");
  return token;
}

function clientWith(token: string): GitHub {
  const { GITHUB_API_URL: baseUrl = "https://api.github.com" } = process.env;
  const sent = request.defaults({ baseUrl, headers: { authorization: `token ${token}` } });
  return githubClient({
    request: async (route, parameters) => await sent(route, parameters),
    clock: systemClock,
    pace: createPace({ clock: systemClock, writeSpacingMs: 0 }),
    graphqlRoute: `POST ${baseUrl.replace(/\/v3$/, "")}/graphql`,
  });
}

/** Whose pull requests and check runs are believed. */
async function appNamed(slug: string, { rest }: Pick<GitHub, "rest">): Promise<App> {
  const login = `${slug}[bot]`;
  const [app, user] = await Promise.all([rest("GET /apps/{app_slug}", { app_slug: slug }), rest("GET /users/{username}", { username: login })]);
  return { id: Numbered.parse(app.data).id, login, userId: Numbered.parse(user.data).id, signs: null };
}

function withHint(message: string, hint: string): Error {
  return Object.assign(new Error(message), { hint });
}
