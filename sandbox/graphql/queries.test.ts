import { expect, it } from "@jest/globals";
import { inWorld, type Stage } from "./fixture.ts";

const ofRepository = (fields: string): string => `{ repository(owner: "ada", name: "orbit") { ${fields} } }`;
const typesOf = (answer: Awaited<ReturnType<Stage["ask"]>>): unknown => answer.errors?.map(({ type }) => type);

it("reads files, trees, commits and tags by expression and by object id", () =>
  inWorld(async ({ ask, git, commit, operations, owner, repository }) => {
    const sha = await commit("main", { "docs/guide.md": "read me\n", "logo.png": "\0\0" }, "docs: guide\n\nLonger.\n");
    const tag = await git.writeTag({
      tag: "v1.0.0",
      target: sha,
      targetType: "commit",
      tagger: { name: "Ada", email: "ada@example.com", at: 1_767_225_600_000 },
      message: "one\n",
    });
    await operations.updateRefs(owner, repository, [{ name: "refs/tags/v1.0.0", after: tag, force: false }]);
    const { data } = await ask(
      ofRepository(`
        guide: object(expression: "main:docs/guide.md") { ... on Blob { text byteSize isBinary isTruncated } }
        logo: object(expression: "HEAD:logo.png") { ... on Blob { text isBinary } }
        docs: object(expression: "v1.0.0:docs") { ... on Tree { entries { name path type mode size object { __typename } } } }
        missing: object(expression: "main:nowhere.md") { oid }
        tag: ref(qualifiedName: "refs/tags/v1.0.0") { name prefix target { ... on Tag { name message tagger { date } target { oid } } } }
        branch: ref(qualifiedName: "main") { target { ... on Commit {
          message messageHeadline messageBody author { name user { login } } parents(first: 5) { totalCount } file(path: "docs/guide.md") { name mode } changedFiles
        } } }
        byId: object(oid: "${sha}") { abbreviatedOid }`),
    );
    expect(data.repository).toEqual({
      guide: { text: "read me\n", byteSize: 8, isBinary: false, isTruncated: false },
      logo: { text: null, isBinary: true },
      docs: { entries: [{ name: "guide.md", path: "docs/guide.md", type: "blob", mode: 33_188, size: 8, object: { __typename: "Blob" } }] },
      missing: null,
      tag: {
        name: "v1.0.0",
        prefix: "refs/tags/",
        target: { name: "v1.0.0", message: "one\n", tagger: { date: "2026-01-01T00:00:00Z" }, target: { oid: sha } },
      },
      branch: {
        target: {
          message: "docs: guide\n\nLonger.",
          messageHeadline: "docs: guide",
          messageBody: "Longer.",
          author: { name: "Ada Lovelace", user: { login: "ada" } },
          parents: { totalCount: 1 },
          file: { name: "guide.md", mode: 33_188 },
          changedFiles: 2,
        },
      },
      byId: { abbreviatedOid: sha.slice(0, 7) },
    });
  }));

it("pages through history, forwards and backwards, without losing or repeating a commit", () =>
  inWorld(async ({ ask, commit }) => {
    for (const letter of "abcdef") await commit("main", { [`${letter}.txt`]: letter }, `${letter}\n`);
    const page = async (
      bounds: string,
    ): Promise<{ names: string; info: { endCursor: string; startCursor: string; hasNextPage: boolean; hasPreviousPage: boolean }; total: number }> => {
      const { data } = await ask(
        ofRepository(
          `object(expression: "main") { ... on Commit { history(${bounds}) { totalCount nodes { messageHeadline } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
        ),
      );
      const { nodes, pageInfo, totalCount } = data.repository.object.history;
      return { names: nodes.map(({ messageHeadline }: { messageHeadline: string }) => messageHeadline).join(" "), info: pageInfo, total: totalCount };
    };
    const first = await page("first: 3");
    expect(first).toMatchObject({ names: "f e d", total: 7, info: { hasNextPage: true, hasPreviousPage: false } });
    const second = await page(`first: 3, after: "${first.info.endCursor}"`);
    expect(second).toMatchObject({ names: "c b a", info: { hasNextPage: true, hasPreviousPage: true } });
    const third = await page(`first: 3, after: "${second.info.endCursor}"`);
    expect(third).toMatchObject({ names: "first", info: { hasNextPage: false } });
    expect((await page(`last: 2, before: "${second.info.startCursor}"`)).names).toBe("e d");
    expect(await page(`first: 10, path: "b.txt"`)).toMatchObject({ names: "b", total: 1 });
  }));

it("lists refs by name and by the date of their commit, each below the prefix asked for", () =>
  inWorld(async ({ ask, commit, operations, owner, repository }) => {
    const older = await commit("main", { a: "1" });
    const newer = await commit("main", { a: "2" });
    await operations.updateRefs(owner, repository, [
      { name: "refs/tags/z1", after: older, force: false },
      { name: "refs/tags/a2", after: newer, force: false },
      { name: "refs/heads/release/one", after: newer, force: false },
    ]);
    const { data } = await ask(
      ofRepository(`
        byDate: refs(refPrefix: "refs/tags/", first: 5, orderBy: { field: TAG_COMMIT_DATE, direction: ASC }) { nodes { name } }
        byName: refs(refPrefix: "refs/tags/", first: 5) { nodes { name } }
        queried: refs(refPrefix: "refs/tags/", first: 5, query: "z") { totalCount }
        releases: refs(refPrefix: "refs/heads/release/", first: 5) { nodes { prefix name } }`),
    );
    expect(data.repository).toEqual({
      byDate: { nodes: [{ name: "z1" }, { name: "a2" }] },
      byName: { nodes: [{ name: "a2" }, { name: "z1" }] },
      queried: { totalCount: 1 },
      releases: { nodes: [{ prefix: "refs/heads/release/", name: "one" }] },
    });
  }));

it("compares by ancestry, through merges, oldest commit first", () =>
  inWorld(async ({ ask, commit, operations, owner, repository, pull }) => {
    const start = await commit("main", { a: "1" }, "start\n");
    await operations.updateRefs(owner, repository, [{ name: "refs/tags/v1", after: start, force: false }]);
    const issue = await pull("topic", [{ b: "1" }, { b: "2" }]);
    await commit("main", { a: "2" }, "meanwhile\n");
    const behind = `ref(qualifiedName: "topic") { compare(headRef: "main") { status aheadBy behindBy } }`;
    expect((await ask(ofRepository(behind))).data.repository.ref.compare).toEqual({ status: "DIVERGED", aheadBy: 1, behindBy: 2 });
    await operations.mergePullRequest(owner, repository, issue, { method: "merge", sha: null, title: "merged", message: "" });
    const { data } = await ask(
      ofRepository(`
        ref(qualifiedName: "v1") {
          since: compare(headRef: "main") { status aheadBy behindBy headTarget { oid } commits(first: 10) { totalCount nodes { messageHeadline } } }
          same: compare(headRef: "v1") { status }
          none: compare(headRef: "nowhere") { status }
        }
        main: ref(qualifiedName: "main") { compare(headRef: "refs/tags/v1") { status behindBy } }`),
    );
    const { since, same, none } = data.repository.ref;
    expect(since).toMatchObject({ status: "AHEAD", aheadBy: 4, behindBy: 0, commits: { totalCount: 4 } });
    const names: string[] = since.commits.nodes.map(({ messageHeadline }: { messageHeadline: string }) => messageHeadline);
    expect(names.toSorted()).toEqual(["meanwhile", "merged", "topic 1", "topic 2"]);
    expect(names.indexOf("topic 1")).toBeLessThan(names.indexOf("topic 2"));
    expect(names.at(-1)).toBe("merged");
    expect([same, none]).toEqual([{ status: "IDENTICAL" }, null]);
    expect(data.repository.main.compare).toEqual({ status: "BEHIND", behindBy: 4 });
  }));

it("says aloud which fields it does not know, and answers the others", () =>
  inWorld(async ({ ask, world }) => {
    const { data, errors } = await ask(ofRepository("name forkingAllowed diskUsage"));
    // The type of forkingAllowed is not null, so its error takes the repository with it.
    expect(data).toEqual({ repository: null });
    expect(errors?.map(({ message }) => message)).toContain("the stand-in does not know Repository.forkingAllowed");
    const nullable = await ask(ofRepository("name diskUsage"));
    expect(nullable.data).toEqual({ repository: { name: "orbit", diskUsage: null } });
    expect(nullable.errors).toMatchObject([{ message: "the stand-in does not know Repository.diskUsage", path: ["repository", "diskUsage"] }]);
    expect(world.unknownFields).toContain("Repository.diskUsage");
  }));

it("refuses a connection without bounds, one that is too long, and a query that could return too much", () =>
  inWorld(async ({ ask }) => {
    const unbounded = await ask(ofRepository("labels { nodes { name } }"));
    expect(unbounded.errors).toMatchObject([
      {
        type: "MISSING_PAGINATION_BOUNDARIES",
        path: ["repository", "labels"],
        message: "You must provide a `first` or `last` value to properly paginate the `labels` connection.",
      },
    ]);
    expect(typesOf(await ask(ofRepository("labels(last: 101) { totalCount }")))).toEqual(["EXCESSIVE_PAGINATION"]);
    expect(typesOf(await ask(ofRepository('labels(first: 1, after: "nonsense") { totalCount }')))).toEqual(["INVALID_CURSOR_ARGUMENTS"]);
    const deep = `query ($n: Int = 100) { repository(owner: "ada", name: "orbit") { pullRequests(first: 100) { nodes { ...deep } } } }
      fragment deep on PullRequest { comments(first: $n) { nodes { reactions(first: 100) { totalCount } } } }`;
    expect(await ask(deep)).toEqual({
      errors: [{ type: "MAX_NODE_LIMIT_EXCEEDED", message: "This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000." }],
    });
    expect((await ask(deep, { n: 10 })).errors).toBeUndefined();
    const limit = await ask(`{ rateLimit { cost nodeCount remaining } ${ofRepository('refs(refPrefix: "refs/heads/", first: 7) { totalCount }').slice(1)}`);
    expect(limit.data.rateLimit).toMatchObject({ cost: 1, nodeCount: 7 });
  }));

it("answers a document that GitHub's schema does not allow with errors and no data", () =>
  inWorld(async ({ ask }) => {
    const answer = await ask(ofRepository("nonsense"));
    expect(answer).not.toHaveProperty("data");
    expect(answer.errors?.[0]?.message).toContain('Cannot query field "nonsense" on type "Repository"');
    expect((await ask("{ repository(")).errors?.[0]?.message).toContain("Syntax Error");
  }));

it("hides a private repository from strangers and a draft release from readers", () =>
  inWorld(async ({ ask, stranger, install, repository, operations, owner }) => {
    await operations.createRelease(owner, repository, { tag: "v2", target: "main", isDraft: true });
    const releases = ofRepository('id releases(first: 5) { nodes { tagName isDraft tag { name } } } release(tagName: "v2") { id }');
    const { data } = await ask(releases);
    expect(data.repository).toMatchObject({ releases: { nodes: [{ tagName: "v2", isDraft: true, tag: null }] }, release: null });
    expect((await ask(releases, {}, stranger)).data.repository.releases.nodes).toEqual([]);
    repository.isPrivate = true;
    const hidden = await ask(releases, {}, stranger);
    expect(hidden).toMatchObject({
      data: { repository: null },
      errors: [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve to a Repository with the name 'ada/orbit'." }],
    });
    expect(typesOf(await ask("query ($id: ID!) { node(id: $id) { id } }", { id: data.repository.id }, stranger))).toEqual(["NOT_FOUND"]);
    expect((await ask(ofRepository("name"), {}, install("steward", { metadata: "read" }))).data).toEqual({ repository: { name: "orbit" } });
  }));

it("refuses an installation the fields it has no permission for", () =>
  inWorld(async ({ ask, install, pull }) => {
    await pull("topic", [{ a: "1" }]);
    const bot = install("reader", { contents: "read" });
    const query = ofRepository(`
      pullRequests(first: 1) { totalCount }
      object(expression: "main") { ... on Commit { oid checkSuites(first: 1) { totalCount } } }`);
    const { data, errors } = await ask(query, {}, bot);
    expect(data).toEqual({ repository: null });
    expect(errors).toMatchObject([{ type: "FORBIDDEN", message: "Resource not accessible by integration", path: ["repository", "pullRequests"] }]);
    const checks = await ask(ofRepository(`object(expression: "main") { ... on Commit { checkSuites(first: 1) { totalCount } } }`), {}, bot);
    expect(checks).toMatchObject({ data: { repository: { object: { checkSuites: null } } }, errors: [{ type: "FORBIDDEN" }] });
    expect((await ask(query, {}, install("writer", { contents: "read", checks: "write", pull_requests: "read" }))).errors).toBeUndefined();
  }));

it("calls a bot by its name without the suffix, except as the viewer", () =>
  inWorld(async ({ ask, install, operations, repository }) => {
    const bot = install("steward", { issues: "write", metadata: "read" });
    await operations.openIssue(bot, repository, { title: "hello", body: null, labels: [], milestone: null });
    const { data } = await ask(`{ viewer { login } ${ofRepository("issue(number: 1) { author { __typename login url } viewerDidAuthor }").slice(1)}`, {}, bot);
    expect(data).toEqual({
      viewer: { login: "steward[bot]" },
      repository: { issue: { author: { __typename: "Bot", login: "steward", url: "http://stand-in.test/apps/steward" }, viewerDidAuthor: true } },
    });
  }));
