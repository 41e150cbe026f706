// The autoscaler right before its merge, and what its people and workflows do after it.
import { commitTo } from "../../../sandbox/scenarios/people.ts";
import type { Issue, Repository } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { report, write } from "./open-example.ts";
import { autoscaler } from "./repositories.ts";
import { type BeforeMerge, goOn, openRolloutTeam, SOON_MS } from "./rollout-team.ts";

/** A tag and the release of it both start it. */
const CI_RELEASE = `name: Image
on:
  push: {tags: ["v*"]}
  release: {types: [published]}
jobs:
  image: {runs-on: ubuntu-latest, steps: [{run: make image}]}
`;
const HELM_RELEASE = `name: Chart
on:
  release: {types: [published]}
  workflow_dispatch:
    inputs:
      tag: {type: string, required: false, description: to try it}
  push: {tags: ["v*-test"]}
jobs:
  chart: {runs-on: ubuntu-latest, steps: [{run: make image}, {run: make chart}]}
`;

export type Autoscaler = { readonly team: Team; readonly pull: Issue; readonly infra: Repository; readonly change: number; readonly left: Issue };

export async function autoscalerBeforeMerge(isWatched = true): Promise<Autoscaler> {
  const workflows = { "ci-release.yaml": CI_RELEASE, "helm-release.yaml": HELM_RELEASE };
  const team = await openRolloutTeam(autoscaler, workflows, { tags: ["v0.5.1"], isWatched });
  const { standIn } = team;
  const infra = await standIn.addRepository("llm-d", "llm-d-infra", { collaborators: { kim: "admin" } });
  await commitTo(standIn, infra, infra.defaultBranch, {
    message: "begin",
    files: { "versions.yaml": "# what is deployed together\nwva: v0.5.1\ngateway: v0.3.0\n" },
    login: "kim",
  });
  const milestone = await standIn.operations.createMilestone(team.person("kim"), team.repository, { title: "v0.6.0", description: null });
  const left = await standIn.operations.openIssue(team.person("lee"), team.repository, { title: "nicer logs", body: null, labels: [], milestone });
  const change = await team.contribute("feat: scale to zero");
  await team.settle();
  const pull = team.releasePullRequest();
  await report(team, pull, ["lint-and-test"]);
  await team.say(pull, "/release evidence docs https://example.org/docs", "mo");
  await team.approve(pull, "kim");
  await write(team, pull, "Highlights", "Idle variants cost nothing.");
  await team.settle();
  return { team, pull, infra, change, left };
}

/** The app's pull request there. */
export function downstreamPull(infra: Repository): Issue {
  const [pull, ...others] = [...infra.issues.values()];
  if (pull === undefined || others.length > 0) throw new Error(`expected one pull request in ${infra.name}, found ${String(infra.issues.size)}`);
  return pull;
}

/** Those that the tags and the release started. */
export async function finishImages(team: Team): Promise<void> {
  team.waitMs(3 * 60_000);
  for (const run of team.runs("ci-release.yaml")) if (run.status !== "completed") await team.standIn.operations.finishRun(team.repository, run, "success");
}

export const IMAGE_DIGEST = `sha256:${"a1b2c3d4".repeat(8)}`;
export const CHART_DIGEST = `sha256:${"d4c3b2a1".repeat(8)}`;
export async function publishChart(team: Team): Promise<void> {
  const values = { image_digest: IMAGE_DIGEST, chart_digest: CHART_DIGEST };
  await team.standIn.operations.uploadArtifact(team.repository, team.run("helm-release.yaml"), "release-steward", { "report.json": JSON.stringify(values) });
  await team.finish("helm-release.yaml");
}

/** Images and the chart are built; the version is moved where others take it from; it is installed, tried and told of. */
export async function autoscalerToTheEnd(isWatched: boolean): Promise<BeforeMerge> {
  const { team, pull, infra } = await autoscalerBeforeMerge(isWatched);
  const toTheEnd = async (): Promise<number> => {
    await team.merge(pull);
    let asked = await goOn(team, pull);
    await finishImages(team);
    await publishChart(team);
    asked += await goOn(team, pull);
    const { operations } = team.standIn;
    await operations.mergePullRequest(team.person("kim"), infra, downstreamPull(infra), { method: "squash", sha: null, title: null, message: null });
    team.wake();
    await team.tick(pull, "verification/deployed", "mo");
    asked += await goOn(team, pull);
    await team.tick(pull, "installed", "mo");
    await tell(team, pull, "mo");
    await team.settle();
    return asked;
  };
  return { team, pull, toTheEnd };
}

export async function tell(team: Team, pull: Issue, login: string): Promise<void> {
  for (const to of ["media: Slack", "media: mailing list", "media: social media"]) await team.tick(pull, to, login);
  await team.settle(SOON_MS);
}
