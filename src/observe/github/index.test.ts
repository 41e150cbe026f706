// What the observer tells of a repository on GitHub, beside what git tells (equivalence.test.ts) and what it costs (cost.test.ts).
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { observedRepository, PLAYBOOK_PATH } from "../../../test/fixtures/observed.ts";
import { TooMuchAtOnce } from "../../github/types.ts";
import { Parked, Refused } from "../../model/errors.ts";
import { NOTHING_WANTED, type Snapshot, type Tag } from "../../model/snapshot.ts";
import { openMemory } from "./memory.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { [PLAYBOOK_PATH]: "schema: 1\n", "README.md": "begin\n" });
});
afterEach(() => world.standIn.close());

async function unreleasedSince(tags: readonly Tag[]): Promise<Snapshot> {
  const observer = world.look();
  return observer.answer(await observer.first(), { ...NOTHING_WANTED, ranges: [{ key: "app", newestFirst: tags }] });
}

describe("the first look", () => {
  it("has the playbook, who is meant, and which files may be run", async () => {
    await world.push("feat: run", { "run.sh": { mode: "100755", text: "" }, link: { mode: "120000", text: "run.sh" } });
    const snapshot = await world.look().first();
    expect(snapshot.files.get(PLAYBOOK_PATH)).toEqual({ is: "text", text: "schema: 1\n" });
    expect(snapshot.repository).toEqual({ name: "acme/app", url: `${world.standIn.world.url}/acme/app` });
    expect(snapshot.head).toEqual({ sha: world.head(), branch: "main", onDefaultBranch: true });
    const { login, id } = world.app.bot;
    expect(snapshot.hosted.app).toEqual({
      login: "release-steward[bot]",
      signoff: `${login} <${id}+${login}@users.noreply.${new URL(world.standIn.world.url).hostname}>`,
      signs: null,
    });
    expect(snapshot.hosted.headTree).toBe((await world.git.commit(world.head()))!.tree);
    expect([...snapshot.hosted.executables]).toEqual(["run.sh"]);
    expect([...snapshot.hosted.blobs.keys()].toSorted()).toEqual([PLAYBOOK_PATH, "README.md", "run.sh"]);
    expect(snapshot.hosted.blobs.get("README.md")).toBe((await world.git.entry(world.head(), "README.md"))!.sha);
  });

  it("follows a rename at the next look", async () => {
    const memory = openMemory();
    await world.look(memory).first();
    world.standIn.world.repositories.delete("acme/app");
    world.repository.name = "renamed";
    world.standIn.world.repositories.set("acme/renamed", world.repository);
    await world.push("fix: x", { x: "" });
    expect((await world.look(memory).first()).repository.name).toBe("acme/renamed");
  });

  it("parks an archived repository, at a cold look and at a warm one", async () => {
    const memory = openMemory();
    await world.look(memory).first();
    world.repository.isArchived = true;
    await expect(world.look(memory).first()).rejects.toThrow(Parked);
    await expect(world.look().first()).rejects.toThrow(Parked);
  });

  it("decides on no part of a tree", async () => {
    const { github } = world;
    const rest: typeof github.rest = async (route, ...others) => {
      const answer = await github.rest(route, ...others);
      return route.includes("/trees/") ? { ...answer, data: { ...(answer.data as object), truncated: true } } : answer;
    };
    await expect(world.look(openMemory(), { ...github, rest }).first()).rejects.toThrow(Refused);
  });

  it("has every tag and every open pull request of many, in one request when it has seen them before", async () => {
    for (let index = 0; index < 230; index += 1) await world.move(`refs/tags/v0.${index}.0`, world.head());
    const memory = openMemory();
    await world.look(memory).first();
    await world.move("refs/tags/another", world.head());
    let tags: readonly Tag[] = [];
    expect(await world.requestsOf(async () => ({ tags } = await world.look(memory).first()))).toEqual(["graphql"]);
    expect(new Set(tags.map(({ name }) => name)).size).toBe(231);
  });
});

describe("its own open pull requests", () => {
  it("are those that it wrote, whatever others are called, with all that is decided about them", async () => {
    const { standIn, repository, kim, bot } = world;
    await world.openPull("theirs", "Release app 1.0.1", { a: "1" }, kim);
    const base = world.head();
    const first = await world.ownCommit(base, { VERSION: "1\n" });
    await world.move("refs/heads/release", first, bot);
    const pull = await standIn.operations.openPullRequest(bot, repository, {
      title: "Release app 1.0.1",
      body: "Body.",
      head: "release",
      base: "main",
      isDraft: false,
    });
    await standIn.operations.createCheckRun(bot, repository, first, {
      name: "Release app 1.0.1",
      externalId: "one",
      conclusion: "success",
      status: "completed",
    });
    await standIn.operations.createCheckRun(bot, repository, first, { name: "Release app 1.0.1", externalId: "two" });
    const second = await world.commit("fix: by hand", { VERSION: "2\n" }, [first]);
    await world.move("refs/heads/release", second, kim);
    await standIn.operations.addLabels(kim, repository, pull, ["release"]);

    const { open } = (await world.look().first()).hosted;
    expect(open).toHaveLength(1);
    const { id, checks, ...rest } = open[0]!;
    expect(id).not.toBe("");
    expect(checks.map(({ externalId, conclusion }) => [externalId, conclusion])).toEqual([
      ["two", null],
      ["one", "success"],
    ]);
    expect(rest).toEqual({
      number: pull.number,
      state: "open",
      title: "Release app 1.0.1",
      body: "Body.",
      written: "Body.",
      labels: ["release"],
      branch: "release",
      base: "main",
      headSha: second,
      headTree: (await world.git.commit(second))!.tree,
      isDraft: false,
      checkedSha: first,
      isConflicting: false,
      closed: null,
      mergeSha: null,
      mergeTree: null,
      requests: [],
      own: [],
      reviews: [],
      requestedReviewers: [],
      commits: [
        { sha: second, parents: [first], isOwn: false, people: ["Kim Doe"] },
        { sha: first, parents: [base], isOwn: true, people: [] },
      ],
    });
  });
});

describe("what was asked for", () => {
  it("branches: where they stand, and the last pull request from them that is over, and who ended it", async () => {
    const { standIn, repository, kim, bot } = world;
    const first = await world.openPull("release", "first", { a: "1" });
    await standIn.operations.editIssue(bot, repository, first, { state: "closed" });
    const second = await world.openPull("release", "second", { a: "2" });
    await standIn.operations.editIssue(kim, repository, second, { state: "closed" });
    const theirs = await world.openPull("release", "theirs", { a: "3" }, kim);
    await standIn.operations.editIssue(kim, repository, theirs, { state: "closed" });
    const { branches } = await world.hostedWith({ branches: ["release", 'none") { id } #'] });
    expect(branches.get("release")).toMatchObject({
      sha: world.git.refs().get("refs/heads/release"),
      lastClosed: { number: second.number, state: "closed", closed: { byApp: false } },
    });
    expect(branches.get('none") { id } #')).toEqual({ sha: null, checks: [], lastClosed: null });
    expect((await world.hostedWith({ branches: ["release"] })).branches.get("release")!.lastClosed!.title).toBe("second");
  });

  it("branches: its own pull request behind many of others from a branch of that name", async () => {
    const { standIn, repository, kim, bot } = world;
    const own = await world.openPull("release", "own", { a: "own" });
    await standIn.operations.editIssue(bot, repository, own, { state: "closed" });
    for (let index = 0; index < 25; index += 1) {
      const theirs = await world.openPull("release", `theirs ${index}`, { a: `${index}` }, kim);
      await standIn.operations.editIssue(kim, repository, theirs, { state: "closed" });
    }
    const { branches } = await world.hostedWith({ branches: ["release"] });
    expect(branches.get("release")!.lastClosed).toMatchObject({ number: own.number, closed: { byApp: true } });
  });

  it("merged pull requests: only its own, with the commit that the merge made", async () => {
    const { standIn, repository, kim } = world;
    const own = await world.openPull("release", "Release", { a: "1" });
    const theirs = await world.openPull("feature", "feat: x", { b: "1" }, kim);
    const how = { method: "squash", sha: null, title: null, message: null } as const;
    const sha = await standIn.operations.mergePullRequest(kim, repository, own, how);
    await standIn.operations.mergePullRequest(kim, repository, theirs, how);
    const { merged } = await world.hostedWith({ merged: [own.number, theirs.number] });
    expect([...merged.keys()]).toEqual([own.number]);
    expect(merged.get(own.number)).toMatchObject({ state: "merged", mergeSha: sha, mergeTree: (await world.git.commit(sha))!.tree, closed: { byApp: false } });
  });

  it("tags: its check runs, however many, and every release, drafts included", async () => {
    const { standIn, repository, kim, bot } = world;
    await world.move("refs/tags/v1.0.0", world.head());
    for (let index = 0; index < 60; index += 1)
      await standIn.operations.createCheckRun(bot, repository, world.head(), { name: `step ${index}`, externalId: `${index}` });
    await standIn.operations.createRelease(bot, repository, { tag: "v1.0.0", isDraft: true });
    await standIn.operations.createRelease(kim, repository, { tag: "v1.0.0", isDraft: false, isPrerelease: true });
    const { tagged, headChecks } = await world.hostedWith({ tags: ["v1.0.0", "v9.0.0"].map((name) => ({ name, at: null })) });
    expect(new Set(tagged.get("v1.0.0")!.releases.map(({ isDraft, isPrerelease, isOwn }) => ({ isDraft, isPrerelease, isOwn })))).toEqual(
      new Set([
        { isDraft: false, isPrerelease: true, isOwn: false },
        { isDraft: true, isPrerelease: false, isOwn: true },
      ]),
    );
    expect(tagged.get("v1.0.0")!.sha).toBe(world.head());
    expect(tagged.get("v1.0.0")!.checks.map(({ name }) => name)).toEqual(Array.from({ length: 60 }, (_, index) => `step ${59 - index}`));
    expect(tagged.get("v1.0.0")!.committedAt).toBe((await world.git.commit(world.head()))!.committer.at);
    expect(tagged.get("v9.0.0")).toEqual({ sha: null, committedAt: null, checks: [], releases: [] });
    expect(headChecks).toEqual(tagged.get("v1.0.0")!.checks);
  });

  it("tags: what a release says and which files hang on it, a draft's as well, however many", async () => {
    const { standIn, repository, bot } = world;
    await world.move("refs/tags/v1.0.0", world.head());
    const { createRelease, uploadReleaseAsset } = standIn.operations;
    const release = await createRelease(bot, repository, { tag: "v1.0.0", isDraft: false, body: "First." });
    const names = Array.from({ length: 130 }, (_, index) => `app-${String(index)}.tgz`);
    for (const name of names) await uploadReleaseAsset(bot, repository, release, { name, content: name });
    const draft = await createRelease(bot, repository, { tag: "v2.0.0", isDraft: true, body: "Second." });
    await uploadReleaseAsset(bot, repository, draft, { name: "notes.txt", content: "x" });
    const memory = openMemory();
    const look = () => world.hostedWith({ tags: ["v1.0.0", "v2.0.0"].map((name) => ({ name, at: null })) }, memory);
    const { tagged } = await look();
    expect(tagged.get("v1.0.0")!.releases).toMatchObject([{ body: "First.", assets: names }]);
    expect(tagged.get("v2.0.0")!.releases).toMatchObject([{ body: "Second.", assets: ["notes.txt"], isDraft: true }]);
    expect(await world.requestsOf(look)).toEqual(["graphql", "graphql"]);
    await standIn.operations.deleteRelease(bot, repository, release);
    await standIn.operations.deleteRelease(bot, repository, draft);
    expect([...(await look()).tagged.values()].map(({ releases }) => releases)).toEqual([[], []]);
  });

  it("its check runs with their addresses, whichever way they are read", async () => {
    const { standIn, repository, bot } = world;
    await standIn.operations.createCheckRun(bot, repository, world.head(), { name: "step", externalId: "step", detailsUrl: "https://ci.test/1" });
    const of = async () => (await world.look().first()).hosted.headChecks;
    const [byGraphql] = await of();
    for (let index = 0; index < 60; index += 1)
      await standIn.operations.createCheckRun(bot, repository, world.head(), { name: `step ${index}`, externalId: `${index}` });
    expect([byGraphql!.url, (await of()).at(-1)]).toEqual(["https://ci.test/1", byGraphql]);
  });

  it("what people may do, now", async () => {
    world.standIn.addUser("lee");
    world.repository.collaborators.set("lee", "triage");
    const { permissions } = await world.hostedWith({ logins: ["kim", "lee", "nobody-knows"] });
    expect(Object.fromEntries(permissions)).toEqual({ kim: "admin", lee: "triage", "nobody-knows": "none" });
  });

  it("files at other commits", async () => {
    const then = world.head();
    await world.push("fix: words", { "README.md": null, link: { mode: "120000", text: "x" }, 'odd"name': "odd" });
    const { filesAt } = await world.hostedWith({
      files: [
        ["README.md", then],
        ["README.md", world.head()],
        ["link", world.head()],
        ['odd"name', world.head()],
      ].map(([path, sha]) => ({ path: path!, sha: sha! })),
    });
    expect([...filesAt.values()]).toEqual([{ is: "text", text: "begin\n" }, { is: "missing" }, { is: "symlink" }, { is: "text", text: "odd" }]);
  });
});

describe("a commit", () => {
  it("names the pull request that brought it into this branch, with its labels and author", async () => {
    const { standIn, repository, kim } = world;
    const since = { name: "v1", sha: world.head() };
    await world.move("refs/tags/v1", since.sha);
    const pull = await world.openPull("feature", "feat: x", { b: "1" }, kim);
    const labels = Array.from({ length: 30 }, (_, index) => `label ${index}`);
    await standIn.operations.addLabels(kim, repository, pull, labels);
    await standIn.operations.mergePullRequest(kim, repository, pull, { method: "squash", sha: null, title: null, message: null });
    await world.openPull("open", "feat: y", { c: "1" }, kim);
    await world.push("fix: no pull request", { d: "1" });
    const { commits } = (await unreleasedSince([since])).ranges.get("app")!;
    expect(commits.map(({ pullRequest }) => pullRequest)).toEqual([null, { number: pull.number, title: "feat: x", labels, author: "kim" }]);
  });

  it("tells what it touched, as far as folders were to be told apart", async () => {
    const start = { "a/deep/one": "1", "a/two": "1", "b/three": "1", "run.sh": "1", was: "1" };
    await world.push("feat: begin", start);
    const since = { name: "v1", sha: world.head() };
    await world.move("refs/tags/v1", since.sha);
    await world.push("fix: runs", { "run.sh": { mode: "100755", text: "1" } });
    await world.push("fix: a file becomes a folder", { was: null, "was/file": "1" });
    await world.push("fix: folders", { "a/deep/one": "2", "a/two": "2", "b/three": null });
    const observer = world.look();
    const first = await observer.first();
    const pathsWith = async (...folders: readonly { readonly path: string; readonly isDeep: boolean }[]): Promise<readonly (readonly string[])[]> => {
      const { ranges } = await observer.answer(first, { ...NOTHING_WANTED, folders, ranges: [{ key: "app", newestFirst: [since] }] });
      return ranges.get("app")!.commits.map(({ paths }) => paths.toSorted((one, other) => (one < other ? -1 : 1)));
    };
    expect(await pathsWith({ path: ".", isDeep: false })).toEqual([["a/", "b/"], ["was", "was/"], ["run.sh"]]);
    expect(await pathsWith({ path: "a", isDeep: false })).toEqual([["a/deep/", "a/two", "b/"], ["was", "was/"], ["run.sh"]]);
    expect(await pathsWith({ path: ".", isDeep: true })).toEqual([["a/deep/one", "a/two", "b/three"], ["was", "was/file"], ["run.sh"]]);
    expect(await pathsWith()).toEqual([[], [], []]);
  });

  it("of this app is this app's", async () => {
    const since = { name: "v1", sha: world.head() };
    await world.move("refs/tags/v1", since.sha);
    await world.move(world.main, await world.ownCommit(world.head(), { VERSION: "1\n" }));
    const { commits } = (await unreleasedSince([since])).ranges.get("app")!;
    expect(commits.map(({ authorLogin }) => authorLogin)).toEqual(["release-steward[bot]"]);
  });
});

describe("a server that gives up on large questions", () => {
  it("is asked in smaller ones and tells the same", async () => {
    const { github, standIn, repository, kim } = world;
    const since = { name: "v1", sha: world.head() };
    await world.move("refs/tags/v1", since.sha);
    for (let index = 0; index < 30; index += 1) await world.push(`fix: ${index}`, { [`src/${index}`]: "" });
    const pull = await world.openPull("release", "Release", { VERSION: "1" });
    for (const body of ["/release one", "word", "/release two"]) await standIn.operations.comment(kim, repository, pull, body);
    const tired: typeof github.graphql = async (text, variables, options) => {
      if (Number(variables["page"] ?? 0) > 12) throw new TooMuchAtOnce("502");
      return github.graphql(text, variables, options);
    };
    const look = async (through: typeof github): Promise<Snapshot> => {
      const observer = world.look(openMemory(), through);
      const wanted = { ...NOTHING_WANTED, ranges: [{ key: "app", newestFirst: [since] }], folders: [{ path: "src", isDeep: false }] };
      return { ...(await observer.answer(await observer.first(), wanted)), takenAt: 0 };
    };
    expect(await look({ ...github, graphql: tired })).toEqual(await look(github));
  });
});

describe("what moves while it is looked at", () => {
  it("a head that moves between two requests: still the commits of the head that was seen", async () => {
    const since = { name: "v1", sha: world.head() };
    await world.move("refs/tags/v1", since.sha);
    await world.push("fix: seen", { a: "1" });
    const observer = world.look();
    const first = await observer.first();
    await world.push("fix: not yet", { b: "1" });
    const { ranges } = await observer.answer(first, {
      ...NOTHING_WANTED,
      ranges: [
        { key: "app", newestFirst: [since] },
        { key: "other", newestFirst: [] },
      ],
    });
    expect([...ranges.values()].map(({ commits }) => commits.map(({ message }) => message))).toEqual([["fix: seen"], ["fix: seen", "feat: begin"]]);
  });

  it("a tag that moves between two requests stops the look", async () => {
    await world.move("refs/tags/v1", world.head());
    await world.push("fix: x", { a: "1" });
    const observer = world.look();
    const first = await observer.first();
    const moved = first.tags.map(({ name, sha }) => ({ name, sha }));
    await world.move("refs/tags/v1", world.head());
    await expect(observer.answer(first, { ...NOTHING_WANTED, ranges: [{ key: "app", newestFirst: moved }] })).rejects.toThrow("v1 was moved or deleted");
  });

  it("a tag without any common history is passed over", async () => {
    const since = { name: "v1", sha: world.head() };
    await world.move("refs/tags/v1", since.sha);
    const orphan = { name: "v2", sha: await world.commit("feat: elsewhere", { x: "" }, []) };
    await world.move("refs/tags/v2", orphan.sha);
    await world.push("fix: x", { a: "1" });
    // In GraphQL GitHub has no word for it; in REST these.
    const rest: typeof world.github.rest = async (route, parameters, options) => {
      const answer = await world.github.rest(route, parameters, options);
      return route.includes("/compare/") ? { ...answer, data: { message: `No common ancestor between ${orphan.sha} and ${world.head()}.` } } : answer;
    };
    const observer = world.look(openMemory(), { ...world.github, rest });
    const snapshot = await observer.answer(await observer.first(), { ...NOTHING_WANTED, ranges: [{ key: "app", newestFirst: [orphan, since] }] });
    const { since: found, commits } = snapshot.ranges.get("app")!;
    expect([found, commits.length]).toEqual([since, 1]);
    await expect(unreleasedSince([orphan, since])).rejects.toThrow("GitHub does not compare v2");
  });
});
