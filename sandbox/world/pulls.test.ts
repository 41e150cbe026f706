import { expect, it } from "@jest/globals";
import { commitFiles } from "../git/fixture.ts";
import { inScene, REPO } from "../fixture.ts";

it("opens a pull request and tells of it", () =>
  inScene(async ({ lee, push, heard, headOf }) => {
    await push("topic", { "a.txt": "a" });
    await heard();
    const { status, body } = await lee("POST", `${REPO}/pulls`, { title: "feat: topic", head: "acme:topic", base: "main", body: "Why" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: 1,
      state: "open",
      mergeable: null,
      mergeable_state: "unknown",
      merged: false,
      commits: 1,
      changed_files: 1,
      additions: 1,
      body: "Why",
    });
    expect(body.head).toMatchObject({ ref: "topic", sha: headOf("topic"), label: "acme:topic" });
    expect(await heard()).toEqual(["pull_request.opened"]);
  }));

it("refuses a second one for the same branches, and one without commits", () =>
  inScene(async ({ lee, push, open, standIn, repository, headOf }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic");
    const second = await lee("POST", `${REPO}/pulls`, { title: "again", head: "topic", base: "main" });
    expect(second.status).toBe(422);
    expect(second.body.errors).toEqual([{ resource: "PullRequest", code: "custom", message: "A pull request already exists for acme:topic." }]);
    await standIn.operations.updateRefs(standIn.actorFor("lee"), repository, [{ name: "refs/heads/same", before: null, after: headOf("main"), force: false }]);
    const empty = await lee("POST", `${REPO}/pulls`, { title: "empty", head: "same", base: "main" });
    expect(empty.status).toBe(422);
    expect(empty.body.errors[0].message).toBe("No commits between main and same");
    expect((await lee("POST", `${REPO}/pulls`, { title: "x", head: "nothing", base: "main" })).body.errors[0]).toMatchObject({
      field: "head",
      code: "invalid",
    });
  }));

it("moves the head with its branch", () =>
  inScene(async ({ lee, push, open, heard, sent }) => {
    const before = await push("topic", { "a.txt": "a" });
    await open("topic");
    await heard();
    const after = await push("topic", { "b.txt": "b" });
    expect((await lee("GET", `${REPO}/pulls/1`)).body).toMatchObject({ head: { sha: after }, commits: 2, changed_files: 2 });
    expect(await heard()).toEqual(["push", "check_suite.requested", "pull_request.synchronize"]);
    expect(sent.at(-1)!.payload).toMatchObject({ before, after, pull_request: { head: { sha: after } } });
  }));

it("closes what its base already has, and lets no one reopen it", () =>
  inScene(async ({ lee, push, open, heard, headOf }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic");
    await heard();
    await lee("PATCH", `${REPO}/git/refs/heads/topic`, { sha: headOf("main"), force: true });
    expect((await lee("GET", `${REPO}/pulls/1`)).body).toMatchObject({ state: "closed", merged: false, closed_at: "2026-01-01T00:00:04Z" });
    expect(await heard()).toContain("pull_request.closed");
    expect((await lee("PATCH", `${REPO}/pulls/1`, { state: "open" })).status).toBe(422);
  }));

it("closes with its branch, and opens again when the branch is back", () =>
  inScene(async ({ lee, push, open, heard }) => {
    const head = await push("topic", { "a.txt": "a" });
    await open("topic");
    await heard();
    await lee("DELETE", `${REPO}/git/refs/heads/topic`);
    expect(await heard()).toEqual(["delete", "push", "pull_request.closed"]);
    expect((await lee("GET", `${REPO}/pulls/1`)).body).toMatchObject({ state: "closed", merged: false, head: { sha: head } });
    await lee("POST", `${REPO}/git/refs`, { ref: "refs/heads/topic", sha: head });
    expect((await lee("PATCH", `${REPO}/pulls/1`, { state: "open" })).body).toMatchObject({ state: "open", closed_at: null });
    expect(await heard()).toContain("pull_request.reopened");
  }));

it("is merged when a push brings its head into the base", () =>
  inScene(async ({ lee, push, open, repository, headOf }) => {
    const head = await push("topic", { "a.txt": "a" });
    await open("topic");
    const merge = await commitFiles(repository.git, [headOf("main")!, head], { "a.txt": "a" }, "Merge by hand");
    const later = await commitFiles(repository.git, [merge], { "c.txt": "c" }, "chore: later");
    await lee("PATCH", `${REPO}/git/refs/heads/main`, { sha: later });
    const { body } = await lee("GET", `${REPO}/pulls/1`);
    expect(body).toMatchObject({ state: "closed", merged: true, merge_commit_sha: merge, merged_by: { login: "lee" } });
  }));

it("tells of each edit what it was before, and keeps the texts", () =>
  inScene(async ({ kim, push, open, repository, heard, sent }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic", "feat: one");
    await heard();
    await kim("PATCH", `${REPO}/pulls/1`, { title: "feat: two", body: "More" });
    expect(await heard()).toEqual(["pull_request.edited"]);
    expect(sent.at(-1)!.payload.changes).toEqual({ title: { from: "feat: one" }, body: { from: "Words" } });
    expect(repository.issues.get(1)!.edits.map(({ editor, body }) => [editor.login, body])).toEqual([
      ["lee", "Words"],
      ["kim", "More"],
    ]);
    await kim("PATCH", `${REPO}/pulls/1`, { title: "feat: two" });
    expect(await heard()).toEqual([]);
  }));

it("takes a body of 65,536 characters and not one more", () =>
  inScene(async ({ lee, push, open }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic");
    expect((await lee("PATCH", `${REPO}/pulls/1`, { body: "x".repeat(65_536) })).status).toBe(200);
    const longer = await lee("PATCH", `${REPO}/pulls/1`, { body: "x".repeat(65_537) });
    expect(longer.body).toMatchObject({ message: "Validation Failed", errors: [{ field: "body", message: "body is too long (maximum is 65536 characters)" }] });
  }));

it("does not know at once whether a pull request can be merged, and forgets when its head or its base moves", () =>
  inScene(async ({ lee, push, open, sent, standIn }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic");
    const look = async () => (await lee("GET", `${REPO}/pulls/1`)).body.mergeable_state;
    // Opening it asked already.
    expect(await look()).toBe("clean");
    await push("topic", { "b.txt": "b" });
    expect([await look(), await look()]).toEqual(["unknown", "clean"]);
    await push("main", { "a.txt": "other" });
    expect([await look(), await look()]).toEqual(["unknown", "dirty"]);
    await standIn.delivered();
    expect(sent.filter(({ delivery }) => delivery.event === "pull_request").map(({ payload }) => payload.pull_request.mergeable)).toEqual([null, null]);
  }));

it("calls a pull request unstable while something fails that nobody requires", () =>
  inScene(async ({ lee, push, open }) => {
    const sha = await push("topic", { "a.txt": "a" });
    await open("topic");
    await lee("POST", `${REPO}/statuses/${sha}`, { state: "failure", context: "lint" });
    await lee("GET", `${REPO}/pulls/1`);
    expect((await lee("GET", `${REPO}/pulls/1`)).body).toMatchObject({ mergeable: true, mergeable_state: "unstable" });
  }));
