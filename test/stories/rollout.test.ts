// After the tag: workflows are started once, followed to their end, retried, skipped; the release is over when all of it is.
import { describe, expect, test } from "@jest/globals";
import type { Issue } from "../../sandbox/world/types.ts";
import { DOCS, ended, headline, HOUR_MS, IMAGES, released, said, SOON, stepRow, told } from "../fixtures/released.ts";
import type { Team } from "../fixtures/story.ts";

const PLAYBOOK = `
artifacts:
  - {workflow: images.yml, trigger: tag}
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}}
`;
/** site.yml comes after docs.yml. */
const IN_ORDER = `
artifacts:
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}, timeout: 1h}
  - {workflow: site.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}, after: docs}
`;
const inOrder = (): ReturnType<typeof released> => released(IN_ORDER, { "docs.yml": DOCS, "site.yml": DOCS });

const notes = (team: Team): string => team.releases().find(({ tag }) => tag === "v1.1.0")?.body ?? "";
const checkOf = (team: Team, sha: string, name: string) => {
  const { status, conclusion, output, detailsUrl } = team.checksOn(sha).find((one) => one.name === name)!;
  return { status, conclusion, title: output.title, summary: output.summary, url: detailsUrl };
};
const RETRY_OR_SKIP = "mend it, then say `/release retry docs`, or `/release skip docs <reason>`";
const reactions = ({ reactions: all }: Awaited<ReturnType<typeof said>>): readonly string[] => all.map(({ content }) => content);

/** docs.yml fails in its first job, at its second step. */
async function failing(): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const { team, pull } = await inOrder();
  team.waitMs(2 * 60_000);
  await team.standIn.operations.finishRun(team.repository, team.run("docs.yml"), "failure", { jobs: { links: "success" }, steps: { site: "Publish" } });
  await team.settle(SOON);
  return { team, pull };
}

test("each workflow is followed to its end, and then the release is verified [C-35, M-09, M-12, W-39]", async () => {
  const { team, pull } = await released(PLAYBOOK, { "docs.yml": DOCS, "images.yml": IMAGES });
  expect(headline(team, pull)).toBe("### v1.1.0 is rolling out: 2 of 4 steps done");
  expect(team.run("docs.yml").given).toEqual({ reason: "release v1.1.0" });
  await team.finish("images.yml");
  await ended(team, "docs.yml");
  expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  expect(told(team, pull)).toEqual([expect.stringMatching(/^\*\*v1\.1\.0 is verified\*\* after 6 min/)]);
  expect(checkOf(team, team.head(), "Release app 1.1.0")).toMatchObject({ status: "completed", conclusion: "success" });
  expect(await team.settle()).toEqual([]);
  expect(team.runs("docs.yml")).toHaveLength(1);
});

describe("a workflow that fails", () => {
  test("pauses what comes after it; everybody is told where, on the pull request once, on the release and on its checks", async () => {
    const { team, pull } = await failing();
    expect(headline(team, pull)).toBe("### v1.1.0 is paused: docs failed");
    expect(stepRow(team, pull, "docs")).toBe(`✗ failed · \`docs\` · \`docs.yml\` failed in \`site\` at \`Publish\` · ${RETRY_OR_SKIP}`);
    expect(stepRow(team, pull, "site")).toBe("later · `site` · paused by `docs` ·");
    expect(told(team, pull)).toEqual([`**app 1.1.0 is paused at docs**: \`docs.yml\` failed in \`site\` at \`Publish\`.\n\nNext: ${RETRY_OR_SKIP}.`]);
    expect(notes(team)).toContain("**Rollout paused: docs failed");
    expect(checkOf(team, team.head(), "app 1.1.0: docs")).toMatchObject({ conclusion: "failure", url: expect.stringMatching(/actions\/runs\/\d+$/) });
    expect(checkOf(team, team.head(), "Release app 1.1.0")).toMatchObject({ status: "in_progress", title: "v1.1.0 is paused: docs failed" });
    // However often it looks.
    for (let look = 0; look < 3; look += 1) {
      team.waitMs(HOUR_MS);
      team.wake();
      await team.settle(SOON);
    }
    expect([told(team, pull).length, team.runs("docs.yml").length, team.runs("site.yml").length]).toEqual([1, 1, 0]);
  });

  test("is run again when somebody says so: its failed jobs alone; then the rest goes on, and every attempt stays on the board [W-71, W-73]", async () => {
    const { team, pull } = await failing();
    expect(reactions(await said(team, pull, "/release retry docs"))).toContain("rocket");
    const run = team.run("docs.yml");
    expect([run.attempt, run.pending.map(({ name }) => name)]).toEqual([2, ["site"]]);
    expect(stepRow(team, pull, "docs")).toMatch(/^⏳ running · .*attempt 2/);
    await ended(team, "docs.yml");
    await ended(team, "site.yml");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
    const board = team.status(pull);
    expect(board).toMatch(/- `docs` \[attempt 1\]\(http\S+\/actions\/runs\/\d+\S*\): began .*, failed after 2 min/);
    expect(board).toMatch(/- `docs` \[attempt 2\]\(http\S+\/actions\/runs\/\d+\S*\): began .*, succeeded after 3 min/);
    expect(notes(team)).toContain("**Verified ");
    expect([team.runs("docs.yml").length, team.runs("site.yml").length]).toEqual([1, 1]);
  });

  test("twice is told twice; without a name, whatever failed is run again", async () => {
    const { team, pull } = await failing();
    await said(team, pull, "/release retry");
    await ended(team, "docs.yml", "failure");
    expect([team.run("docs.yml").attempt, told(team, pull).length]).toEqual([2, 2]);
    expect(told(team, pull)[1]).toContain("attempt 2");
    await said(team, pull, "/release retry docs");
    await ended(team, "docs.yml");
    expect([team.run("docs.yml").attempt, stepRow(team, pull, "docs")]).toEqual([3, expect.stringMatching(/^✓ done/)]);
  });

  test("is not run again by what was said before it failed, nor by what was said of something else", async () => {
    const { team, pull } = await inOrder();
    await said(team, pull, "/release retry docs");
    await ended(team, "docs.yml", "failure");
    expect([team.run("docs.yml").attempt, headline(team, pull)]).toEqual([1, "### v1.1.0 is paused: docs failed"]);
    await said(team, pull, "/release retry site");
    expect(team.run("docs.yml").attempt).toBe(1);
  });

  test("is not run again while the release is held; once it is not, it is", async () => {
    const { team, pull } = await failing();
    await said(team, pull, "/release hold the site is being moved");
    await said(team, pull, "/release retry docs");
    expect(team.run("docs.yml").attempt).toBe(1);
    await said(team, pull, "/release unhold");
    expect(team.run("docs.yml").attempt).toBe(2);
  });
});

test("a run that goes on beyond its time is shown as failed, with what to do; ends it well after all, the release goes on", async () => {
  const { team, pull } = await inOrder();
  await team.standIn.operations.startRun(team.repository, team.run("docs.yml"));
  await team.settle(2 * HOUR_MS);
  expect(stepRow(team, pull, "docs")).toMatch(/✗ failed · .*`docs\.yml` has not ended after 1 h · cancel it \(http\S+\), then say `\/release retry docs`/);
  await ended(team, "docs.yml");
  expect(stepRow(team, pull, "docs")).toMatch(/^✓ done/);
  await ended(team, "site.yml");
  expect(headline(team, pull)).toBe("### v1.1.0 is verified");
});

describe("how a run ends, or does not, is told apart", () => {
  test.each([
    ["cancelled", "✗ failed", "`docs.yml` was cancelled"],
    ["timed_out", "✗ failed", "`docs.yml` ran out of time"],
    ["startup_failure", "✗ failed", "`docs.yml` could not begin: its file has an error"],
    ["skipped", "✗ failed", "`docs.yml` did nothing: its own conditions skipped it"],
    ["action_required", "✗ needs people", "`docs.yml` waits for somebody who lets it run"],
    ["neutral", "✓ done", "`docs.yml` ran for 3 min"],
  ] as const)("%s: %s, %s", async (conclusion, sign, words) => {
    const { team, pull } = await inOrder();
    await ended(team, "docs.yml", conclusion);
    expect(stepRow(team, pull, "docs")).toMatch(new RegExp(`^${sign} `));
    expect(stepRow(team, pull, "docs")).toContain(words);
    expect(team.runs("site.yml")).toHaveLength(sign === "✓ done" ? 1 : 0);
  });

  test("it waits for somebody who approves its deployment: that is said, with where, and approval lets it go on", async () => {
    const { team, pull } = await inOrder();
    await team.standIn.operations.holdRun(team.repository, team.run("docs.yml"));
    team.wake();
    await team.settle(SOON);
    expect(stepRow(team, pull, "docs")).toMatch(/✗ needs people · .*waits for somebody who approves its deployment · approve it: http\S+\/actions\/runs\/\d+/);
    expect(told(team, pull)).toEqual([expect.stringContaining("**app 1.1.0 waits for people at docs**")]);
    await ended(team, "docs.yml");
    expect(stepRow(team, pull, "docs")).toMatch(/^✓ done/);
  });

  test("it was deleted: nobody can tell how it ended, so a person says what happens; then it is started anew", async () => {
    const { team, pull } = await inOrder();
    const run = team.run("docs.yml");
    await team.finish("docs.yml", "cancelled");
    await team.standIn.operations.deleteRun(team.person("kim"), team.repository, run);
    await team.settle(SOON);
    expect(stepRow(team, pull, "docs")).toMatch(/✗ halted · .*its run was deleted: how it ended is not known · say `\/release retry docs` to start it again/);
    await said(team, pull, "/release retry docs");
    expect(team.runs("docs.yml").map(({ status }) => status)).toEqual(["queued"]);
    await ended(team, "docs.yml");
    expect(stepRow(team, pull, "docs")).toMatch(/^✓ done/);
  });
});

describe("people decide", () => {
  test("a step is passed over when two of them say so, never one alone; both names stay on the board", async () => {
    const { team, pull } = await failing();
    await said(team, pull, "/release skip docs it is only the documentation", "lee");
    expect(stepRow(team, pull, "docs")).toMatch(
      /^✗ failed .*@lee wants to skip it: it is only the documentation\. A second person says `\/release skip docs <reason>`/,
    );
    await said(team, pull, "/release skip docs I mean it", "lee");
    await said(team, pull, "/release skip docs let us go on", "jo");
    expect([stepRow(team, pull, "docs").slice(0, 8), team.runs("site.yml").length]).toEqual(["✗ failed", 0]);
    await said(team, pull, "/release skip docs agreed", "ann");
    expect(stepRow(team, pull, "docs")).toMatch(/^skipped · .*skipped by @lee and @ann: it is only the documentation/);
    await ended(team, "site.yml");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  });

  test.each([
    ["a hold on the released pull request", "/release hold wait for the audit", "/release unhold", false, "@lee holds it: wait for the audit"],
    ["a freeze on the desk", "/release freeze the audit begins", "/release thaw", true, "@lee froze releases: the audit begins"],
  ] as const)("%s keeps new steps back, and what runs runs on", async (_, stop, goOn, isOnDesk, words) => {
    const { team, pull } = await inOrder();
    const where = isOnDesk ? team.desk()! : pull;
    await said(team, where, stop);
    await ended(team, "docs.yml");
    expect(stepRow(team, pull, "docs")).toMatch(/^✓ done/);
    expect([stepRow(team, pull, "site"), team.runs("site.yml").length]).toEqual([expect.stringContaining(words), 0]);
    await said(team, where, goOn);
    expect(team.runs("site.yml")).toHaveLength(1);
  });

  test("withdrawn: nothing more of it is begun, and board, check and release say who and why", async () => {
    const { team, pull } = await failing();
    await said(team, pull, "/release withdraw it loses data");
    expect(headline(team, pull)).toBe("### v1.1.0 was withdrawn");
    expect(team.status(pull)).toContain("withdrew it: it loses data");
    expect(checkOf(team, team.head(), "Release app 1.1.0")).toMatchObject({
      conclusion: "failure",
      title: "v1.1.0 was withdrawn",
      summary: expect.stringContaining("it loses data"),
    });
    expect(notes(team)).toMatch(/withdrawn/i);
    expect(told(team, pull).at(-1)).toMatch(/^\*\*v1\.1\.0 was withdrawn\*\*/);
    await said(team, pull, "/release retry docs");
    expect([team.run("docs.yml").attempt, team.runs("site.yml").length, Object.keys(team.tags())]).toEqual([1, 0, ["v1.0.0", "v1.1.0"]]);
  });

  test("whoever was told of a release is told that it was taken back, and only then is it over", async () => {
    const communications = "communications: [{on: rollback, to: [customers], draft: true}]\n";
    const { team, pull } = await released(`${communications}artifacts: [{workflow: docs.yml, trigger: tag}]\n`, { "docs.yml": IMAGES });
    expect(team.status(pull)).not.toContain("customers");
    await said(team, pull, "/release withdraw it loses data");
    expect(team.commentsOf(pull).at(-1)?.body).toMatch(/Ready to be sent[\s\S]*customers/);
    expect(checkOf(team, team.head(), "Release app 1.1.0")).toMatchObject({ conclusion: null });
    await said(team, pull, "/release evidence customers https://mail.example.com/1");
    expect(checkOf(team, team.head(), "Release app 1.1.0")).toMatchObject({ conclusion: "failure", title: "v1.1.0 was withdrawn" });
    expect(headline(team, pull)).toBe("### v1.1.0 was withdrawn");
  });
});
