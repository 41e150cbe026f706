import { describe, expect, it } from "@jest/globals";
import { commitFiles } from "../git/fixture.ts";
import { inScene, ORIGIN, words } from "./fixture.ts";
import { pageHandler } from "./index.ts";

const HOSTILE = "\"><script>alert(1)</script><b x='";

describe("the pages of a repository", () => {
  it("shows the open release pull request, what to try, the latest release, tags and commits", async () => {
    await inScene(async ({ open, pull, standIn, repository, as }) => {
      await pull("Release cavern 0.9.0", "notes");
      await standIn.operations.createRelease(as("kim"), repository, {
        tag: "cavern-0.8.0",
        target: "main",
        name: "cavern 0.8.0",
        body: "First.",
        isDraft: false,
      });
      const guide = [{ title: "Make a change", lines: ["Clone it:", "$ git clone x", "$ cd x", "See #1."], done: () => true }];
      const page = await open("/kim/cavern", { guide });
      expect(words(page)).toContain("A stand-in for GitHub");
      expect(page).toContain('<a href="/kim/cavern/pull/1">Release cavern 0.9.0</a>');
      expect(words(page)).toContain("One thing to try 1. Make a change ✓ done Clone it: git clone x cd x Copy See #1");
      expect(page).toContain('data-copy="git clone x\ncd x"');
      expect(words(page)).not.toContain("Clone git clone");
      expect(words(await open("/kim/cavern"))).toContain(`Clone git clone ${standIn.world.url}/kim/cavern.git`);
      expect(words(page)).toContain("cavern 0.8.0 Latest");
      expect(page).toContain('<a class="grow" href="/kim/cavern/tree/cavern-0.8.0">cavern-0.8.0</a>');
      expect(words(page)).toContain("feat: start");
    });
  });

  it("tells a pull request's story in order and how its checks stand", async () => {
    await inScene(async ({ open, pull, standIn: { operations }, repository, as, bot }) => {
      const release = await pull("Release cavern 0.9.0", "first text");
      await operations.editIssue(bot, repository, release, { body: "second text" });
      await operations.comment(as("sam"), repository, release, "is it **ready**?");
      await operations.review(as("lee"), repository, release, { state: "APPROVED", body: "yes" });
      await operations.editIssue(as("kim"), repository, release, { state: "closed" });
      await operations.editIssue(as("kim"), repository, release, { state: "open" });
      await operations.createCheckRun(bot, repository, release.pull!.headSha, {
        name: "Release Steward",
        status: "completed",
        conclusion: "action_required",
        output: { title: "waits for blockers", summary: "| gate |\n|---|\n| ci |", text: null, annotations: [] },
      });
      const page = await open("/kim/cavern/pull/1");
      const text = words(page);
      const story = [
        "edited once",
        "first text",
        "second text",
        "chore: release 0.9.0",
        "sam commented",
        "is it ready ?",
        "lee ✓ approved",
        "kim ✗ closed this",
        "kim reopened this",
        "✗ action required Release Steward waits for blockers",
      ];
      const places = story.map((part) => text.indexOf(part));
      expect(story.filter((_, index) => places[index] === -1)).toEqual([]);
      expect(places.toSorted((one, other) => one - other)).toEqual(places);
      expect(page).toContain("<td>ci</td>");
      expect(words(await open("/kim/cavern/pull/1/files"))).toMatch(/charts\/cavern\/Chart\.yaml.*1 - version: 0\.8\.0 1 \+ version: 0\.9\.0/u);
    });
  });

  it("shows hostile text as text, on every page that has it", async () => {
    await inScene(async ({ open, pull, issue, standIn, repository, as, app, bot }) => {
      const { operations, world } = standIn;
      const release = await pull(HOSTILE, HOSTILE);
      const bug = await issue(HOSTILE, HOSTILE);
      await operations.addLabels(as("kim"), repository, bug, [HOSTILE.slice(0, 40)]);
      await operations.comment(as("kim"), repository, release, HOSTILE);
      await operations.createCheckRun(bot, repository, release.pull!.headSha, {
        name: HOSTILE,
        detailsUrl: "javascript:alert(1)",
        output: {
          title: HOSTILE,
          summary: HOSTILE,
          text: HOSTILE,
          annotations: [{ path: HOSTILE, startLine: 1, endLine: 1, startColumn: null, endColumn: null, level: "failure", message: HOSTILE, title: HOSTILE }],
        },
      });
      const milestone = await operations.createMilestone(as("kim"), repository, { title: HOSTILE, description: HOSTILE });
      await operations.editIssue(as("kim"), repository, bug, { milestone });
      await operations.editLabel(as("kim"), repository, bug.labels[0]!, { description: HOSTILE });
      await operations.requireChecks(as("kim"), repository, { branch: "main", by: "ruleset", checks: [{ name: HOSTILE, appId: null }] });
      await operations.createRelease(as("kim"), repository, { tag: "1.0.0", target: "main", name: HOSTILE, body: HOSTILE });
      const main = repository.git.refs().get("refs/heads/main")!;
      const named = await commitFiles(repository.git, [main], { [`a${HOSTILE.replaceAll("/", "")}.md`]: HOSTILE }, `${HOSTILE}\n\n${HOSTILE}\n`);
      await repository.git.updateRefs([{ name: "refs/heads/main", before: main, after: named }]);
      world.deliveries.push({
        id: 1,
        guid: HOSTILE,
        app,
        event: HOSTILE,
        action: HOSTILE,
        repository,
        installation: null,
        body: JSON.stringify({ a: HOSTILE }),
        at: 0,
        isRedelivery: false,
        status: 200,
        tookMs: 1,
      });
      world.unknownRoutes.push(`GET /${HOSTILE}`);
      world.requests.push({ id: 1, at: 0, actor: HOSTILE, method: "GET", url: `/${HOSTILE}`, graphql: null, isWrite: true, status: 200, tookMs: 1 });
      const paths = [
        "",
        "/pulls",
        "/pull/1",
        "/issues",
        "/issues/2",
        "/labels",
        `/labels/${encodeURIComponent(HOSTILE.slice(0, 40))}`,
        "/milestones",
        "/milestone/1",
        "/tags",
        "/releases",
        "/releases/tag/1.0.0",
        `/compare/${main}...main`,
        "/commits/main",
        `/commit/${named}`,
        "/tree/main",
        "/deliveries",
        "/requests",
        `/requests?actor=${encodeURIComponent(HOSTILE)}`,
      ];
      for (const path of paths) {
        const page = await open(`/kim/cavern${path}`);
        expect([path, page]).toEqual([path, expect.not.stringMatching(/<script>|javascript:|<b x=/u)]);
      }
      expect(words(await open("/kim/cavern/pull/1"))).toContain("&quot;&gt;&lt;script&gt;alert(1)");
    });
  });

  it("finds files of branches whose names hold slashes", async () => {
    await inScene(async ({ open, pull }) => {
      await pull("Release", "text");
      expect(words(await open("/kim/cavern/blob/release/cavern/charts/cavern/Chart.yaml"))).toContain("1 version: 0.9.0");
      expect(words(await open("/kim/cavern/tree/main"))).toContain("charts/ folder");
      expect(words(await open("/kim/cavern/commits/release/cavern"))).toContain("chore: release 0.9.0");
    });
  });

  it("shows one release by its tag, and what lies between two revisions", async () => {
    await inScene(async ({ open, pull, standIn: { operations }, repository, as }) => {
      await pull("Release", "text");
      for (const tag of ["cavern-0.8.0", "cavern-0.9.0"])
        await operations.createRelease(as("kim"), repository, { tag, target: "main", name: tag, body: `Notes of ${tag}.`, isDraft: false });
      const one = words(await open("/kim/cavern/releases/tag/cavern-0.8.0"));
      expect(one).toContain("Notes of cavern-0.8.0.");
      expect(one).not.toContain("cavern-0.9.0");
      expect(words(await open("/kim/cavern/releases/tag/cavern-7"))).toContain("Not found");
      const between = words(await open("/kim/cavern/compare/cavern-0.8.0...release/cavern"));
      expect(between).toMatch(/From cavern-0\.8\.0 to release\/cavern chore: release 0\.9\.0 .* 1 - version: 0\.8\.0 1 \+ version: 0\.9\.0/u);
      expect(words(await open("/kim/cavern/compare/nothing...main"))).toContain("Not found");
    });
  });

  it("counts requests, marks writes, and says what the hourly limit would leave", async () => {
    await inScene(async ({ open, standIn: { world } }) => {
      const request = {
        at: world.now(),
        actor: "release-steward[bot]",
        method: "GET",
        url: "/api/v3/x",
        graphql: null,
        isWrite: false,
        status: 200,
        tookMs: 4,
      };
      world.requests.push(
        { id: 1, ...request },
        { id: 2, ...request, status: 304 },
        { id: 3, ...request, at: world.now() - 120_000, method: "POST", url: "/api/graphql", graphql: "updateRefs", isWrite: true },
      );
      const text = words(await open("/kim/cavern/requests"));
      expect(text).toContain("release-steward[bot] 3 1 2 4998");
      expect(text).toContain("200 POST GraphQL updateRefs write");
    });
  });

  it("lists what clients asked for and the stand-in has not, and how often", async () => {
    await inScene(async ({ open, standIn: { world } }) => {
      expect(words(await open("/kim/cavern/requests"))).not.toContain("not here");
      world.unknownRoutes.push("GET /repos/kim/cavern/pages", `GET /${HOSTILE}`);
      world.unknownFields.push("Repository.diskUsage", "Repository.diskUsage");
      expect(words(await open("/kim/cavern/requests"))).toContain("Repository.diskUsage 2");
    });
  });

  it("shows a private repository only to who may see it", async () => {
    await inScene(async ({ ask, repository }) => {
      repository.isPrivate = true;
      repository.collaborators.delete("sam");
      const seenBy = async (login: string): Promise<number> => {
        const request = new Request(`${ORIGIN}/kim/cavern`, { headers: { cookie: `acting-as=${login}` } });
        return (await ask(request)).status;
      };
      expect([await seenBy("kim"), await seenBy("lee"), await seenBy("sam")]).toEqual([200, 200, 404]);
    });
  });

  it.each(["/api/v3/repos/kim/cavern", "/api/graphql", "/kim/cavern.git/info/refs", "/kim/cavern/info/refs", "/login/oauth/authorize"])(
    "leaves %s to others",
    async (path) => {
      await inScene(async ({ standIn }) => {
        const request = new Request(ORIGIN + path);
        expect(await pageHandler(standIn)(request, new URL(request.url))).toBeNull();
      });
    },
  );

  it("lets only its own script run, and nothing be loaded from elsewhere", async () => {
    await inScene(async ({ ask }) => {
      const answer = await ask(new Request(`${ORIGIN}/kim/cavern`));
      const policy = answer.headers.get("content-security-policy")!;
      const nonce = /'nonce-(?<nonce>[^']+)'/u.exec(policy)!.groups!["nonce"]!;
      const page = await answer.text();
      expect(policy).toContain("default-src 'none'");
      expect(page.match(/<script/gu)).toHaveLength(1);
      expect(page).toContain(`nonce="${nonce}"`);
      expect(page).not.toMatch(/\son[a-z]+=|\sstyle=/u);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    });
  });
});
