// What a gate asks of people, done on the page: reviews, ticks, blockers, and the checks that decide about a merge.
import { describe, expect, it } from "@jest/globals";
import { installCi } from "../scenarios/people.ts";
import { addLantern } from "../scenarios/lantern.ts";
import { startStandIn } from "../start.ts";
import type { StandIn } from "../stand-in.ts";
import type { Issue, Repository } from "../world/types.ts";
import { inScene, type Visitor, visitorOf, words } from "./fixture.ts";

const HOME = "/harbour/lantern";

/** The sample, which belongs to an organization: ann administers it, lee and mia are its maintainers. */
async function inSample(use: (sample: Visitor & { readonly standIn: StandIn; readonly repository: Repository; readonly pull: Issue }) => Promise<void>) {
  const standIn = await startStandIn({ clock: "manual", git: "memory", deliver: () => Promise.resolve(200) });
  try {
    const repository = await addLantern(standIn);
    const { git } = repository;
    const main = git.refs().get("refs/heads/main")!;
    const { tree } = (await git.commit(git.refs().get("refs/tags/v1.4.0")!))!;
    const person = { name: "Lee", email: "lee@example.test", at: standIn.world.now() };
    const head = await git.writeCommit({ tree, parents: [main], author: person, committer: person, message: "back\n", signature: null });
    await git.updateRefs([{ name: "refs/heads/back", before: null, after: head }]);
    const fields = { title: "Back", body: null, head: "back", base: "main", isDraft: false };
    const pull = await standIn.operations.openPullRequest(standIn.actorFor("lee"), repository, fields);
    await use({ ...visitorOf(standIn), standIn, repository, pull });
  } finally {
    await standIn.close();
  }
}

describe("reviews", () => {
  it("are asked of people and teams, shown as asked, and no longer once they are given", async () => {
    await inSample(async ({ open, send, pull }) => {
      const path = `${HOME}/pull/${pull.number}`;
      await send(path, { does: "request-review", reviewer: "harbour/maintainers" }, { as: "ann" });
      await send(path, { does: "request-review", reviewer: "sam" }, { as: "ann" });
      expect(words(await open(path))).toMatch(/Reviewers sam ○ asked .*harbour\/maintainers lee, mia ○ asked/u);
      expect(words(await open(path, { as: "mia" }))).toContain("Your review is asked for. Review the changes");
      expect(words(await open(path, { as: "ann" }))).not.toContain("Your review is asked for.");
      await send(path, { does: "unrequest-review", subject: "sam" }, { as: "ann" });
      await send(path, { does: "review", verdict: "APPROVED", body: "" }, { as: "mia" });
      const after = words(await open(path));
      expect(after).toMatch(/Reviewers mia ✓ approved/u);
      expect(after).not.toContain("○ asked");
    });
  });

  it("are not asked of the author, in GitHub's words", async () => {
    await inSample(async ({ send, pull }) => {
      const answer = await send(`${HOME}/pull/${pull.number}`, { does: "request-review", reviewer: "lee" }, { as: "ann" });
      expect([answer.status, words(await answer.text())]).toEqual([422, expect.stringContaining("Review cannot be requested from pull request author.")]);
    });
  });

  it("are dismissed by who may write, and say so from then on", async () => {
    await inScene(async ({ open, send, pull }) => {
      const release = await pull("Release", "text");
      await send("/kim/cavern/pull/1", { does: "review", verdict: "APPROVED", body: "" }, { as: "lee" });
      const subject = String(release.pull!.reviews[0]!.id);
      expect((await send("/kim/cavern/pull/1", { does: "dismiss-review", subject }, { as: "sam" })).status).toBe(403);
      expect(words(await open("/kim/cavern/pull/1"))).toMatch(/Reviewers lee ✓ approved/u);
      await send("/kim/cavern/pull/1", { does: "dismiss-review", subject });
      expect(words(await open("/kim/cavern/pull/1"))).toMatch(/Reviewers lee – dismissed/u);
    });
  });
});

describe("checks", () => {
  it("are reported by continuous integration at the wish of who may write", async () => {
    await inScene(async ({ open, send, pull, standIn, repository }) => {
      installCi(standIn, "kim");
      const release = await pull("Release", "text");
      const sha = release.pull!.headSha;
      const report = (outcome: string, as = "lee"): Promise<Response> =>
        send("/kim/cavern/pull/1", { does: "report-check", name: "build", outcome, sha }, { as });
      await report("running");
      expect(words(await open("/kim/cavern/pull/1"))).toContain("○ running build by acme-ci");
      await report("failure");
      expect(words(await open("/kim/cavern/pull/1"))).toContain("✗ failed build by acme-ci");
      await report("success");
      expect(words(await open("/kim/cavern/pull/1"))).toContain("✓ passed build by acme-ci");
      expect([...repository.checkRuns.values()].map(({ conclusion }) => conclusion)).toEqual(["failure", "success"]);
      expect((await report("failure", "sam")).status).toBe(403);
      expect(words(await open("/kim/cavern/pull/1", { as: "sam" }))).not.toContain("Let acme-ci report");
    });
  });

  it("show their summary and what they say of a file's line, with a way there", async () => {
    await inScene(async ({ open, pull, standIn: { operations }, repository, bot }) => {
      const release = await pull("Release", "text");
      const sha = release.pull!.headSha;
      const place = { startLine: 1, endLine: 1, startColumn: null, endColumn: null, title: null };
      await operations.createCheckRun(bot, repository, sha, {
        name: "Release Steward",
        conclusion: "failure",
        output: {
          title: "waits",
          summary: "**Two** gates",
          text: null,
          annotations: [{ ...place, path: "charts/cavern/Chart.yaml", level: "failure", message: "no floating tag" }],
        },
      });
      const page = await open("/kim/cavern/pull/1");
      expect(page).toContain("<strong>Two</strong> gates");
      expect(page).toContain(`<a href="/kim/cavern/blob/${sha}/charts/cavern/Chart.yaml#L1"><code>charts/cavern/Chart.yaml:1</code></a>`);
      expect(words(page)).toContain("failure charts/cavern/Chart.yaml:1 no floating tag");
    });
  });

  it.each([
    ["protection", 'Required status check "build" is expected.'],
    ["ruleset", 'Repository rule violations found Required status check "build" is expected.'],
  ] as const)("that a %s requires hold a merge, which says so before and after it is tried", async (by, expected) => {
    await inScene(async ({ open, send, pull, standIn, repository, as }) => {
      const ci = installCi(standIn, "kim");
      await standIn.operations.requireChecks(as("kim"), repository, { branch: "main", by, checks: [{ name: "build", appId: ci.id }] });
      const release = await pull("Release", "text");
      const merge = { does: "merge", method: "squash", "title-squash": "Release it", sha: release.pull!.headSha };
      expect(words(await open("/kim/cavern/pull/1"))).toContain(`Merge ✗ blocked ✓ no conflicts ${expected.replaceAll('"', "&quot;")}`);
      const refused = await send("/kim/cavern/pull/1", merge);
      expect([refused.status, words(await refused.text())]).toEqual([405, expect.stringContaining(`✗ Refused (405). ${expected.replaceAll('"', "&quot;")}`)]);
      await send("/kim/cavern/pull/1", { does: "report-check", name: "build", outcome: "success", sha: release.pull!.headSha });
      expect(words(await open("/kim/cavern/pull/1"))).not.toContain("blocked");
      expect([(await send("/kim/cavern/pull/1", merge)).status, release.state]).toEqual([303, "closed"]);
    });
  });
});

describe("a comment", () => {
  it("has boxes to press and an editor for its author and for who may write, and for nobody else", async () => {
    await inScene(async ({ open, issue, standIn: { operations }, repository, as, bot }) => {
      const bug = await issue("bug", "text");
      await operations.comment(bot, repository, bug, "- [ ] seen");
      const own = await operations.comment(as("sam"), repository, bug, "- [ ] mine");
      const pressable = async (login: string): Promise<readonly string[]> =>
        [...(await open("/kim/cavern/issues/1", { as: login })).matchAll(/<button type="submit" class="box"[^>]* value="0 open (?<text>\w+)"/gu)].map(
          (box) => box[1]!,
        );
      expect([await pressable("kim"), await pressable("lee"), await pressable("sam")]).toEqual([["seen", "mine"], ["seen", "mine"], ["mine"]]);
      const editors = (await open("/kim/cavern/issues/1", { as: "sam" })).match(/id="editor-\w+"/gu);
      expect(editors).toEqual([`id="editor-${own.id}"`]);
    });
  });

  it("says who edited it last and when, and shows each change", async () => {
    await inScene(async ({ open, issue, standIn, repository, as, bot }) => {
      const bug = await issue("bug", "text");
      const comment = await standIn.operations.comment(bot, repository, bug, "waits for two");
      await standIn.operations.editComment(bot, repository, comment, "waits for one");
      standIn.advance(2 * 3_600_000);
      await standIn.operations.editComment(as("lee"), repository, comment, "waits for none");
      standIn.advance(60_000);
      const text = words(await open("/kim/cavern/issues/1"));
      expect(text).toContain("edited twice, last by lee 1 minute ago");
      expect(text).toMatch(/lee 1 minute ago .*- waits for one 1 \+ waits for none .*release-steward bot 2 hours ago .*- waits for two 1 \+ waits for one/u);
    });
  });
});

describe("issues", () => {
  it("are opened with labels, an assignee and a milestone, and change them later", async () => {
    await inScene(async ({ open, send, repository }) => {
      await send("/kim/cavern/milestones", { does: "create-milestone", title: "1.0", description: "first", due: "2026-12-24" });
      await send("/kim/cavern/issues", { does: "open-issue", title: "mount fails", body: "", labels: "blocker", assignee: "lee", milestone: "1" });
      const [bug] = repository.issues.values();
      expect(words(await open("/kim/cavern/issues"))).toContain("Open mount fails blocker 1.0 #1 by kim");
      expect(words(await open("/kim/cavern/issues"))).toContain(", for lee");
      await send("/kim/cavern/issues/1", { does: "assign", assignee: "sam" });
      await send("/kim/cavern/issues/1", { does: "unassign", subject: "lee" });
      await send("/kim/cavern/issues/1", { does: "milestone", milestone: "" });
      expect({ assignees: bug!.assignees.map(({ login }) => login), milestone: bug!.milestone }).toEqual({ assignees: ["sam"], milestone: null });
      expect(words(await open("/kim/cavern/issues/1"))).toContain("kim added blocker");
    });
  });

  it("are listed by label and by milestone, of both kinds", async () => {
    await inScene(async ({ open, send, issue, pull, standIn: { operations }, repository, as }) => {
      await send("/kim/cavern/labels", { does: "create-label", name: "release-blocker", description: "holds it", color: "#B60205" });
      await send("/kim/cavern/milestones", { does: "create-milestone", title: "1.0", description: "", due: "" });
      const [milestone] = repository.milestones.values();
      const [bug, release] = [await issue("a bug", "text"), await pull("Release", "text")];
      await issue("another", "text");
      for (const one of [bug, release]) {
        await operations.addLabels(as("kim"), repository, one, ["release-blocker"]);
        await operations.editIssue(as("kim"), repository, one, { milestone: milestone! });
      }
      expect(words(await open("/kim/cavern/labels"))).toContain("release-blocker holds it on 2 open Delete");
      expect(words(await open("/kim/cavern/milestones"))).toContain("Open 1.0 2 open, 0 closed Close");
      for (const path of ["labels/release-blocker", "milestone/1"]) {
        const listed = words(await open(`/kim/cavern/${path}`));
        expect([path, listed]).toEqual([path, expect.stringMatching(/Open 2 Closed 0 Open Release .*Open a bug/u)]);
        expect([path, listed]).toEqual([path, expect.not.stringContaining("another")]);
      }
    });
  });

  it("lose a label that is deleted; a milestone is closed and reopened", async () => {
    await inScene(async ({ send, issue, standIn: { operations }, repository, as }) => {
      const bug = await issue("a bug", "text");
      await operations.addLabels(as("kim"), repository, bug, ["blocker"]);
      const milestone = await operations.createMilestone(as("kim"), repository, { title: "1.0", description: null });
      await send("/kim/cavern/labels", { does: "delete-label", subject: String(bug.labels[0]!.id) });
      await send("/kim/cavern/milestones", { does: "turn-milestone", subject: String(milestone.id) });
      expect([bug.labels, repository.labels.size, milestone.state]).toEqual([[], 0, "closed"]);
      await send("/kim/cavern/milestones", { does: "turn-milestone", subject: String(milestone.id) });
      expect(milestone.state).toBe("open");
    });
  });

  it.each([
    ["/kim/cavern/labels", { does: "create-label", name: "x", color: "red" }, "A colour is six hexadecimal digits", 'value="red"'],
    ["/kim/cavern/labels", { does: "create-label", name: "", color: "d73a4a" }, "Validation Failed. Label name missing_field", 'value="d73a4a"'],
    ["/kim/cavern/milestones", { does: "create-milestone", title: "1.0", due: "soon" }, "Due on a day such as 2026-12-24", 'value="1.0"'],
  ])("%s refuses %j with what was typed still there", async (path, fields, message, kept) => {
    await inScene(async ({ send }) => {
      const answer = await send(path, fields);
      const page = await answer.text();
      expect([answer.status, words(page)]).toEqual([422, expect.stringContaining(message)]);
      expect(page).toContain(kept);
    });
  });
});
