import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { REPO } from "../../sandbox/fixture.ts";
import { ghVersion, withGh } from "./gh-fixture.ts";

const whereInstalled = ghVersion === null ? describe.skip : describe;

whereInstalled(ghVersion === null ? "GitHub's command line, which is not here: apt-get install gh" : "GitHub's command line, unchanged,", () => {
  it("reads the API page by page, and the repository", () =>
    withGh(async ({ gh, scene, complaints }) => {
      const second = await scene.push("main", { "a.txt": "a" });
      expect(await gh("api", "user", "--jq", ".login")).toBe("kim");
      expect((await gh("api", "--paginate", "repos/acme/app/commits?per_page=1", "--jq", ".[].sha")).split("\n")).toEqual([second, expect.any(String)]);
      expect(await gh("api", "graphql", "-f", "query={viewer{login}}", "--jq", ".data.viewer.login")).toBe("kim");
      expect(JSON.parse(await gh("repo", "view", "--json", "name,defaultBranchRef,isArchived"))).toEqual({
        name: "app",
        defaultBranchRef: { name: "main" },
        isArchived: false,
      });
      expect(await gh("repo", "view")).toContain("# app");
      expect(complaints()).toEqual([]);
    }));

  it("opens, finds, looks at and merges pull requests", () =>
    withGh(async ({ gh, scene, complaints }) => {
      await scene.push("topic", { "a.txt": "a" }, "feat: a");
      expect(await gh("pr", "create", "--head", "topic", "--base", "main", "--title", "feat: a", "--body", "Words")).toMatch(/\/acme\/app\/pull\/1$/u);
      expect(await gh("pr", "list")).toContain("feat: a\ttopic");
      expect(JSON.parse(await gh("pr", "list", "--author", "kim", "--search", "in:title feat", "--json", "number"))).toEqual([{ number: 1 }]);
      const look = async (): Promise<unknown> => JSON.parse(await gh("pr", "view", "1", "--json", "mergeable,mergeStateStatus,state"));
      expect(await look()).toEqual({ mergeable: "UNKNOWN", mergeStateStatus: "UNKNOWN", state: "OPEN" });
      expect(await look()).toEqual({ mergeable: "MERGEABLE", mergeStateStatus: "CLEAN", state: "OPEN" });
      await gh("pr", "comment", "1", "--body", "Good");
      await gh("pr", "merge", "1", "--squash");
      expect(await gh("pr", "view", "1", "--json", "state,mergedBy", "--jq", '.state + " " + .mergedBy.login')).toBe("MERGED kim");
      expect((await scene.lee("GET", "/repos/acme/app/commits/main")).body.commit.message).toMatch(/^feat: a \(#1\)/u);
      expect(complaints()).toEqual([]);
    }));

  it("makes a release with a file, and fetches the file", () =>
    withGh(async ({ gh, folder, scene, complaints }) => {
      await writeFile(join(folder, "app.txt"), "the app\n");
      expect(await gh("release", "create", "v1.0.0", "--notes", "First", "--target", "main", "app.txt#The app")).toMatch(/releases\/tag\/v1\.0\.0$/u);
      expect(await gh("release", "list")).toMatch(/^v1\.0\.0\tLatest\tv1\.0\.0\t/u);
      expect(await gh("release", "view", "v1.0.0")).toContain("asset:\tapp.txt");
      await gh("release", "download", "v1.0.0", "--dir", "fetched");
      expect(await readFile(join(folder, "fetched", "app.txt"), "utf8")).toBe("the app\n");
      expect((await scene.lee("GET", "/repos/acme/app/releases/latest")).body.assets).toMatchObject([{ name: "app.txt", label: "The app", size: 8 }]);
      expect(complaints()).toEqual([]);
    }));

  it("lets GitHub write the notes of a release: the pull requests since the one before", () =>
    withGh(async ({ gh, scene, complaints }) => {
      await gh("release", "create", "v1.0.0", "--notes", "First", "--target", "main");
      await scene.push("topic", { "a.txt": "a" });
      await scene.open("topic", "feat: a door");
      await scene.kim("PUT", `${REPO}/pulls/1/merge`, { merge_method: "squash" });
      await gh("release", "create", "v1.1.0", "--generate-notes", "--target", "main");
      const { body } = (await scene.lee("GET", `${REPO}/releases/latest`)).body;
      expect(body).toMatch(/^## What's Changed\n\* feat: a door by @lee in \S+\/pull\/1\n/u);
      expect(body).toMatch(/compare\/v1\.0\.0\.\.\.v1\.1\.0$/u);
      expect(complaints()).toEqual([]);
    }));

  it("starts a workflow and watches its run", () =>
    withGh(async ({ gh, scene, complaints }) => {
      const workflow =
        "name: CI\non: { workflow_dispatch: { inputs: { tag: { default: v0 } } } }\njobs: { build: { runs-on: ubuntu-latest, steps: [{ run: make }] } }\n";
      await scene.push("main", { ".github/workflows/ci.yml": workflow });
      await gh("workflow", "run", "ci.yml", "-f", "tag=v1");
      const [run] = scene.repository.actions.runs.values();
      expect(run!.given).toEqual({ tag: "v1" });
      await scene.standIn.operations.finishRun(scene.repository, run!, "failure");
      expect(await gh("run", "list")).toContain("completed\tfailure\tCI");
      expect(await gh("run", "view", String(run!.id))).toContain("X build in");
      expect(complaints()).toEqual([]);
    }));

  it("comments on an issue and closes it", () =>
    withGh(async ({ gh, complaints }) => {
      expect(await gh("issue", "create", "--title", "It breaks", "--body", "So")).toMatch(/issues\/1$/u);
      await gh("issue", "comment", "1", "--body", "Soon");
      expect(await gh("issue", "view", "1", "--comments")).toContain("Soon");
      await gh("issue", "close", "1");
      expect(JSON.parse(await gh("issue", "list", "--state", "closed", "--json", "number,title"))).toEqual([{ number: 1, title: "It breaks" }]);
      expect(complaints()).toEqual([]);
    }));
});
