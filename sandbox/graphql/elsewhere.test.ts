// Another repository of the same installation, and one that its token is not for.
import { expect, it } from "@jest/globals";
import { inScene, type Client, type Scene } from "../fixture.ts";

const FILE = "version: 1.0.0\n";

// JSON of whichever shape: what a test reads of it, it asserts.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;
type Asked = { readonly data: Json; readonly errors: readonly { readonly type: string; readonly path: readonly string[] }[] | undefined };
type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Asked>;

const withCharts = (use: (scene: Scene & { readonly ask: Ask; readonly asking: (body?: object) => Promise<Ask> }) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    const { standIn, asApp, installation, kim } = scene;
    await standIn.addRepository("acme", "charts", { isPrivate: true, collaborators: { kim: "admin" } });
    const blob = await kim("POST", "/repos/acme/charts/git/blobs", { content: FILE });
    const tree = await kim("POST", "/repos/acme/charts/git/trees", { tree: [{ path: "app/Chart.yaml", mode: "100644", type: "blob", sha: blob.body.sha }] });
    const commit = await kim("POST", "/repos/acme/charts/git/commits", { message: "feat: chart", tree: tree.body.sha, parents: [] });
    await kim("POST", "/repos/acme/charts/git/refs", { ref: "refs/heads/main", sha: commit.body.sha });
    const asking = async (body?: object): Promise<Ask> => {
      const { body: made } = await asApp("POST", `/app/installations/${installation.id}/access_tokens`, body);
      return async (query, variables) => {
        const headers = { authorization: `token ${made.token}`, "content-type": "application/json" };
        const request = new Request("http://any.test/api/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
        const answer = (await (await standIn.handle(request)).json()) as Partial<Asked>;
        return { data: answer.data ?? null, errors: answer.errors };
      };
    };
    await use({ ...scene, asking, ask: await asking() });
  });

const only = async (asked: Promise<Asked>): Promise<Json> => {
  const { data, errors } = await asked;
  expect(errors).toBeUndefined();
  return data ?? {};
};

const LOOK = `{ repository(owner: "acme", name: "charts") { id databaseId url defaultBranchRef { name target { oid } }
  file: object(expression: "main:app/Chart.yaml") { ... on Blob { text byteSize isBinary isTruncated } }
  none: object(expression: "main:nothing") { ... on Blob { text } }
  branch: ref(qualifiedName: "refs/heads/bump") { target { oid } } } }`;

it("is read, changed on a branch, proposed as a draft, made ready, labelled and closed", () =>
  withCharts(async ({ ask, standIn, kim }) => {
    const { repository } = await only(ask(LOOK));
    expect(repository).toMatchObject({ file: { text: FILE, byteSize: 15, isBinary: false, isTruncated: false }, none: null, branch: null });
    const { id: repositoryId, defaultBranchRef } = repository;
    const { oid } = defaultBranchRef.target;
    await only(ask(`mutation { createRef(input: { repositoryId: "${repositoryId}", name: "refs/heads/bump", oid: "${oid}" }) { ref { name } } }`));
    const input = {
      branch: { repositoryNameWithOwner: "acme/charts", branchName: "bump" },
      expectedHeadOid: oid,
      message: { headline: "feat: app 1.1.0" },
      fileChanges: { additions: [{ path: "app/Chart.yaml", contents: Buffer.from("version: 1.1.0\n").toString("base64") }] },
    };
    const committed = await only(ask(`mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`, { input }));
    const pull = `repositoryId: "${repositoryId}", headRefName: "bump", baseRefName: "main", title: "app 1.1.0", body: "x", draft: true`;
    const { createPullRequest } = await only(ask(`mutation { createPullRequest(input: { ${pull} }) { pullRequest { id isDraft } } }`));
    const { id } = createPullRequest.pullRequest;
    const label = await kim("POST", "/repos/acme/charts/labels", { name: "bump" });
    await only(
      ask(`mutation {
        updatePullRequest(input: { pullRequestId: "${id}", title: "app 1.1.0 and more" }) { pullRequest { title } }
        markPullRequestReadyForReview(input: { pullRequestId: "${id}" }) { pullRequest { isDraft } }
        addLabelsToLabelable(input: { labelableId: "${id}", labelIds: ["${label.body.node_id}"] }) { labelable { __typename } } }`),
    );
    const listed = `pullRequests(headRefName: "bump", states: [OPEN, CLOSED, MERGED], first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { title state isDraft headRefOid author { login } labels(first: 5) { nodes { name } } files(first: 5) { nodes { path } } } }`;
    const look = async () => (await only(ask(`{ repository(owner: "acme", name: "charts") { ${listed} } }`)))["repository"].pullRequests.nodes;
    expect(await look()).toEqual([
      {
        title: "app 1.1.0 and more",
        state: "OPEN",
        isDraft: false,
        headRefOid: committed["createCommitOnBranch"].commit.oid,
        author: { login: "steward" },
        labels: { nodes: [{ name: "bump" }] },
        files: { nodes: [{ path: "app/Chart.yaml" }] },
      },
    ]);
    const update = {
      repositoryId,
      refUpdates: [{ name: "refs/heads/bump", beforeOid: committed["createCommitOnBranch"].commit.oid, afterOid: oid, force: true }],
    };
    await only(ask(`mutation { closePullRequest(input: { pullRequestId: "${id}" }) { pullRequest { state } } }`));
    await only(ask(`mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`, { input: update }));
    expect(await look()).toMatchObject([{ state: "CLOSED" }]);
    expect(standIn.world.repositories.get("acme/charts")!.git.refs().get("refs/heads/bump")).toBe(oid);
  }));

it("does not exist for a token that is for others, nor for an installation that is", () =>
  withCharts(async ({ asking, standIn, app, asApp, installation, heard }) => {
    const missing = { data: { repository: null }, errors: [expect.objectContaining({ type: "NOT_FOUND", path: ["repository"] })] };
    expect(await (await asking({ repositories: ["app"] }))(LOOK)).toEqual(missing);
    const refused = await asApp("POST", `/app/installations/${installation.id}/access_tokens`, { repositories: ["app", "ghost"] });
    expect(refused.status).toBe(422);
    standIn.world.installations.delete(installation.id);
    const selected = standIn.install(app, "acme", { only: ["app"] });
    const { body } = await asApp("POST", `/app/installations/${selected.id}/access_tokens`);
    const bot: Client = async (method, path) => {
      const response = await standIn.handle(new Request(`http://any.test/api/v3${path}`, { method, headers: { authorization: `token ${body.token}` } }));
      return { status: response.status, body: await response.json(), headers: response.headers };
    };
    expect((await bot("GET", "/repos/acme/charts")).status).toBe(404);
    expect((await bot("GET", "/installation/repositories")).body).toMatchObject({
      total_count: 1,
      repository_selection: "selected",
      repositories: [{ name: "app" }],
    });
    await heard();
    const charts = standIn.world.repositories.get("acme/charts")!;
    await standIn.operations.openIssue(standIn.actorFor("kim"), charts, { title: "x", body: null, labels: [], milestone: null });
    expect(await heard()).toEqual([]);
  }));
