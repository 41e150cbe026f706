// CANFAR from the merge to the retrospective, as the team's own document lists it: what a tag starts, staging, production,
// who is told, and what is learnt.
import { describe, expect, test } from "@jest/globals";
import type { Issue } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { headline } from "./open-example.ts";
import { dieAfter, gateOf, goOn, SOON_MS, stepRow } from "./rollout-team.ts";
import { attestChart, canfarBeforeMerge, deployAndSmoke, DIGEST, publishChart, tell } from "./rollouts-canfar.ts";

const HOUR_MS = 60 * 60_000;

async function merged() {
  const before = await canfarBeforeMerge();
  const sha = await before.team.merge(before.pull, "merge");
  await before.team.settle(SOON_MS);
  return { ...before, sha };
}

async function toTheEnd(team: Team, pull: Issue): Promise<void> {
  for (const where of ["staging", "production"]) await deployAndSmoke(team, pull, where);
  await tell(team, pull, "cleo");
  await team.settle();
}

const retrospectives = (team: Team): Issue[] => [...team.repository.issues.values()].filter(({ title }) => title === "Retrospective: cavern 0.9.0");

describe("CANFAR after the tag", () => {
  test("images, chart and site; staging, then production; status page and chat; the retrospective [C-24, C-25, C-26, C-28, C-29, C-30, C-31, C-32]", async () => {
    const { team, pull, sha, change } = await merged();
    expect(team.tags()["cavern-0.9.0"]).toBe(sha);
    expect(team.releases()).toMatchObject([{ tag: "cavern-0.9.0", isDraft: false, body: expect.stringContaining("Volumes can be mounted read-only.") }]);
    expect(headline(team, pull)).toBe("cavern 0.9.0 is rolling out: 2 of 8 steps done");
    expect(team.run("release-images.yml")).toMatchObject({ event: "push", headBranch: "cavern-0.9.0", headSha: sha });
    expect(team.run("helm-publish.yml")).toMatchObject({
      event: "repository_dispatch",
      given: { chart_name: "cavern", chart_path: "helm/applications/cavern", chart_version: "0.9.0", tag_name: "cavern-0.9.0", sha },
    });
    expect(team.run("docs.yml").given).toEqual({ reason: "release cavern-0.9.0" });
    expect(stepRow(team, pull, "staging")).toBe("later · waits for `release-images`, `helm-publish` and `docs`");

    await team.finish("release-images.yml");
    await publishChart(team);
    await team.finish("docs.yml");
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "release-images")).toMatch(/^✓ done · `release-images.yml` ran for 3 min/);
    expect(team.status(pull)).toContain(`\`${DIGEST}\``);
    expect(team.status(pull)).toMatch(/✓ attested.* \| ✓ tlog entry created with index: 123456 \|/);

    // Who writes code, and who steers the release, does not operate it.
    expect(headline(team, pull)).toBe("cavern 0.9.0 waits at staging for operations (@&#8203;opencadc/operations)");
    await team.tick(pull, "staging/deployed", "kim");
    await team.settle(SOON_MS);
    expect(gateOf(team, pull, "staging/deployed")).toContain("@kim's tick of `staging/deployed` does not count: it needs operations (@opencadc/operations)");
    expect(team.status(pull)).not.toContain("] staging/smoke: login");
    await team.tick(pull, "staging/deployed", "omar");
    await team.settle(SOON_MS);
    for (const item of ["login", "storage access", "workload scheduling"]) await team.tick(pull, item, "omar");
    await team.tick(pull, "monitoring dashboards", "lee");
    await team.settle(SOON_MS);
    expect(gateOf(team, pull, "staging/smoke")).toMatch(/^✗ closed · 3 of 4 confirmed/);
    expect(stepRow(team, pull, "production")).toBe("later · waits for `staging`");
    expect(team.status(pull)).not.toMatch(/^- \[.\] production/m);
    await team.say(pull, "/release evidence staging/monitoring https://example.org/dashboards", "omar");
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "staging")).toMatch(/^✓ done · runs there since/);

    await deployAndSmoke(team, pull, "production");
    const draft = team.commentsOf(pull).at(-1)?.body ?? "";
    expect(draft).toContain("**Ready to be sent** for cavern 0.9.0");
    expect(draft).toContain("Volumes can be mounted read-only.");
    await tell(team, pull, "omar");
    await team.settle();
    expect(headline(team, pull)).toContain("waits at announce/production");
    await tell(team, pull, "cleo");
    await team.settle();
    expect(headline(team, pull)).toBe("cavern 0.9.0 is verified");

    const [retrospective, ...others] = retrospectives(team);
    expect(others).toEqual([]);
    expect(retrospective?.body).toMatch(/\| `helm-publish` \| done \| .* UTC \| .* UTC \| 6 min/);
    expect(retrospective?.body).toContain("### Questions");
    const [told, ...again] = team.commentsOf(team.issue(change));
    expect([told?.body.startsWith("Released in [cavern 0.9.0]("), again]).toEqual([true, []]);
    team.wake();
    expect(await team.settle()).toEqual([]);
  });

  test("a chart whose workflow fails keeps everything behind it back until it is run again [C-27]", async () => {
    const { team, pull } = await merged();
    await team.finish("release-images.yml");
    await team.finish("docs.yml");
    await team.standIn.operations.finishRun(team.repository, team.run("helm-publish.yml"), "failure", { steps: { publish: "Run make signature" } });
    await team.settle(SOON_MS);
    expect(headline(team, pull)).toBe("cavern 0.9.0 is paused: helm-publish failed");
    expect(stepRow(team, pull, "helm-publish")).toMatch(
      /^✗ failed · `helm-publish.yml` failed in `publish` at `Run make signature` · .*`\/release retry helm-publish`/,
    );
    expect(stepRow(team, pull, "staging")).toBe("later · paused by `helm-publish`");
    expect(team.commentsOf(pull).filter(({ body }) => body.startsWith("**cavern 0.9.0 is paused at helm-publish**"))).toHaveLength(1);

    await team.say(pull, "/release retry helm-publish", "kim");
    await team.settle(SOON_MS);
    expect(team.runs("helm-publish.yml")).toHaveLength(1);
    expect(team.run("helm-publish.yml")).toMatchObject({ attempt: 2, status: "queued" });
    await publishChart(team);
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "helm-publish")).toMatch(/^✓ done · `helm-publish.yml` ran for .*, attempt 2$/);
    await toTheEnd(team, pull);
    expect(headline(team, pull)).toBe("cavern 0.9.0 is verified");
    expect(retrospectives(team)[0]?.body).toContain("### Pauses");
  });

  test("a run that never ends is named, cancelled by a person and run again [C-27]", async () => {
    const { team, pull } = await merged();
    await team.finish("release-images.yml");
    await publishChart(team);
    await team.standIn.operations.startRun(team.repository, team.run("docs.yml"));
    await team.settle(7 * HOUR_MS);
    expect(stepRow(team, pull, "docs")).toMatch(/^✗ failed · `docs.yml` has not ended after 6 h · cancel it \(http.*\), then say `\/release retry docs`/);
    expect(stepRow(team, pull, "staging")).toBe("later · paused by `docs`");
    await team.standIn.operations.cancelRun(team.person("kim"), team.repository, team.run("docs.yml"));
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "docs")).toMatch(/^✗ failed · `docs.yml` was cancelled/);
    await team.say(pull, "/release retry docs", "kim");
    await team.settle(SOON_MS);
    await team.finish("docs.yml");
    await team.settle(SOON_MS);
    expect([team.runs("docs.yml").length, team.run("docs.yml").attempt]).toEqual([1, 2]);
    await toTheEnd(team, pull);
    expect(headline(team, pull)).toBe("cavern 0.9.0 is verified");
  });

  test("a chart that nobody attested is not done, however well its workflow ended [C-28]", async () => {
    const { team, pull } = await merged();
    await team.finish("release-images.yml");
    await team.finish("docs.yml");
    await publishChart(team, { isAttested: false });
    await team.settle(HOUR_MS);
    expect(stepRow(team, pull, "helm-publish")).toMatch(/^✗ failed · `helm-publish.yml` succeeded; GitHub has no provenance attestation of `oci:/);
    expect(stepRow(team, pull, "staging")).toBe("later · paused by `helm-publish`");
    await attestChart(team);
    await team.say(pull, "/release status", "kim");
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "helm-publish")).toMatch(/^✓ done/);
  });

  test.each([
    ["the chart's", "/dispatches", "helm-publish.yml"],
    ["the site's", "/actions/workflows/docs.yml/dispatches", "docs.yml"],
  ])("%s workflow is started once, though the answer to that was lost [C-26, C-27]", async (_, pathEnd, file) => {
    const { team, pull } = await canfarBeforeMerge();
    const { wasKilled } = dieAfter(
      team,
      ({ method, path }) => method === "POST" && path.endsWith(pathEnd) && (file === "docs.yml" || !path.includes("/workflows/")),
    );
    await team.merge(pull, "merge");
    expect(await goOn(team, pull)).toBe(0);
    expect([wasKilled(), team.runs(file).length]).toEqual([true, 1]);
    expect(team.status(pull)).toContain(`/actions/runs/${String(team.run(file).id)}`);
    await team.finish("release-images.yml");
    await publishChart(team);
    await team.finish("docs.yml");
    await team.settle(SOON_MS);
    await toTheEnd(team, pull);
    expect(headline(team, pull)).toBe("cavern 0.9.0 is verified");
    expect([team.runs("helm-publish.yml").length, team.runs("docs.yml").length]).toEqual([1, 1]);
  });
});
