// GitHub's API as the app and as each installation: every one at its own pace, and each repository within its share of it.
import { z } from "zod";
import { githubClient } from "./github/client.ts";
import { namingWhatIsMissing } from "./github/name-what-is-missing.ts";
import { type Pace, pacePerInstallation } from "./github/pace.ts";
import type { RequestLike } from "./github/request.ts";
import { openShares } from "./github/share.ts";
import type { GitHub } from "./github/types.ts";
import type { Environment } from "./settings/environment.ts";
import type { Clock } from "./wake/clock.ts";
import type { Lease } from "./wake/types.ts";
import type { GitHubApp } from "./web/probot.ts";

/** Requests as the app itself and as an installation, authenticated. */
export type WayToGitHub = Pick<GitHubApp, "installationRequest" | "forgetToken"> & { readonly appRequest: RequestLike };

type Clients = {
  readonly asApp: GitHub;
  readonly asInstallation: (installationId: number) => Promise<GitHub>;
  /** For one look at one repository: within its share, and writing only as long as its lease is held. */
  readonly forLook: (lease: Lease, installationId: number) => Promise<GitHub>;
};

export function clientsOf(
  { appRequest, installationRequest, forgetToken }: WayToGitHub,
  { githubApiUrl, writeSpacingMs }: Pick<Environment, "githubApiUrl" | "writeSpacingMs">,
  clock: Clock,
): Clients {
  const paces = pacePerInstallation({ clock, writeSpacingMs });
  const shares = openShares(clock);
  const graphqlRoute = `POST ${graphqlAddress(githubApiUrl)}`;
  const client = (request: RequestLike, pace: Pace, mayWrite?: () => boolean): GitHub =>
    githubClient({
      request,
      clock,
      pace,
      graphqlRoute,
      parkedWhenMissing: ["GET /repositories/{repository_id}"],
      ...(mayWrite === undefined ? {} : { mayWrite }),
    });
  const asApp = client(appRequest, paces.of(0));
  const asPaced = async (installationId: number, pace: Pace, mayWrite?: () => boolean): Promise<GitHub> =>
    namingWhatIsMissing(client(await installationRequest(installationId), pace, mayWrite), async () => {
      forgetToken(installationId);
      const { data } = await asApp.rest("GET /app/installations/{installation_id}", { installation_id: installationId });
      return Installation.parse(data).permissions;
    });
  return {
    asApp,
    asInstallation: (installationId) => asPaced(installationId, paces.of(installationId)),
    forLook: ({ key, mayWrite }, installationId) => asPaced(installationId, shares.forLook(key, paces.of(installationId)), mayWrite),
  };
}

const Installation = z.object({ permissions: z.record(z.string(), z.string()) });

/** An Enterprise Server has its GraphQL beside its REST, at /api/graphql. */
function graphqlAddress(githubApiUrl: string): string {
  return `${githubApiUrl.replace(/\/v3$/, "")}/graphql`;
}
