import { expect, it } from "@jest/globals";
import { REPO } from "../fixture.ts";
import { withWorkflows, type Workflows } from "./fixture.ts";

const listening = (on: string): string => `on: ${on}\njobs: { build: { runs-on: ubuntu-latest } }\n`;
const tag = async ({ standIn, repository, headOf }: Workflows, ...names: readonly string[]): Promise<void> =>
  standIn.operations.updateRefs(
    standIn.actorFor("lee"),
    repository,
    names.map((name) => ({ name: `refs/tags/${name}`, before: null, after: headOf("main"), force: false })),
  );

it("starts what listens to a push of that branch, with its file at that commit", () =>
  withWorkflows(
    {
      "all.yml": listening("push"),
      "main.yml": listening("{ push: { branches: [main] } }"),
      "tags.yml": listening("{ push: { tags: ['v*'] } }"),
      "docs.yml": listening("{ push: { paths: ['docs/**'] } }"),
      "code.yaml": listening("{ push: { paths-ignore: ['docs/**'] } }"),
      "broken.yml": "on: [",
      "notes.txt": listening("push"),
    },
    async ({ lee, push, started, runs, headOf }) => {
      await push("main", { "docs/a.md": "a" }, "docs: a\n\nWords");
      expect(started()).toEqual(["all.yml push main", "docs.yml push main", "main.yml push main"]);
      expect(runs()[0]).toMatchObject({ status: "queued", conclusion: null, attempt: 1, number: 1, title: "docs: a", headSha: headOf("main") });
      await push("topic", { "src/a.js": "a", ".github/workflows/all.yml": null });
      expect(started().slice(3)).toEqual(["code.yaml push topic"]);
      await push("topic", { "src/b.js": "b" }, "fix: quiet [skip ci]");
      await lee("POST", `${REPO}/git/refs`, { ref: "refs/tags/quiet", sha: headOf("topic") });
      expect(started()).toHaveLength(4);
      const { body } = await lee("GET", `${REPO}/actions/workflows`);
      expect(body.workflows.map(({ path }: { path: string }) => path.slice(".github/workflows/".length)).sort()).toEqual([
        "all.yml",
        "code.yaml",
        "docs.yml",
        "main.yml",
        "tags.yml",
      ]);
    },
  ));

it("starts what listens to tags, unless more than three come at once", () =>
  withWorkflows(
    {
      "all.yml": listening("push"),
      "tags.yml": listening("{ push: { tags: ['v[0-9]+.*', '!v*-rc*'], paths: [nothing] } }"),
      "main.yml": listening("{ push: { branches: ['**'] } }"),
    },
    async (scene) => {
      await tag(scene, "v1.0.0", "v1.1.0-rc1");
      expect(scene.started()).toEqual(["all.yml push v1.0.0", "tags.yml push v1.0.0", "all.yml push v1.1.0-rc1"]);
      await tag(scene, "v2.0.0", "v2.1.0", "v2.2.0", "v2.3.0");
      expect(scene.started()).toHaveLength(3);
      await scene.standIn.operations.updateRefs(scene.standIn.actorFor("lee"), scene.repository, [{ name: "refs/tags/v1.0.0", after: null, force: true }]);
      expect(scene.started()).toHaveLength(3);
    },
  ));

it("starts what listens to a release when it is published, not while it is a draft: and its tag starts others", () =>
  withWorkflows(
    { "any.yml": listening("release"), "published.yml": listening("{ release: { types: [published] } }"), "tag.yml": listening("{ push: { tags: ['*'] } }") },
    async ({ lee, started, runs, headOf }) => {
      const { body: draft } = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", name: "One", draft: true });
      await lee("PATCH", `${REPO}/releases/${draft.id}`, { body: "Better" });
      expect(started()).toEqual([]);
      await lee("PATCH", `${REPO}/releases/${draft.id}`, { draft: false });
      expect(started()).toEqual(["tag.yml push v1.0.0", "any.yml release v1.0.0", "published.yml release v1.0.0", "any.yml release v1.0.0"]);
      expect(runs().map(({ title }) => title)).toEqual(["ci: workflows", "One", "One", "One"]);
      expect(runs()[2]!.headSha).toBe(headOf("main"));
    },
  ));

it("starts what listens to pull requests to that branch: opened, moved, reopened", () =>
  withWorkflows(
    {
      "pull.yml": listening("{ pull_request: { branches: [main] } }"),
      "labels.yml": listening("{ pull_request: { types: [labeled] } }"),
      "stable.yml": listening("{ pull_request: { branches: [stable] } }"),
    },
    async ({ lee, push, open, started, runs, headOf }) => {
      await push("topic", { "a.txt": "a" });
      const number = await open("topic", "feat: a topic");
      expect(started()).toEqual(["pull.yml pull_request topic"]);
      expect(runs()[0]).toMatchObject({ title: "feat: a topic", headSha: headOf("topic") });
      await push("topic", { "a.txt": "b" });
      await lee("POST", `${REPO}/issues/${number}/labels`, { labels: ["x"] });
      await lee("PATCH", `${REPO}/pulls/${number}`, { state: "closed" });
      await lee("PATCH", `${REPO}/pulls/${number}`, { state: "open" });
      expect(started().slice(1)).toEqual(["pull.yml pull_request topic", "labels.yml pull_request topic", "pull.yml pull_request topic"]);
    },
  ));

it("leaves a repository without workflows as it was", () =>
  withWorkflows({}, async ({ push, runs, standIn, repository }) => {
    await push("main", { "a.txt": "a" });
    expect(runs()).toEqual([]);
    expect([...standIn.world.apps.values()].map(({ slug }) => slug)).toEqual(["steward"]);
    expect([...repository.checkSuites.values()].map(({ app }) => app.slug)).not.toContain("github-actions");
  }));
