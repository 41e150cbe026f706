// Before the tag: the pull request says which workflows it would start, and what would go wrong with them, while a push can
// still mend it. Nothing is started by saying so.
import { describe, expect, test } from "@jest/globals";
import { plan } from "../../src/cli/plan.ts";
import { planned, run } from "../fixtures/command.ts";
import { type ScratchRepository, scratchRepository } from "../fixtures/repository.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const PLAYBOOK = `schema: 1
components: { app: { path: . } }
release: { tag: { name: "v{version}" } }
artifacts:
  - { workflow: images.yml, trigger: tag }
  - { workflow: docs.yml, trigger: workflow_dispatch, inputs: { reason: "release {tag}" } }
`;
const JOBS = "jobs: { it: { runs-on: ubuntu-latest, steps: [{ run: make }] } }\n";
const DOCS = `on:\n  workflow_dispatch:\n    inputs:\n      reason: { required: true }\n${JOBS}`;

/** What stands between what merging does and the sections of people. */
function starts(team: Team): string {
  const [, after = ""] = (team.releasePullRequest().body ?? "").split("with the notes below.\n");
  return (after.split("\n### ")[0] ?? "").trim();
}

/** A list of images that are built from these folders. */
const imagesFrom = (...contexts: readonly string[]): string => JSON.stringify({ images: contexts.map((context) => ({ context })) });

/** One release to make; one workflow of three is broken. */
function project(): ScratchRepository {
  const repository = scratchRepository();
  repository.commit("feat: begin", {
    ".github/release-steward.yml": PLAYBOOK,
    ".github/workflows/images.yml": "on:\n  push:\n    tags: ['v*']\n",
    ".github/workflows/docs.yml": DOCS,
    ".github/workflows/broken.yml": "on: [push\n",
  });
  return repository;
}

describe("on the pull request", () => {
  test("a build that would run twice is said, and gone once one of its triggers is", async () => {
    const images = "on:\n  push:\n    tags: ['v*']\n  release:\n    types: [published]\n";
    const team = await openTeam({ playbook: PLAYBOOK, files: { ".github/workflows/images.yml": images, ".github/workflows/docs.yml": DOCS } });
    await team.push("feat: mount");
    await team.settle();
    expect(starts(team)).toBe(
      [
        "It starts `images.yml` (by its tag and by its publication).",
        "This app starts `docs.yml`.",
        "",
        "**Worth a look before the merge:**",
        "",
        "- `.github/workflows/images.yml:4:3`: `images.yml` would run twice for `v0.1.0`: by the push of its tag and by its publication (`published`) (leave one of them)",
      ].join("\n"),
    );
    expect(team.check(team.releasePullRequest())?.conclusion).toBe("success");

    await team.push("ci: build once", { ".github/workflows/images.yml": `on:\n  push:\n    tags: ['v*']\n${JOBS}` });
    await team.settle();
    expect(starts(team)).toBe("It starts `images.yml` (by its tag).\nThis app starts `docs.yml`.");
    expect(await team.settle()).toEqual([]);

    await team.merge(team.releasePullRequest());
    await team.settle(10 * 60_000);
    expect(Object.keys(team.tags())).toEqual(["v0.1.0"]);
    expect([...team.runs("images.yml"), ...team.runs("docs.yml")].map(({ event }) => event)).toEqual(["push", "workflow_dispatch"]);
  });

  test("a workflow that does not exist, and one whose input went", async () => {
    const team = await openTeam({ playbook: PLAYBOOK, files: { ".github/workflows/docs.yml": DOCS.replace("reason", "why") } });
    await team.push("fix: mount");
    await team.settle();
    expect(starts(team).split("\n").slice(4)).toEqual([
      "- `.github/release-steward.yml`: `artifacts` names `.github/workflows/images.yml`, which does not exist (add the file, or correct its name)",
      "- `.github/workflows/docs.yml:2:3`: `artifacts` passes the input `reason` to `docs.yml`, which does not take it (it takes `why`)",
      "- `.github/workflows/docs.yml:4:7`: `docs.yml` requires the input `why`, which `artifacts` does not pass (pass it, or give it a default)",
    ]);
  });

  test("a repository in which nothing listens reads as before", async () => {
    const team = await openTeam({
      playbook: 'schema: 1\ncomponents: { app: { path: . } }\nrelease: { tag: { name: "v{version}" } }\n',
      files: { ".github/workflows/ci.yml": "on: pull_request\n" },
    });
    await team.push("fix: mount");
    await team.settle();
    expect(starts(team)).toBe("");
  });

  test("an image whose context is gone, and one that changed and that nobody listed", async () => {
    const playbook = "schema: 1\ncomponents: { cavern: { path: helm/cavern } }\nrelease: { tag: { name: '{component}-{version}' } }\n";
    const team = await openTeam({
      playbook,
      files: {
        "helm/cavern/Chart.yaml": "apiVersion: v2\nname: cavern\nversion: 0.1.0\n",
        "images/kueuer/Dockerfile": "FROM scratch\n",
        "images/probe/Dockerfile": "FROM scratch\n",
        "release-images.json": imagesFrom("images/kueue"),
      },
    });
    await team.tag("cavern-0.1.0");
    await team.push("feat: mount", { "helm/cavern/values.yaml": "a: 1\n" });
    await team.push("fix: probe", { "images/probe/main.go": "package main\n" });
    await team.settle();
    expect(starts(team).split("\n").slice(2)).toEqual([
      "- `release-images.json`: `images/probe` has changed, and no image of `release-images.json` is built from it (list it, if its image belongs to this release)",
      "- `release-images.json:1:23`: the build context `images/kueue` does not exist",
    ]);
    await team.push("build: list them", { "release-images.json": imagesFrom("images/kueuer", "images/probe") });
    await team.settle();
    expect(starts(team)).toBe("");
  });
});

describe("at the terminal", () => {
  test("one line says what a release starts, and a broken workflow is a warning with its place", async () => {
    const { out, exit } = await run(plan, ["--repo", project().directory]);
    expect(exit).toBe(0);
    expect(out).toContain("  starts    docs.yml by the app, images.yml by the tag\n");
    expect(out).toContain(".github/workflows/broken.yml:2:1: warning: what starts this workflow can't be told: not valid YAML");
  });

  test("a program reads the same", async () => {
    const { components } = await planned(project());
    expect(components).toMatchObject([
      {
        starts: [
          { workflow: "docs.yml", by: "app" },
          { workflow: "images.yml", by: "tag" },
        ],
      },
    ]);
  });
});
