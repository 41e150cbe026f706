// LakeRunner after the merge: people tag a candidate on the merged commit, GitHub builds it, staging looks at it, a workflow
// promotes it, and what is released is that commit and no other. Production is watched for a day.
import { describe, expect, test } from "@jest/globals";
import { gateRow, headline } from "./open-example.ts";
import { atPromotion, HOURS, mergeChart, mergedLakerunner, MINUTES, promote, stage, tagCandidate } from "./lakerunner-rollout.ts";

const SOON = 10 * MINUTES;
const COMMIT = /[\da-f]{7}/.source;

describe("LakeRunner: the candidate that was tested is what is released", () => {
  test("candidate, staging, promotion, charts, backup, production, a day of watching: then it is verified [L-21, L-22, L-23, L-25, L-27, L-29, L-31, L-34, L-35, L-53]", async () => {
    const { team, pull, merged, charts } = await mergedLakerunner();
    // The notes were reviewed with the pull request: they wait as a draft for the tag.
    expect(headline(team, pull)).toBe("v1.12.0 waits at candidate/build-rc for people");
    expect(team.status(pull)).toContain(`there is no candidate of lakerunner 1.12.0 on ${merged.slice(0, 7)}`);
    expect(team.status(pull)).toContain(`git push origin ${merged}:refs/tags/v1.12.0-rc1`);
    expect(team.releases()).toMatchObject([{ tag: "v1.12.0", isDraft: true, body: expect.stringContaining("index the log table") }]);

    await tagCandidate(team, pull, "v1.12.0-rc1", merged);
    expect(team.run("build-rc.yml")).toMatchObject({ event: "push", headSha: merged });
    expect(headline(team, pull)).toBe("v1.12.0 is rolling out: 0 of 8 steps done");
    await team.finish("build-rc.yml");
    await team.settle(SOON);
    expect(headline(team, pull)).toBe("v1.12.0 waits at staging for oncall (@&#8203;cardinalhq/oncall)");
    // Kim leads, and does not deploy.
    await team.tick(pull, "staging/deployed", "kim");
    await team.settle(SOON);
    expect(gateRow(team, pull, "↳ staging/deployed")).toContain("@kim's tick of `staging/deployed` does not count");
    await team.tick(pull, "staging/deployed", "olga");
    await team.settle(SOON);
    expect(team.runs("promote-release.yml")).toEqual([]);
    await team.say(pull, "/release evidence staging/staged https://example.org/suite", "kim");
    await team.settle(SOON);

    expect(team.runs("promote-release.yml")).toHaveLength(1);
    const promotion = team.run("promote-release.yml");
    expect(promotion).toMatchObject({ headBranch: "v1.12.0-rc1", headSha: merged, given: { rc_version: "v1.12.0-rc1", final_version: "v1.12.0" } });
    expect(Object.keys(team.tags())).toEqual(["v1.11.0", "v1.12.0-rc1"]);
    await promote(team, "v1.12.0", merged);
    await team.settle(SOON);
    expect(team.tags()["v1.12.0"]).toBe(merged);
    expect(team.releases()).toMatchObject([{ tag: "v1.12.0", isDraft: false, isLatest: true, body: expect.stringContaining("index the log table") }]);

    // The chart is proposed to those who look after the charts, and merged by them.
    const chart = await mergeChart(team, charts);
    expect(chart.title).toBe("lakerunner: chart 3.4.6, appVersion v1.12.0");
    const draft = team.commentsOf(pull).find(({ body }) => body.includes("**Ready to be sent**"));
    expect(draft?.body).toContain("customer email: sent by anybody with write access");
    await team.say(pull, '/release evidence "customer email" https://example.org/mail', "kim");
    await team.settle(SOON);
    expect(team.status(pull)).toMatch(/^\| ✓&nbsp;done \| \[?`cardinalhq\/charts`/m);

    expect(gateRow(team, pull, "↳ production/backup")).toContain("nobody has confirmed");
    expect(team.status(pull)).not.toContain("- [ ] production/deployed");
    await team.say(pull, "/release evidence production/backup s3://backups/2026-01-01", "olga");
    await team.settle(SOON);
    await team.tick(pull, "production/deployed", "olga");
    await team.settle(SOON);
    expect(headline(team, pull)).toMatch(/^v1\.12\.0 waits at production until Fri 00:\d\d UTC$/);
    expect(gateRow(team, pull, "↳ production/healthy")).toContain("before anybody can tell");
    team.wake();
    await team.settle(25 * HOURS);
    for (const seen of ["error rate", "response times", "database"]) {
      await team.tick(pull, seen, "olga");
      await team.settle(SOON);
    }
    expect(headline(team, pull)).toContain("v1.12.0 waits at production");
    await team.tick(pull, "support tickets", "olga");
    await team.settle(SOON);
    expect(headline(team, pull)).toBe("v1.12.0 is verified");
    expect(team.commentsOf(pull).at(-1)?.body).toMatch(/^\*\*v1\.12\.0 is verified\*\* after 1 d/);
    expect(team.runs("promote-release.yml")).toHaveLength(1);
    expect(await team.settle()).toEqual([]);
  });

  test("a promotion that does not find the image says at which step, and is run again when somebody says so [L-22]", async () => {
    const { team, pull, merged } = await atPromotion();
    const { operations } = team.standIn;
    team.standIn.advance(3 * MINUTES);
    await operations.finishRun(team.repository, team.run("promote-release.yml"), "failure", { steps: { promote: "Verify RC image exists" } });
    await team.settle(SOON);
    expect(headline(team, pull)).toBe("v1.12.0 is paused: promote-release failed");
    expect(team.status(pull)).toContain("`promote-release.yml` failed in `promote` at `Verify RC image exists`");
    expect(team.commentsOf(pull).at(-1)?.body).toContain("`/release retry promote-release`");
    expect(team.releases()).toMatchObject([{ isDraft: true }]);

    await team.say(pull, "/release retry promote-release", "kim");
    await team.settle(SOON);
    expect(team.runs("promote-release.yml")).toMatchObject([{ attempt: 2 }]);
    await promote(team, "v1.12.0", merged);
    await team.settle(SOON);
    expect(team.status(pull)).toContain("`promote-release.yml` ran for");
    expect(team.releases()).toMatchObject([{ tag: "v1.12.0", isDraft: false }]);
  });

  test("a build that hangs is no success: somebody cancels it and has it run again [L-22]", async () => {
    const { team, pull, merged } = await mergedLakerunner();
    await tagCandidate(team, pull, "v1.12.0-rc1", merged);
    await team.standIn.operations.startRun(team.repository, team.run("build-rc.yml"));
    await team.settle(7 * HOURS);
    expect(headline(team, pull)).toBe("v1.12.0 is paused: candidate/build-rc failed");
    expect(team.status(pull)).toContain("`build-rc.yml` has not ended after 6 h");
    await team.standIn.operations.cancelRun(team.person("kim"), team.repository, team.run("build-rc.yml"));
    await team.settle(SOON);
    expect(team.status(pull)).toContain("`build-rc.yml` was cancelled");
    await team.say(pull, "/release retry candidate/build-rc", "kim");
    await team.settle(SOON);
    expect(headline(team, pull)).toBe("v1.12.0 is rolling out: 0 of 8 steps done");
    await team.finish("build-rc.yml");
    await team.settle(SOON);
    expect(headline(team, pull)).toContain("v1.12.0 waits at staging");
    expect(team.runs("build-rc.yml")).toMatchObject([{ attempt: 2, conclusion: "success" }]);
  });

  test("when the answer to its start is lost, the promotion is known again and started once [L-22]", async () => {
    const { team, pull, merged } = await mergedLakerunner();
    await tagCandidate(team, pull, "v1.12.0-rc1", merged);
    let lost = 0;
    team.standIn.intercept(({ method, path }) => {
      if (method !== "POST" || !path.endsWith("/dispatches") || lost > 0) return null;
      lost += 1;
      return "drop-after";
    });
    await stage(team, pull);
    expect(lost).toBe(1);
    expect(team.runs("promote-release.yml")).toHaveLength(1);
    await promote(team, "v1.12.0", merged);
    await team.settle(SOON);
    expect(team.runs("promote-release.yml")).toHaveLength(1);
    expect(team.releases()).toMatchObject([{ tag: "v1.12.0", isDraft: false }]);
  });

  test("a tag that the workflow makes on another commit than the merged one is never published [L-21]", async () => {
    const { team, pull, merged } = await atPromotion();
    const other = await team.push("chore: not reviewed with this release");
    await promote(team, "v1.12.0", other);
    team.restart();
    await team.settle(SOON);
    expect(headline(team, pull)).toBe("v1.12.0 is frozen: its tag was moved");
    expect(team.status(pull)).toContain(
      `\`v1.12.0\` leads to ${other.slice(0, 7)} instead of ${merged.slice(0, 7)}, which was reviewed: somebody made it there`,
    );
    expect(team.releases()).toMatchObject([{ tag: "v1.12.0", isDraft: true }]);
    expect(await team.settle(SOON)).toEqual([]);

    // A person puts it where it belongs: then it goes on.
    await team.standIn.operations.updateRefs(team.person("kim"), team.repository, [{ name: "refs/tags/v1.12.0", before: other, after: merged, force: true }]);
    await team.settle(SOON);
    expect(team.releases()).toMatchObject([{ tag: "v1.12.0", isDraft: false }]);
  });

  test("a candidate on another commit is not the release: where it is, and what to push, is said [L-21]", async () => {
    const { team, pull, merged } = await mergedLakerunner();
    const other = await team.push("chore: after the merge");
    await tagCandidate(team, pull, "v1.12.0-rc1", other);
    expect(team.runs("build-rc.yml")).toHaveLength(1);
    expect(headline(team, pull)).toBe("v1.12.0 waits at candidate/build-rc for people");
    expect(team.status(pull)).toMatch(
      new RegExp(`there is no candidate of lakerunner 1\\.12\\.0 on ${COMMIT}: \`v1\\.12\\.0-rc1\` is on ${other.slice(0, 7)}`),
    );
    expect(team.status(pull)).toContain(`git push origin ${merged}:refs/tags/v1.12.0-rc2`);

    await tagCandidate(team, pull, "v1.12.0-rc2", merged);
    expect(team.runs("build-rc.yml")).toHaveLength(2);
    await stage(team, pull);
    expect(team.run("promote-release.yml")).toMatchObject({ given: { rc_version: "v1.12.0-rc2" } });
  });

  test("a release that somebody made by hand for the tag is the release: there is no second [L-22]", async () => {
    const { team, pull, merged } = await atPromotion();
    const actor = team.standIn.workflowActor(team.repository);
    await team.standIn.operations.updateRefs(actor, team.repository, [{ name: "refs/tags/v1.12.0", before: null, after: merged, force: false }]);
    await team.standIn.operations.createRelease(team.person("kim"), team.repository, { tag: "v1.12.0", name: "v1.12.0", body: "By hand.", isDraft: false });
    await team.finish("promote-release.yml");
    await team.settle(SOON);
    expect(team.releases().map(({ tag, isDraft, author }) => [tag, isDraft, author.login])).toEqual([["v1.12.0", false, "kim"]]);
    expect(team.status(pull)).toMatch(/^\| ✓&nbsp;done \| \[`publication`\]/m);
  });
});
