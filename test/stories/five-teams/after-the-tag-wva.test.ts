// The autoscaler from the merge to the end, as the team's own guide lists it: image and chart, the place where others take
// the version from, the clean cluster, the announcement, the milestones, and those whose change it was.
import { describe, expect, test } from "@jest/globals";
import type { Issue } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { headline } from "./open-example.ts";
import { dieAfter, gateOf, goOn, SOON_MS, stepRow } from "./rollout-team.ts";
import { type Autoscaler, autoscalerBeforeMerge, CHART_DIGEST, downstreamPull, finishImages, IMAGE_DIGEST, publishChart, tell } from "./rollouts-autoscaler.ts";

const HOUR_MS = 60 * 60_000;

async function merged() {
  const before = await autoscalerBeforeMerge();
  const sha = await before.team.merge(before.pull);
  await before.team.settle(SOON_MS);
  return { ...before, sha };
}

async function mergeDownstream({ team, infra }: Pick<Autoscaler, "team" | "infra">): Promise<void> {
  await team.standIn.operations.mergePullRequest(team.person("kim"), infra, downstreamPull(infra), { method: "squash", sha: null, title: null, message: null });
  // The app is not told of what happens there: it looks again by itself.
  team.wake();
}

async function install(team: Team, pull: Issue): Promise<void> {
  await team.tick(pull, "verification/deployed", "mo");
  await team.settle(SOON_MS);
  await team.tick(pull, "Installed on a clean cluster", "mo");
  await team.settle(SOON_MS);
}

async function toTheEnd(seen: Autoscaler): Promise<void> {
  const { team, pull } = seen;
  await team.settle(SOON_MS);
  await mergeDownstream(seen);
  await install(team, pull);
  await tell(team, pull, "mo");
  await team.settle();
}

describe("Workload-Variant-Autoscaler after the tag", () => {
  test("image, chart, the version that others take, the clean cluster, the announcement, the milestones [W-28, W-29, W-30, W-31, W-34, W-37, W-40, W-41, W-42, W-48, W-49, W-55]", async () => {
    const seen = await merged();
    const { team, pull, sha, infra, left, change } = seen;
    expect(await team.git.resolve("refs/tags/v0.6.0")).toBe(sha);
    expect(team.releases()).toMatchObject([{ tag: "v0.6.0", isDraft: false, isLatest: true, body: expect.stringContaining("Idle variants cost nothing.") }]);
    // The tag and the release start the image's workflow each; the one that the tag starts is followed.
    expect(team.runs("ci-release.yaml").map(({ event, headBranch }) => `${event} ${headBranch}`)).toEqual(["push v0.5.1", "push v0.6.0", "release v0.6.0"]);
    expect(stepRow(team, pull, "ci-release")).toMatch(/^⏳ running · /);
    const [, followed] = team.runs("ci-release.yaml");
    expect(team.status(pull)).toContain(`[\`ci-release\`](http://stand-in.test/llm-d/llm-d-workload-variant-autoscaler/actions/runs/${String(followed?.id)})`);
    expect(team.run("helm-release.yaml")).toMatchObject({ event: "release", headBranch: "v0.6.0", headSha: sha });
    expect([...infra.issues.values()]).toEqual([]);

    await finishImages(team);
    await publishChart(team);
    await team.settle(SOON_MS);
    for (const text of [
      IMAGE_DIGEST,
      CHART_DIGEST,
      "ghcr.io/llm-d/llm-d-workload-variant-autoscaler:v0.6.0",
      "oci://ghcr.io/llm-d/workload-variant-autoscaler:0.6.0",
    ])
      expect(team.status(pull)).toContain(text);

    const bump = downstreamPull(infra);
    expect([bump.title, bump.author.login, bump.state]).toEqual(["Bump WVA to v0.6.0", "release-steward[bot]", "open"]);
    expect(await infra.git.entry(bump.pull?.headSha ?? "", "versions.yaml")).not.toBeNull();
    expect(stepRow(team, pull, "llm-d/llm-d-infra")).toMatch(/^✗ needs people · .* waits to be merged/);
    await mergeDownstream(seen);
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "llm-d/llm-d-infra")).toMatch(/^✓ done/);
    expect(await readIn(seen, "versions.yaml")).toBe("# what is deployed together\nwva: v0.6.0\ngateway: v0.3.0\n");

    // Lee writes code, and is no maintainer.
    await team.tick(pull, "verification/deployed", "lee");
    await team.settle(SOON_MS);
    expect(gateOf(team, pull, "verification/deployed")).toContain("@lee's tick of `verification/deployed` does not count");
    await install(team, pull);
    expect(stepRow(team, pull, "verification")).toMatch(/^✓ done · runs there since/);

    const draft = team.commentsOf(pull).find(({ body }) => body.startsWith("**Ready to be sent**"))?.body ?? "";
    expect(draft).toMatch(/\*\*v0\.6\.0 is out\*\*[\s\S]*Idle variants cost nothing\.[\s\S]*releases\/tag\/v0\.6\.0/);
    await tell(team, pull, "mo");
    await team.settle();
    expect(headline(team, pull)).toBe("v0.6.0 is verified");

    const milestones = [...team.repository.milestones.values()].map(({ title, state }) => `${title} ${state}`);
    expect(milestones).toEqual(["v0.6.0 closed", "v0.7.0 open"]);
    expect([left.state, left.milestone?.title]).toEqual(["open", "v0.7.0"]);
    const [told, ...again] = team.commentsOf(team.issue(change));
    expect([told?.body.startsWith("Released in [v0.6.0]("), again]).toEqual([true, []]);
    team.wake();
    expect(await team.settle()).toEqual([]);
  });

  test("a chart whose workflow fails is run again, and nothing is bumped elsewhere before [W-29, W-31, W-41]", async () => {
    const seen = await merged();
    const { team, pull, infra } = seen;
    await finishImages(team);
    await team.finish("helm-release.yaml", "failure");
    await team.settle(SOON_MS);
    expect(headline(team, pull)).toBe("v0.6.0 is paused: helm-release failed");
    expect(stepRow(team, pull, "helm-release")).toMatch(/^✗ failed · `helm-release.yaml` failed in `chart` at `Run make chart`/);
    expect(stepRow(team, pull, "llm-d/llm-d-infra")).toBe("later · paused by `helm-release`");
    expect(infra.issues.size).toBe(0);
    await team.say(pull, "/release retry helm-release", "mo");
    await team.settle(SOON_MS);
    expect([team.runs("helm-release.yaml").length, team.run("helm-release.yaml").attempt]).toEqual([1, 2]);
    await publishChart(team);
    await toTheEnd(seen);
    expect(headline(team, pull)).toBe("v0.6.0 is verified");
  });

  test("an image that is never done is cancelled by a maintainer and run again [W-28, W-31]", async () => {
    const seen = await merged();
    const { team, pull } = seen;
    const [, image] = team.runs("ci-release.yaml");
    if (image === undefined) throw new Error("the tag started nothing");
    await publishChart(team);
    await team.standIn.operations.startRun(team.repository, image);
    await team.settle(7 * HOUR_MS);
    expect(stepRow(team, pull, "ci-release")).toMatch(/^✗ failed · `ci-release.yaml` has not ended after 6 h · cancel it/);
    await team.standIn.operations.cancelRun(team.person("kim"), team.repository, image);
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "ci-release")).toMatch(/^✗ failed · `ci-release.yaml` was cancelled/);
    await team.say(pull, "/release retry ci-release", "mo");
    await team.settle(SOON_MS);
    expect([image.attempt, image.status]).toEqual([2, "queued"]);
    await finishImages(team);
    await toTheEnd(seen);
    expect(headline(team, pull)).toBe("v0.6.0 is verified");
  });

  test.each([
    ["the tag", "POST /git/refs"],
    ["the release", "PATCH /releases/"],
    ["the pull request in llm-d-infra", "POST createPullRequest"],
  ])("%s is made once, though the answer to that was lost [W-30, W-41]", async (_, call) => {
    const seen = await autoscalerBeforeMerge();
    const { team, pull, infra } = seen;
    const [verb, what = ""] = call.split(" ");
    const { wasKilled } = dieAfter(team, ({ method, path, said }) => method === verb && `${path} ${said}`.includes(what));
    await team.merge(pull);
    expect(await goOn(team, pull)).toBe(0);
    await finishImages(team);
    await publishChart(team);
    await toTheEnd(seen);
    expect([wasKilled(), headline(team, pull)]).toEqual([true, "v0.6.0 is verified"]);
    expect([Object.keys(team.tags()), team.releases().length, infra.issues.size]).toEqual([["v0.5.1", "v0.6.0"], 1, 1]);
    expect(team.runs("ci-release.yaml")).toHaveLength(3);
    expect(team.runs("helm-release.yaml")).toHaveLength(1);
  });
});

async function readIn({ infra }: Pick<Autoscaler, "infra">, path: string): Promise<string> {
  const entry = await infra.git.entry(infra.git.refs().get(`refs/heads/${infra.defaultBranch}`) ?? "", path);
  return entry === null ? "" : ((await infra.git.blob(entry.sha))?.toString() ?? "");
}
