// Remembers which routes of the stand-in's REST tables were asked for, so that a new route without a contract test fails.
import { beforeAll } from "@jest/globals";
import { matchRoute } from "../../sandbox/rest/routes.ts";
import { accountRoutes } from "../../sandbox/rest/routes/accounts.ts";
import { appRoutes } from "../../sandbox/rest/routes/app.ts";
import { hookRoutes } from "../../sandbox/rest/routes/hook.ts";
import { teamRoutes } from "../../sandbox/rest/routes/teams.ts";
import { allRepositoryRoutes } from "../../sandbox/rest/routes/index.ts";
import { searchRoutes } from "../../sandbox/rest/routes/search.ts";
import { manifestRoutes } from "../../sandbox/rest/manifest.ts";
import type { Driven } from "./drive.ts";

type Named = { readonly method: string; readonly template: string };
const IN_REPOSITORY = /^\/api\/(?:v3|uploads)\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)(?=\/|$)/;

export function restRoutes(github: () => Driven): { readonly unasked: () => readonly string[] } {
  const general = [...appRoutes, ...hookRoutes(() => Promise.resolve()), ...accountRoutes, ...searchRoutes, ...teamRoutes, ...manifestRoutes];
  const asked = new Set<string>();
  beforeAll(() => {
    github().standIn.observe({
      exchange: ({ method, path: address }, { status }) => {
        const path = address.split("?", 1)[0] ?? "";
        const match = matchRoute(general, method, path.replace("/api/v3", "")) ?? matchRoute(allRepositoryRoutes, method, path.replace(IN_REPOSITORY, ""));
        if (match !== null && status < 400) asked.add(nameOf(match.route));
      },
    });
  });
  return { unasked: () => [...general, ...allRepositoryRoutes].map(nameOf).filter((name) => !asked.has(name)) };
}

function nameOf({ method, template }: Named): string {
  return `${method} ${template}`;
}
