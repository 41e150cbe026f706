// CANFAR right before its merge, and what its people and workflows do after it.
import type { Issue } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { report, write } from "./open-example.ts";
import { canfar } from "./repositories.ts";
import { type BeforeMerge, goOn, openRolloutTeam, SOON_MS } from "./rollout-team.ts";

const HELM_PUBLISH = `name: Charts
on:
  repository_dispatch: {types: [helm-release-build]}
jobs:
  publish: {runs-on: ubuntu-latest, steps: [{run: make chart}, {run: make signature}]}
`;
const DOCS = `name: Site
on:
  push: {branches: [main], paths: ["docs/**"]}
  workflow_dispatch:
    inputs:
      reason: {type: string, required: true, description: why by hand}
jobs:
  site: {runs-on: ubuntu-latest, steps: [{run: make site}]}
`;
const RELEASE_IMAGES = `name: Release Images
on:
  push: {tags: ["*"]}
jobs:
  images: {runs-on: ubuntu-latest, steps: [{run: make images}]}
`;

const WORKFLOWS = { "helm-publish.yml": HELM_PUBLISH, "docs.yml": DOCS, "release-images.yml": RELEASE_IMAGES };

/** Their document names a workflow that their repository does not hold today. */
const withImages = (playbook: string): string => playbook.replace("artifacts:\n", "artifacts:\n  - {workflow: release-images.yml, trigger: tag}\n");

export async function canfarBeforeMerge(isWatched = true): Promise<{ readonly team: Team; readonly pull: Issue; readonly change: number }> {
  const team = await openRolloutTeam(canfar, WORKFLOWS, { tags: ["cavern-0.8.0", "reg-1.1.0", "utils-0.1.1"], playbook: withImages, isWatched });
  const change = await team.contribute("feat: mount read-only", "merge", { "helm/applications/cavern/templates/mount.yaml": "kind: Volume\n" }, [
    "type:feature",
  ]);
  await team.settle();
  const pull = team.releasePullRequest();
  await report(team, pull, ["checks"]);
  await team.say(pull, "/release evidence values https://example.org/overlays", "sara");
  await team.approve(pull, "kim");
  await team.approve(pull, "sara");
  await write(team, pull, "Highlights", "Volumes can be mounted read-only.");
  await team.settle();
  return { team, pull, change };
}

/** What the chart's workflow leaves: its digest and its signature, and GitHub's attestation of that digest. */
export const DIGEST = `sha256:${"4f2c1e9a".repeat(8)}`;
export async function publishChart(team: Team, { isAttested } = { isAttested: true }): Promise<void> {
  const values = { chart: "oci://images.opencadc.org/platform/cavern:0.9.0", chart_digest: DIGEST, chart_signature: "tlog entry created with index: 123456" };
  await team.standIn.operations.uploadArtifact(team.repository, team.run("helm-publish.yml"), "release-steward", { "report.json": JSON.stringify(values) });
  if (isAttested) await attestChart(team);
  await team.finish("helm-publish.yml");
}

export async function attestChart(team: Team): Promise<void> {
  await team.standIn.operations.attest(team.repository, DIGEST);
}

/** @param where `staging` or `production` */
export async function deployAndSmoke(team: Team, pull: Issue, where: string): Promise<void> {
  await team.tick(pull, `${where}/deployed`, "omar");
  await team.settle(SOON_MS);
  for (const item of ["login", "storage access", "workload scheduling", "monitoring dashboards"]) await team.tick(pull, item, "omar");
  await team.settle(SOON_MS);
}

/** Omar deploys and tries it, Cleo tells the world; runs end well. */
export async function canfarToTheEnd(isWatched: boolean): Promise<BeforeMerge> {
  const { team, pull } = await canfarBeforeMerge(isWatched);
  const toTheEnd = async (): Promise<number> => {
    await team.merge(pull, "merge");
    let asked = await goOn(team, pull);
    await team.finish("release-images.yml");
    await publishChart(team);
    await team.finish("docs.yml");
    asked += await goOn(team, pull);
    for (const where of ["staging", "production"]) await deployAndSmoke(team, pull, where);
    await tell(team, pull, "cleo");
    await team.settle();
    return asked;
  };
  return { team, pull, toTheEnd };
}

export async function tell(team: Team, pull: Issue, login: string): Promise<void> {
  for (const to of ["chat: status page", "chat: operations chat"]) await team.tick(pull, to, login);
}
