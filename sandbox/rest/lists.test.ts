import { expect, it } from "@jest/globals";
import { inScene, REPO } from "../fixture.ts";

const relations = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    [...(headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/gu)].map(([, url = "", relation = ""]) => [relation, new URL(url).search]),
  );

it("gives lists in pages that name their neighbours", () =>
  inScene(async ({ lee }) => {
    for (let index = 1; index <= 5; index += 1) await lee("POST", `${REPO}/issues`, { title: `Issue ${index}` });
    const first = await lee("GET", `${REPO}/issues?per_page=2`);
    expect(first.body.map(({ number }: { number: number }) => number)).toEqual([5, 4]);
    expect(relations(first.headers)).toEqual({ next: "?per_page=2&page=2", last: "?per_page=2&page=3" });
    const last = await lee("GET", `${REPO}/issues?per_page=2&page=3`);
    expect(last.body.map(({ number }: { number: number }) => number)).toEqual([1]);
    expect(relations(last.headers)).toEqual({ prev: "?per_page=2&page=2", first: "?per_page=2&page=1" });
    expect((await lee("GET", `${REPO}/issues`)).headers.get("link")).toBeNull();
  }));

it("gives thirty at a time and never more than a hundred", () =>
  inScene(async ({ lee }) => {
    for (let index = 1; index <= 105; index += 1) await lee("POST", `${REPO}/labels`, { name: `label-${index}` });
    expect((await lee("GET", `${REPO}/labels`)).body).toHaveLength(30);
    expect((await lee("GET", `${REPO}/labels?per_page=1000`)).body).toHaveLength(100);
  }));

it("lists commits of a branch, of a path and of a time", () =>
  inScene(async ({ lee, push }) => {
    await push("main", { "docs/a.md": "a" }, "docs: a");
    await push("main", { "src/b.ts": "b" }, "feat: b");
    const messages = async (query: string) =>
      (await lee("GET", `${REPO}/commits?${query}`)).body.map(({ commit }: { commit: { message: string } }) => commit.message);
    expect(await messages("")).toEqual(["feat: b", "docs: a", "chore: begin"]);
    expect(await messages("path=docs")).toEqual(["docs: a"]);
    expect(await messages("per_page=1&page=2")).toEqual(["docs: a"]);
    expect(await messages("since=2026-01-01T00:02:00Z")).toEqual(["feat: b"]);
  }));

it("compares two commits from where both were one", () =>
  inScene(async ({ lee, push }) => {
    await push("topic", { "a.txt": "a\n" }, "feat: a");
    await push("main", { "b.txt": "b" });
    const { body } = await lee("GET", `${REPO}/compare/main...topic`);
    expect(body).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, total_commits: 1 });
    expect(body.files).toEqual([expect.objectContaining({ filename: "a.txt", status: "added", additions: 1, patch: expect.stringContaining("+a") })]);
    expect((await lee("GET", `${REPO}/compare/main...main`)).body).toMatchObject({ status: "identical", commits: [], files: [] });
    expect((await lee("GET", `${REPO}/compare/main...none`)).status).toBe(404);
  }));

it("finds the pull requests of a commit, before and after the merge", () =>
  inScene(async ({ lee, kim, push, open }) => {
    const first = await push("topic", { "a.txt": "a" });
    await push("topic", { "b.txt": "b" });
    await open("topic");
    const pullsOf = async (sha: string) => (await lee("GET", `${REPO}/commits/${sha}/pulls`)).body.map(({ number }: { number: number }) => number);
    expect(await pullsOf(first)).toEqual([1]);
    expect(await pullsOf("main")).toEqual([]);
    const { body } = await kim("PUT", `${REPO}/pulls/1/merge`, { merge_method: "squash" });
    expect(await pullsOf(body.sha)).toEqual([1]);
  }));

it("shows a file, its bytes and a folder, at any ref", () =>
  inScene(async ({ lee, push, standIn }) => {
    await push("topic", { "docs/ä b.md": "é\n" });
    const { body } = await lee("GET", `${REPO}/contents/docs/${encodeURIComponent("ä b.md")}?ref=topic`);
    expect(body).toMatchObject({ type: "file", encoding: "base64", name: "ä b.md", size: 3 });
    expect(Buffer.from(body.content, "base64").toString()).toBe("é\n");
    expect((await lee("GET", `${REPO}/contents/docs?ref=topic`)).body).toMatchObject([{ type: "file", path: "docs/ä b.md", size: 3 }]);
    expect((await lee("GET", `${REPO}/contents/docs`)).status).toBe(404);
    const raw = await standIn.handle(
      new Request(`http://any.test/api/v3${REPO}/contents/README.md`, { headers: { accept: "application/vnd.github.raw+json" } }),
    );
    expect(await raw.text()).toBe("# app\n");
  }));

it("edits trees: adds, replaces and removes, and says what does not exist", () =>
  inScene(async ({ lee, push, headOf }) => {
    await push("main", { "a.txt": "a", "b.txt": "b" });
    const make = (tree: readonly object[]) => lee("POST", `${REPO}/git/trees`, { base_tree: headOf("main"), tree });
    const { body: blob } = await lee("POST", `${REPO}/git/blobs`, { content: Buffer.from("x").toString("base64"), encoding: "base64" });
    const { body } = await make([
      { path: "a.txt", mode: "100644", type: "blob", sha: null },
      { path: "b.txt", mode: "100755", type: "blob", sha: blob.sha },
      { path: "c/d.txt", mode: "100644", type: "blob", content: "d" },
    ]);
    const whole = await lee("GET", `${REPO}/git/trees/${body.sha}?recursive=1`);
    expect(whole.body.truncated).toBe(false);
    expect(whole.body.tree.map(({ path, mode }: { path: string; mode: string }) => `${mode} ${path}`)).toEqual([
      "100644 README.md",
      "100755 b.txt",
      "040000 c",
      "100644 c/d.txt",
    ]);
    expect((await make([{ path: "a", mode: "100644", type: "blob", sha: "1".repeat(40) }])).body.message).toBe(
      `tree.sha ${"1".repeat(40)} is not a valid blob`,
    );
  }));

it("keeps annotated tags", () =>
  inScene(async ({ lee, headOf }) => {
    const { body } = await lee("POST", `${REPO}/git/tags`, {
      tag: "v1",
      message: "One",
      object: headOf("main"),
      type: "commit",
      tagger: { name: "Kim", email: "kim@example.com", date: "2026-02-03T04:05:06Z" },
    });
    await lee("POST", `${REPO}/git/refs`, { ref: "refs/tags/v1", sha: body.sha });
    expect((await lee("GET", `${REPO}/git/ref/tags/v1`)).body.object).toMatchObject({ type: "tag", sha: body.sha });
    expect((await lee("GET", `${REPO}/git/tags/${body.sha}`)).body).toMatchObject({
      tag: "v1",
      tagger: { date: "2026-02-03T04:05:06Z" },
      object: { sha: headOf("main") },
    });
    expect((await lee("GET", `${REPO}/git/matching-refs/tags/v`)).body).toMatchObject([{ ref: "refs/tags/v1" }]);
    expect((await lee("GET", `${REPO}/commits/v1`)).body.sha).toBe(headOf("main"));
  }));

it("names what a body lacks", () =>
  inScene(async ({ lee, standIn }) => {
    const { status, body } = await lee("POST", `${REPO}/pulls`, { head: "x", base: 7 });
    expect(status).toBe(422);
    expect(body.message).toContain('"title"');
    expect(body.message).toContain('"base"');
    const broken = await standIn.handle(new Request(`http://any.test/api/v3${REPO}/issues`, { method: "POST", body: "{" }));
    expect([broken.status, ((await broken.json()) as { message: string }).message]).toEqual([400, "Problems parsing JSON"]);
  }));
