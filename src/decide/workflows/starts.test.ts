import { describe, expect, test } from "@jest/globals";
import { artifactWith } from "../../../test/fixtures/artifact.ts";
import type { Artifact } from "../../model/playbook.ts";
import { readWorkflow } from "./read-workflow.ts";
import { type Release, startsOf } from "./starts.ts";

const STABLE: Release = { tag: "v1.2.0", isPrerelease: false, candidate: null };
const PRERELEASE: Release = { ...STABLE, tag: "v1.2.0-beta.1", isPrerelease: true };

const artifact = (workflow: string, start: Artifact["start"], on: Artifact["on"] = "release"): Artifact => artifactWith({ on, workflow, start });

const dispatched = (inputs: Readonly<Record<string, string>> = {}): Artifact => artifact("build.yml", { trigger: "workflow_dispatch", ref: null, inputs });
const sent = (event: string): Artifact => artifact("build.yml", { trigger: "repository_dispatch", event, inputs: {} });

/** Of one workflow, `build.yml`, with that `on`: by what it is started, and what is wrong about it. */
function starts(on: string, artifacts: readonly Artifact[] = [], release = STABLE): { readonly by: string; readonly problems: readonly string[] } {
  const path = ".github/workflows/build.yml";
  const read = readWorkflow(`on: ${on}\njobs: {}\n`, path);
  if (read.on === null) throw new Error(JSON.stringify(read.problems));
  const { workflows, problems } = startsOf(release, [{ file: "build.yml", path, on: read.on }], artifacts);
  return { by: workflows.map(({ by }) => by).join(" "), problems: problems.map(({ message }) => message) };
}

describe("what a release starts", () => {
  test.each([
    ["every push", "push", "tag"],
    ["every push, in a list", "[push, pull_request]", "tag"],
    ["pushes without a filter", "{push: }", "tag"],
    ["pushes of branches alone", "{push: {branches: [main]}}", ""],
    ["pushes of all but some branches", "{push: {branches-ignore: [gh-pages]}}", ""],
    ["paths, which are not looked at for a tag", "{push: {paths: ['src/**']}}", "tag"],
    ["pushes of this tag", "{push: {tags: ['v*']}}", "tag"],
    ["one pattern without a list", "{push: {tags: v*}}", "tag"],
    ["pushes of branches, and of this tag", "{push: {branches: [main], tags: ['v*']}}", "tag"],
    ["pushes of other tags", "{push: {tags: ['cavern-*']}}", ""],
    ["an empty list of tags", "{push: {tags: []}}", ""],
    ["a tag that is taken back", "{push: {tags: ['v*', '!v1.*']}}", ""],
    ["all tags but others", "{push: {tags-ignore: ['nightly-*']}}", "tag"],
    ["all tags but this one", "{push: {tags-ignore: ['v*']}}", ""],
    ["branches, and all tags but others", "{push: {branches: [main], tags-ignore: ['nightly-*']}}", "tag"],
    ["creations", "create", "tag"],
    ["publications", "{release: {types: [published]}}", "publication"],
    ["releases", "{release: {types: released}}", "publication"],
    ["edits of a release", "{release: {types: [edited]}}", ""],
    ["a schedule and a person", "{schedule: [{cron: '0 0 * * *'}], workflow_dispatch: }", ""],
    ["an anchor", "{pull_request: {branches: &names ['v*']}, push: {tags: *names}}", "tag"],
  ])("%s", (_, on, by) => {
    expect(starts(on)).toEqual({ by, problems: [] });
  });

  test("a pre-release is published, and GitHub does not call it released", () => {
    expect(starts("{release: {types: [published]}}", [], PRERELEASE).by).toBe("publication");
    expect(starts("{release: {types: [released]}}", [], PRERELEASE).by).toBe("");
  });
});

describe("one release that would start the same build twice", () => {
  test.each<readonly [string, string, readonly Artifact[], string]>([
    [
      "by tag and by publication",
      "{push: {tags: ['v*']}, release: {types: [published]}}",
      [],
      "`build.yml` would run twice for `v1.2.0`: by the push of its tag and by its publication (`published`)",
    ],
    [
      "a release without types hears of its publication twice",
      "release",
      [],
      "`build.yml` would run twice for `v1.2.0`: by its publication (`published`) and by its publication (`released`)",
    ],
    ["push and create", "[push, create]", [], "`build.yml` would run twice for `v1.2.0`: by the push of its tag and by the creation of its tag"],
    [
      "three ways",
      "[push, release]",
      [],
      "`build.yml` would run 3 times for `v1.2.0`: by the push of its tag, by its publication (`published`) and by its publication (`released`)",
    ],
    [
      "an artifact that is dispatched and a trigger",
      "[push, workflow_dispatch]",
      [dispatched()],
      "`build.yml` would run twice for `v1.2.0`: by the push of its tag and by `workflow_dispatch` of `artifacts`",
    ],
    [
      "two artifacts that ask for the same",
      "workflow_dispatch",
      [dispatched(), dispatched()],
      "`build.yml` would run twice for `v1.2.0`: by `workflow_dispatch` of `artifacts` and by `workflow_dispatch` of `artifacts`",
    ],
    [
      "an event and a publication",
      "{repository_dispatch: {types: [go]}, release: {types: [published]}}",
      [sent("go")],
      "`build.yml` would run twice for `v1.2.0`: by its publication (`published`) and by the event `go` of `artifacts`",
    ],
  ])("%s", (_, on, artifacts, message) => {
    expect(starts(on, artifacts).problems).toEqual([message]);
  });

  test("is pointed at in the workflow, with the way out", () => {
    const path = ".github/workflows/build.yml";
    const { on } = readWorkflow("on:\n  push:\n    tags: ['v*']\n  release:\n    types: [published]\n", path);
    expect(startsOf(STABLE, [{ file: "build.yml", path, on }], []).problems).toMatchObject([
      { severity: "warning", path, line: 4, column: 3, hint: "leave one of them" },
    ]);
  });

  test("is not: several dispatches with inputs of their own, a candidate's, an event of another name", () => {
    expect(starts("workflow_dispatch", [dispatched({ part: "a" }), dispatched({ part: "b" })])).toEqual({ by: "app", problems: [] });
    expect(starts("{push: {tags: ['v*']}}", [artifact("build.yml", { trigger: "tag" }, "candidate"), artifact("build.yml", { trigger: "tag" })])).toEqual({
      by: "tag",
      problems: [],
    });
    expect(starts("{push: , repository_dispatch: {types: [go]}}", [sent("stop")])).toEqual({ by: "tag", problems: [] });
  });
});

test("what a candidate dispatches is not started by a release", () => {
  const candidate = artifact("build.yml", { trigger: "workflow_dispatch", ref: null, inputs: {} }, "candidate");
  expect(starts("[push, workflow_dispatch]", [candidate])).toEqual({ by: "tag", problems: [] });
});

describe("a workflow that is expected and would never start", () => {
  const byTag = artifact("build.yml", { trigger: "tag" });
  const byRelease = artifact("build.yml", { trigger: "release" });
  test.each<readonly [string, string, readonly Artifact[], readonly string[]]>([
    ["no push", "workflow_dispatch", [byTag], ["`artifacts` expects the tag `v1.2.0` to start `build.yml`, and it does not listen to `push`"]],
    [
      "other tags",
      "{push: {tags: ['release-*']}}",
      [byTag],
      ["`artifacts` expects the tag `v1.2.0` to start `build.yml`, and its `push` does not take that tag"],
    ],
    ["no release", "push", [byRelease], ["`artifacts` expects a publication to start `build.yml`, and it does not listen to `release`"]],
    [
      "the draft's creation, of which GitHub tells nobody",
      "{release: {types: [created]}}",
      [],
      ["`build.yml` would not start for `v1.2.0`: a release is a draft before it is published, for which GitHub tells nobody of `created`"],
    ],
    [
      "a tag, and the publication does it",
      "{release: {types: [published]}}",
      [byTag],
      ["`artifacts` expects the tag `v1.2.0` to start `build.yml`, and it does not listen to `push`"],
    ],
    [
      "said once however often it is listed",
      "workflow_dispatch",
      [byTag, byTag],
      ["`artifacts` expects the tag `v1.2.0` to start `build.yml`, and it does not listen to `push`"],
    ],
  ])("%s", (_, on, artifacts, problems) => {
    expect(starts(on, artifacts).problems).toEqual(problems);
  });

  test("the tag of a candidate is looked at when there is to be one [L-38]", () => {
    const candidate = artifact("build.yml", { trigger: "tag" }, "candidate");
    const on = "{push: {tags: ['v*-rc[0-9]+']}}";
    expect(starts(on, [candidate])).toEqual({ by: "", problems: [] });
    expect(starts(on, [candidate], { ...STABLE, candidate: "v1.2.0-rc1" }).problems).toEqual([]);
    expect(starts(on, [candidate], { ...STABLE, candidate: "v1.2.0-rc.1" }).problems).toEqual([
      "`artifacts` expects the tag `v1.2.0-rc.1` to start `build.yml`, and its `push` does not take that tag",
    ]);
  });
});
