import { describe, expect, it } from "@jest/globals";
import { commitFiles } from "../git/fixture.ts";
import { inScene, ORIGIN, sessionOf } from "./fixture.ts";

describe("a form", () => {
  it("acts as the chosen person, then leads back to a page", async () => {
    await inScene(async ({ send, issue, repository }) => {
      await issue("bug", "text");
      const answer = await send("/kim/cavern/issues/1", { does: "comment", body: "as lee" }, { as: "lee" });
      const [comment] = repository.comments.values();
      expect(comment).toMatchObject({ body: "as lee", author: { login: "lee" } });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, `/kim/cavern/issues/1#issuecomment-${comment!.id}`]);
    });
  });

  it("opens, labels, closes and reopens an issue", async () => {
    await inScene(async ({ send, repository }) => {
      await send("/kim/cavern/issues", { does: "open-issue", title: "mount fails", body: "always", labels: "blocker, type: bug" });
      const bug = repository.issues.get(1)!;
      expect(bug.labels.map(({ name }) => name)).toEqual(["blocker", "type: bug"]);
      await send("/kim/cavern/issues/1", { does: "add-label", label: "later" });
      await send("/kim/cavern/issues/1", { does: "remove-label", subject: String(bug.labels[0]!.id) });
      await send("/kim/cavern/issues/1", { does: "comment", body: "done", state: "closed" });
      expect({ state: bug.state, labels: bug.labels.map(({ name }) => name), comments: repository.comments.size }).toEqual({
        state: "closed",
        labels: ["type: bug", "later"],
        comments: 1,
      });
      await send("/kim/cavern/issues/1", { does: "comment", body: "", state: "open" });
      expect({ state: bug.state, comments: repository.comments.size }).toEqual({ state: "open", comments: 1 });
    });
  });

  it("reviews and merges a pull request with the title that was typed", async () => {
    await inScene(async ({ send, pull, repository }) => {
      const release = await pull("Release cavern 0.9.0", "text");
      await send("/kim/cavern/pull/1", { does: "review", verdict: "CHANGES_REQUESTED", body: "not yet" }, { as: "lee" });
      expect(release.pull!.reviews).toMatchObject([{ state: "CHANGES_REQUESTED", author: { login: "lee" }, sha: release.pull!.headSha }]);
      await send("/kim/cavern/pull/1", { does: "merge", method: "squash", "title-squash": "Release it", "title-merge": "other", sha: release.pull!.headSha });
      const merged = await repository.git.commit(release.pull!.merged!.sha);
      expect(merged!.message).toMatch(/^Release it/u);
      expect(merged!.parents).toHaveLength(1);
    });
  });

  it("does not merge what was pushed after the page was shown", async () => {
    await inScene(async ({ send, pull, repository }) => {
      const release = await pull("Release", "text");
      const shown = release.pull!.headSha;
      const pushed = await commitFiles(repository.git, [shown], { "late.txt": "late" });
      await repository.git.updateRefs([{ name: "refs/heads/release/cavern", before: shown, after: pushed }]);
      release.pull!.headSha = pushed;
      const answer = await send("/kim/cavern/pull/1", { does: "merge", method: "squash", "title-squash": "My careful title", sha: shown });
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('value="My careful title"');
      expect(release.pull!.merged).toBeNull();
    });
  });

  it("turns a task as the person who clicked, and keeps what the text was", async () => {
    await inScene(async ({ send, issue, open, standIn, repository, as }) => {
      const checklist = await issue("check", "- [ ] one\n- [ ] two\n");
      const comment = await standIn.operations.comment(as("kim"), repository, checklist, "- [x] three\n");
      await send("/kim/cavern/issues/1", { does: "turn-task", subject: "body", task: "1 open two" }, { as: "lee" });
      await send("/kim/cavern/issues/1", { does: "turn-task", subject: String(comment.id), task: "0 done three" });
      expect([checklist.body, comment.body]).toEqual(["- [ ] one\n- [x] two\n", "- [ ] three\n"]);
      expect(checklist.edits.map(({ editor, body }) => [editor.login, body])).toEqual([
        ["kim", "- [ ] one\n- [ ] two\n"],
        ["lee", "- [ ] one\n- [x] two\n"],
      ]);
      expect(await open("/kim/cavern/issues/1")).toContain("edited once");
    });
  });

  it("gives a reaction, and takes it back when it is chosen once more", async () => {
    await inScene(async ({ send, issue, open }) => {
      const bug = await issue("bug", "text");
      const heart = { does: "react", subject: "body", content: "heart" };
      await send("/kim/cavern/issues/1", heart);
      await send("/kim/cavern/issues/1", heart, { as: "lee" });
      expect(bug.reactions.map(({ user }) => user.login)).toEqual(["kim", "lee"]);
      expect(await open("/kim/cavern/issues/1")).toContain('aria-label="Take back heart"');
      await send("/kim/cavern/issues/1", heart);
      expect(bug.reactions.map(({ user }) => user.login)).toEqual(["lee"]);
      expect(await open("/kim/cavern/issues/1")).toContain('aria-label="React with heart"');
    });
  });

  it("turns nothing when the text has changed since it was shown", async () => {
    await inScene(async ({ send, issue }) => {
      const checklist = await issue("check", "- [ ] drop the table\n");
      const answer = await send("/kim/cavern/issues/1", { does: "turn-task", subject: "body", task: "0 open keep the table" });
      expect([answer.status, checklist.body]).toEqual([409, "- [ ] drop the table\n"]);
    });
  });

  it("refuses to save over what somebody else saved meanwhile, and gives the text back", async () => {
    await inScene(async ({ send, issue, standIn, repository, bot }) => {
      const release = await issue("notes", "old");
      await standIn.operations.editIssue(bot, repository, release, { body: "new" });
      const answer = await send("/kim/cavern/issues/1", { does: "edit", subject: "body", seen: "0", title: "notes", body: "my careful words" });
      expect([answer.status, release.body]).toEqual([409, "new"]);
      expect(await answer.text()).toMatch(/<textarea[^>]*>\nmy careful words<\/textarea>/u);
    });
  });

  it("says why GitHub refuses, and loses nothing that was typed", async () => {
    await inScene(async ({ send, issue }) => {
      await issue("bug", "text");
      const label = await send("/kim/cavern/issues/1", { does: "add-label", label: "my <label>" }, { as: "sam" });
      const page = await label.text();
      expect(label.status).toBe(403);
      expect(page).toMatch(/role="alert"[^>]*>\s*<strong>✗ Refused \(403\)\.<\/strong> Must have triage access to repository\./u);
      expect(page).toContain('value="my &lt;label&gt;"');
      const long = await send("/kim/cavern/issues/1", { does: "comment", body: "x".repeat(70_000) });
      expect(long.status).toBe(422);
      expect(await long.text()).toContain("x".repeat(70_000));
    });
  });

  it("sends a webhook again", async () => {
    await inScene(async ({ send, standIn, issue }) => {
      await issue("bug", "text");
      await standIn.delivered();
      const { deliveries } = standIn.world;
      const before = deliveries.length;
      const last = deliveries.at(-1)!;
      await send("/kim/cavern/deliveries", { does: "redeliver", subject: String(last.id) });
      await standIn.delivered();
      expect(deliveries).toHaveLength(before + 1);
      expect(deliveries.at(-1)).toMatchObject({ guid: last.guid, body: last.body, isRedelivery: true });
    });
  });
});

describe("a form from elsewhere", () => {
  it.each([
    ["another site", {}, { "sec-fetch-site": "cross-site" }, 403],
    ["a neighbour of this site", {}, { "sec-fetch-site": "same-site" }, 403],
    ["another origin, by an old browser", {}, { "sec-fetch-site": "", origin: "http://evil.example" }, 403],
    ["a page without the token", { token: "" }, {}, 403],
    ["a page of another session", { token: "0".repeat(64) }, {}, 403],
    ["a page made for somebody else", { as: "lee" }, {}, 409],
  ])("%s does nothing", async (_, fields, headers, status) => {
    await inScene(async ({ send, issue, repository }) => {
      await issue("bug", "text");
      const answer = await send("/kim/cavern/issues/1", { does: "comment", body: "forged", ...fields }, { headers });
      expect([answer.status, repository.comments.size]).toEqual([status, 0]);
    });
  });

  it("is no form when it is JSON", async () => {
    await inScene(async ({ ask, issue, repository }) => {
      await issue("bug", "text");
      const request = new Request(`${ORIGIN}/kim/cavern/issues/1`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
      expect((await ask(request)).status).toBe(413);
      expect(repository.comments.size).toBe(0);
    });
  });
});

describe("choosing whom to act as", () => {
  it.each([
    ["/kim/cavern/issues?state=closed", "/kim/cavern/issues?state=closed"],
    ["//evil.example/x", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
  ])("from %s leads to %s", async (back, expected) => {
    await inScene(async ({ ask }) => {
      const { cookie, token } = await sessionOf(await ask(new Request(`${ORIGIN}/`)));
      const headers = { cookie, "sec-fetch-site": "same-origin" };
      const answer = await ask(new Request(`${ORIGIN}/-/person`, { method: "POST", headers, body: new URLSearchParams({ token, login: "lee", back }) }));
      expect([answer.status, answer.headers.get("location")]).toEqual([303, expected]);
      expect(answer.headers.getSetCookie()).toEqual([expect.stringContaining("acting-as=lee;")]);
    });
  });
});

describe("the version that the live script asks for", () => {
  it("changes with everything that a page shows, and with nothing else", async () => {
    await inScene(async ({ open, issue, standIn: { operations }, repository, as }) => {
      const bug = await issue("bug", "text");
      const seen = [await open("/kim/cavern/version"), await open("/kim/cavern/version")];
      expect(seen[0]).toBe(seen[1]);
      const comment = await operations.comment(as("lee"), repository, bug, "hello");
      seen.push(await open("/kim/cavern/version"));
      await operations.react(as("kim"), repository, comment, "heart");
      seen.push(await open("/kim/cavern/version"));
      await operations.unreact(as("kim"), repository, comment, "heart");
      await operations.react(as("kim"), repository, comment, "rocket");
      seen.push(await open("/kim/cavern/version"));
      await operations.addLabels(as("kim"), repository, bug, ["blocker"]);
      seen.push(await open("/kim/cavern/version"));
      expect(new Set(seen).size).toBe(5);
    });
  });
});
