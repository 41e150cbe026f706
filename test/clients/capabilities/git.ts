// Who asks, and what git holds: objects, references, files.
import { acme, branchWith, encoded, refusal, row, type Row, textKept } from "./row.ts";

export const gitRows: readonly Row[] = [
  row("an app reads itself", "steward", async ({ app }) => (await app.rest.apps.getAuthenticated()).data?.slug),
  row("an app lists its installations", ["acme"], async ({ app }) =>
    (await app.rest.apps.listInstallations()).data.map(({ account }) => (account !== null && "login" in account ? account.login : null)),
  ),
  row("an installation reads its repository", "acme/app", async ({ bot }) => (await bot.rest.repos.get(acme)).data.full_name),
  row("an installation lists its repositories", 1, async ({ bot }) => (await bot.rest.apps.listReposAccessibleToInstallation()).data.total_count),
  row("an app reads where its webhooks go", "http://steward.test/", async ({ app }) => (await app.rest.apps.getWebhookConfigForApp()).data.url),
  row("an app lists deliveries of its webhooks", true, async ({ app, kept }) => {
    const { data } = await app.rest.apps.listWebhookDeliveries();
    kept.set("delivery", data[0]?.id ?? 0);
    return data.length > 0;
  }),
  row(
    "an app asks for a delivery once more",
    202,
    async (on) => (await on.app.rest.apps.redeliverWebhookDelivery({ delivery_id: Number(on.kept.get("delivery")) })).status,
  ),
  row("commits are listed", ["chore: begin"], async ({ bot, kept }) => {
    const { data } = await bot.rest.repos.listCommits(acme);
    kept.set("first", data[0]?.sha ?? "");
    return data.map(({ commit }) => commit.message);
  }),
  row("a blob has git's own id", "ce013625030ba8dba906f756967f9e9ca394464a", async ({ bot, kept }) => {
    const { sha } = (await bot.rest.git.createBlob({ ...acme, content: "hello\n" })).data;
    kept.set("blob", sha);
    return sha;
  }),
  row("a tree is made on top of a commit's", 201, async (on) => {
    const tree = [{ path: "src/a.txt", mode: "100644", type: "blob", sha: textKept(on, "blob") }] as const;
    const answer = await on.bot.rest.git.createTree({ ...acme, base_tree: textKept(on, "first"), tree: [...tree] });
    on.kept.set("tree", answer.data.sha);
    return answer.status;
  }),
  row("a commit of the app is signed", { author: "steward[bot]", verified: true }, async (on) => {
    const { data } = await on.bot.rest.git.createCommit({ ...acme, message: "feat: a", tree: textKept(on, "tree"), parents: [textKept(on, "first")] });
    on.kept.set("commit", data.sha);
    return { author: data.author.name, verified: data.verification.verified };
  }),
  row("a branch is made", 201, async (on) => (await on.bot.rest.git.createRef({ ...acme, ref: "refs/heads/feat", sha: textKept(on, "commit") })).status),
  row("a branch is moved forwards", 200, async (on) => (await on.bot.rest.git.updateRef({ ...acme, ref: "heads/main", sha: textKept(on, "commit") })).status),
  row("a branch is not moved aside without force", 422, async (on) => {
    const { sha } = (await on.bot.rest.git.createCommit({ ...acme, message: "aside", tree: textKept(on, "tree"), parents: [] })).data;
    on.kept.set("aside", sha);
    return refusal(on.bot.rest.git.updateRef({ ...acme, ref: "heads/feat", sha }));
  }),
  row(
    "a branch is moved aside by force",
    200,
    async (on) => (await on.bot.rest.git.updateRef({ ...acme, ref: "heads/feat", sha: textKept(on, "aside"), force: true })).status,
  ),
  row("a branch is deleted", 204, async ({ bot }) => (await bot.rest.git.deleteRef({ ...acme, ref: "heads/feat" })).status),
  row("a whole tree is read", ["README.md", "src", "src/a.txt"], async ({ bot }) =>
    (await bot.rest.git.getTree({ ...acme, tree_sha: "main", recursive: "1" })).data.tree.map(({ path }) => path),
  ),
  row("two commits are compared", { status: "ahead", files: ["src/a.txt"] }, async (on) => {
    const { data } = await on.bot.rest.repos.compareCommitsWithBasehead({ ...acme, basehead: `${textKept(on, "first")}...main` });
    return { status: data.status, files: data.files?.map(({ filename }) => filename) };
  }),
  row("a commit tells its files and their size", { files: 1, total: 1 }, async ({ bot }) => {
    const { files, stats } = (await bot.rest.repos.getCommit({ ...acme, ref: "main" })).data;
    return { files: files?.length, total: stats?.total };
  }),
  row("a file is read", "hello\n", async ({ bot }) => {
    const { data } = await bot.rest.repos.getContent({ ...acme, path: "src/a.txt" });
    return "content" in data ? Buffer.from(data.content, "base64").toString() : data;
  }),
  row("a folder is read", 1, async ({ bot }) => {
    const { data } = await bot.rest.repos.getContent({ ...acme, path: "src" });
    return Array.isArray(data) ? data.length : data;
  }),
  row("a file is read raw", "hello\n", async ({ bot }) => {
    const { data } = await bot.request("GET /repos/{owner}/{repo}/contents/{path}", { ...acme, path: "src/a.txt", mediaType: { format: "raw" } });
    return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data;
  }),
  row(
    "a file is written by one request",
    201,
    async ({ bot }) =>
      (await bot.rest.repos.createOrUpdateFileContents({ ...acme, path: "CHANGELOG.md", message: "docs: log", content: encoded("# Log\n"), branch: "main" }))
        .status,
  ),
  row("commits of a path are listed", ["feat: a"], async ({ bot }) =>
    (await bot.rest.repos.listCommits({ ...acme, path: "src" })).data.map(({ commit }) => commit.message),
  ),
  row("a branch is read", "docs: log", async ({ bot }) => (await bot.rest.repos.getBranch({ ...acme, branch: "main" })).data.commit.commit.message),
  row("a branch takes another in without a pull request", 201, async (on) => {
    await branchWith(on, "side", "side.txt", "x\n");
    return (await on.bot.rest.repos.merge({ ...acme, base: "main", head: "side" })).status;
  }),
];
