// A release of mirador-rca, agreed and merged as 0.4.0: what comes after the tag begins here. People build, sign and deploy.
import type { Sha } from "../../../sandbox/git/types.ts";
import type { Issue } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { report } from "./open-example.ts";
import { mirador } from "./repositories.ts";
import { goOn, openRolloutTeam } from "./rollout-team.ts";

export const MINUTES = 60_000;

export const DIGESTS = { image: `sha256:${"1a".repeat(32)}`, chart: `sha256:${"2b".repeat(32)}` };
export const SMOKE = ["grpcurl investigation", "GetPatterns and ListCorrelations", "cache hit rate"];

type Agreed = { readonly team: Team; readonly pull: Issue };

/** Everything that is asked before the merge is there; nobody has merged yet. */
export async function agreedMirador(isWatched = true): Promise<Agreed> {
  const team = await openRolloutTeam(mirador, {}, { tags: [], isWatched });
  for (const title of ["v0.4.0", "v0.5.0"]) await team.standIn.operations.createMilestone(team.person("kim"), team.repository, { title, description: null });
  const changelog = mirador.files["CHANGELOG.md"].replace("_Placeholder: new features_", "Correlation by host");
  await team.contribute("Correlate by host", "squash", { "CHANGELOG.md": changelog });
  await team.settle();
  const pull = team.releasePullRequest();
  await report(team, pull, ["lint", "test", "helm", "govulncheck"]);
  await team.say(pull, "/release evidence staging https://example.org/run/7", "mia");
  await team.say(pull, "/release evidence docs https://example.org/docs", "kim");
  await team.settle();
  return { team, pull };
}

export async function mergedMirador(): Promise<Agreed & { readonly merged: Sha }> {
  const agreed = await agreedMirador();
  const merged = await agreed.team.merge(agreed.pull);
  await goOn(agreed.team, agreed.pull);
  return { ...agreed, merged };
}

/** Time passes, and the app wakes for it. */
export async function later(team: Team, pull: Issue, ms: number): Promise<number> {
  team.waitMs(ms);
  team.wake();
  return await goOn(team, pull);
}

/** The image and the chart are built and signed by hand, and the canary runs. */
export async function deployCanary(team: Team, pull: Issue): Promise<number> {
  await team.say(pull, `/release evidence "digest of the signed image" ${DIGESTS.image}\n/release evidence "digest of the chart" ${DIGESTS.chart}`, "mia");
  const asked = await goOn(team, pull);
  await team.tick(pull, "canary/deployed", "mia");
  return asked + (await goOn(team, pull));
}

/** It was quiet for half an hour, and everything was tried. */
async function watchCanary(team: Team, pull: Issue): Promise<number> {
  for (const one of SMOKE) await team.tick(pull, one, "kim");
  let asked = await later(team, pull, 30 * MINUTES);
  await team.tick(pull, "canary/quiet", "mia");
  asked += await goOn(team, pull);
  return asked;
}

/** Everything from the merge until it is verified. */
export async function miradorToTheEnd({ team, pull }: Agreed): Promise<number> {
  await team.merge(pull);
  let asked = await goOn(team, pull);
  asked += await deployCanary(team, pull);
  asked += await watchCanary(team, pull);
  await team.tick(pull, "production/deployed", "mia");
  asked += await goOn(team, pull);
  asked += await later(team, pull, 30 * MINUTES);
  await team.tick(pull, "production/quiet", "kim");
  asked += await goOn(team, pull);
  for (const to of ["#mirador-release", "operational", "status"]) await team.say(pull, `/release evidence ${to} https://example.org/sent`, "kim");
  return asked + (await goOn(team, pull));
}
