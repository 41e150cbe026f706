import { describe, expect, it } from "@jest/globals";
import { commitFiles } from "../git/fixture.ts";
import { inScene, REPO, type Scene } from "../fixture.ts";

const merged = async (scene: Scene, body: object) => {
  const { status, body: answer } = await scene.kim("PUT", `${REPO}/pulls/1/merge`, body);
  expect(status).toBe(200);
  return (await scene.repository.git.commit(answer.sha))!;
};

const twoCommits = async ({ push, open }: Scene): Promise<void> => {
  await push("topic", { "a.txt": "a" }, "feat: a\n\nWhy a.\n");
  await push("topic", { "b.txt": "b" }, "fix: b\n");
  await open("topic", "feat: a and b");
};

describe("merging by the button", () => {
  it("makes a merge commit of both sides", () =>
    inScene(async (scene) => {
      await twoCommits(scene);
      const [base, head] = [scene.headOf("main"), scene.headOf("topic")];
      const commit = await merged(scene, {});
      expect(commit.message).toBe("Merge pull request #1 from acme/topic\n\nfeat: a and b");
      expect(commit.parents).toEqual([base, head]);
      expect([commit.author.name, commit.committer.name]).toEqual(["Kim", "GitHub"]);
      expect((await scene.kim("GET", `${REPO}/commits/${commit.sha}`)).body.commit.verification).toMatchObject({ verified: true, reason: "valid" });
      const { body } = await scene.kim("GET", `${REPO}/pulls/1`);
      expect(body).toMatchObject({ merged: true, state: "closed", merge_commit_sha: commit.sha, merged_by: { login: "kim" }, commits: 2 });
      expect(await scene.heard()).toEqual(expect.arrayContaining(["push", "pull_request.closed"]));
    }));

  it("squashes several commits under the title of the pull request", () =>
    inScene(async (scene) => {
      await twoCommits(scene);
      const base = scene.headOf("main");
      const commit = await merged(scene, { merge_method: "squash" });
      expect(commit.message).toBe("feat: a and b (#1)\n\n* feat: a\n\nWhy a.\n\n* fix: b\n\n---------\n\nCo-authored-by: Ada Lovelace <ada@example.com>");
      expect(commit.parents).toEqual([base]);
      expect(commit.author.name).toBe("Lee");
      expect((await scene.repository.git.tree(commit.tree))!.map(({ path }) => path)).toEqual(["README.md", "a.txt", "b.txt"]);
    }));

  it("squashes one commit under its own subject", () =>
    inScene(async (scene) => {
      await scene.push("topic", { "a.txt": "a" }, "feat: a\n\nWhy a.\n");
      await scene.open("topic", "Another title");
      const { message } = await merged(scene, { merge_method: "squash" });
      expect(message).toBe("feat: a (#1)\n\nWhy a.\n\nCo-authored-by: Ada Lovelace <ada@example.com>");
    }));

  it("takes the title and message it is given", () =>
    inScene(async (scene) => {
      await twoCommits(scene);
      expect((await merged(scene, { merge_method: "squash", commit_title: "release: 1.0", commit_message: "" })).message).toBe("release: 1.0");
    }));

  it("rebases each commit onto the base with its author", () =>
    inScene(async (scene) => {
      await twoCommits(scene);
      const base = await scene.push("main", { "c.txt": "c" });
      const last = await merged(scene, { merge_method: "rebase" });
      const first = (await scene.repository.git.commit(last.parents[0]!))!;
      expect([first.message, last.message]).toEqual(["feat: a\n\nWhy a.\n", "fix: b\n"]);
      expect(first.parents).toEqual([base]);
      expect([last.author.name, last.committer.name]).toEqual(["Ada Lovelace", "Kim"]);
      expect((await scene.kim("GET", `${REPO}/pulls/1`)).body).toMatchObject({ merged: true, commits: 2 });
    }));

  it("deletes the head branch when the repository says so", () =>
    inScene(async (scene) => {
      scene.repository.settings.deleteBranchOnMerge = true;
      await twoCommits(scene);
      await merged(scene, {});
      expect(scene.headOf("topic")).toBeNull();
      expect(await scene.heard()).toContain("delete");
    }));
});

const refusal = async ({ kim }: Scene, body: object = {}) => {
  const { status, body: answer } = await kim("PUT", `${REPO}/pulls/1/merge`, body);
  return `${status} ${answer.message}`;
};

describe("a merge is refused", () => {
  it("for another head", () =>
    inScene(async (scene) => {
      await twoCommits(scene);
      expect(await refusal(scene, { sha: scene.headOf("main") })).toBe("409 Head branch was modified. Review and try the merge again.");
    }));

  it("for a conflict, which the pull request shows", () =>
    inScene(async (scene) => {
      await scene.push("topic", { "README.md": "# one\n" });
      await scene.open("topic");
      await scene.push("main", { "README.md": "# other\n" });
      expect((await scene.kim("GET", `${REPO}/pulls/1`)).body).toMatchObject({ mergeable: null, mergeable_state: "unknown" });
      expect((await scene.kim("GET", `${REPO}/pulls/1`)).body).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
      expect(await refusal(scene)).toBe("405 Pull Request is not mergeable");
      expect(await refusal(scene, { merge_method: "rebase" })).toBe("405 This branch can't be rebased");
      expect((await scene.kim("GET", `${REPO}/pulls/1`)).body.state).toBe("open");
    }));

  it("when closed, when a draft, and where the method is not allowed", () =>
    inScene(async (scene) => {
      await twoCommits(scene);
      scene.repository.settings.allowSquash = false;
      expect(await refusal(scene, { merge_method: "squash" })).toBe("405 Squash merges are not allowed on this repository.");
      await scene.standIn.operations.setDraft(scene.standIn.actorFor("lee"), scene.repository, scene.repository.issues.get(1)!, true);
      expect(await refusal(scene)).toBe("405 Pull Request is still a draft");
      await scene.kim("PATCH", `${REPO}/pulls/1`, { state: "closed" });
      expect(await refusal(scene)).toBe("405 Pull Request is not mergeable");
    }));
});

it("marks another pull request merged whose head the merge brings in", () =>
  inScene(async (scene) => {
    const shared = await scene.push("one", { "a.txt": "a" });
    const more = await commitFiles(scene.repository.git, [shared], { "b.txt": "b" }, "feat: more");
    await scene.lee("POST", `${REPO}/git/refs`, { ref: "refs/heads/two", sha: more });
    await scene.open("two");
    await scene.open("one");
    await merged(scene, {});
    expect((await scene.kim("GET", `${REPO}/pulls/2`)).body).toMatchObject({ merged: true, state: "closed" });
  }));

it("closes the issues that it names, where it goes into the default branch", () =>
  inScene(async ({ kim, lee, push, heard, repository }) => {
    for (const title of ["one", "two", "three"]) await kim("POST", `${REPO}/issues`, { title });
    await push("next", { "n.txt": "n" });
    const closedBy = async (base: string, body: string): Promise<number> => {
      await push(`to-${base}`, { [`${base}.txt`]: "x" });
      const { number } = (await lee("POST", `${REPO}/pulls`, { title: base, head: `to-${base}`, base, body })).body;
      await heard();
      await kim("PUT", `${REPO}/pulls/${number}/merge`);
      return (await heard()).filter((event) => event === "issues.closed").length;
    };
    expect(await closedBy("main", "Fixes #1, resolves acme/app#2")).toBe(2);
    expect(await closedBy("next", "Closes #3")).toBe(0);
    expect([1, 2, 3].map((number) => repository.issues.get(number)!.state)).toEqual(["closed", "closed", "open"]);
  }));
