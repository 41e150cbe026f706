// The five teams' playbooks as they are in examples/, each with workflow files as its document describes them: what a
// release of theirs starts, and what is said when one of these files is another.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Playbook } from "../../model/playbook.ts";
import type { FileState } from "../../model/snapshot.ts";
import { readPlaybook } from "../../playbook/read.ts";
import { dispatchProblems } from "./dispatches.ts";
import { startsOf } from "./starts.ts";
import { readWorkflows } from "./workflows.ts";

function playbookOf(name: string): Playbook {
  const read = readPlaybook(readFileSync(new URL(`../../../examples/${name}.yml`, import.meta.url), "utf8"), ".github/release-steward.yml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.playbook;
}

type Texts = Readonly<Record<string, string>>;

/** `file by`, and every warning. */
function said(
  team: string,
  tag: string,
  texts: Texts,
  candidate: string | null = null,
): { readonly starts: readonly string[]; readonly warnings: readonly string[] } {
  const playbook = playbookOf(team);
  const files = new Map(Object.entries(texts).map(([file, text]): [string, FileState] => [`.github/workflows/${file}`, { is: "text", text }]));
  const { workflows, problems } = readWorkflows({ paths: new Set(files.keys()), files });
  const found = startsOf({ tag, isPrerelease: false, candidate }, workflows, playbook.artifacts);
  return {
    starts: found.workflows.map(({ workflow, by }) => `${workflow} ${by}`),
    warnings: [...problems, ...dispatchProblems(playbook, workflows), ...found.problems].map(({ message }) => message),
  };
}

describe("CANFAR: a chart is published by an event, the site by a dispatch", () => {
  const texts = {
    "helm-publish.yml": "on:\n  repository_dispatch:\n    types: [helm-release-build]\n",
    "docs.yml": "on:\n  push: {branches: [main]}\n  workflow_dispatch:\n    inputs: {reason: {required: true}}\n",
    "release-images.yml": "on:\n  release: {types: [published]}\n  workflow_dispatch:\n",
    "ci.yml": "on: pull_request\n",
  };

  test("each with its own start", () => {
    expect(said("opencadc-deployments", "cavern-0.9.0", texts)).toEqual({
      starts: ["docs.yml app", "helm-publish.yml app", "release-images.yml publication"],
      warnings: [],
    });
  });

  test("an event that was renamed, an input that went, a tag that builds as well", () => {
    expect(
      said("opencadc-deployments", "cavern-0.9.0", {
        "helm-publish.yml": "on: {repository_dispatch: {types: [helm-build]}}\n",
        "docs.yml": "on: {workflow_dispatch: }\n",
        "release-images.yml": "on: {release: {types: [published]}, push: {tags: ['*']}}\n",
      }).warnings,
    ).toEqual([
      "`artifacts` sends the event `helm-release-build` for `helm-publish.yml`, which does not listen to it, and no other workflow does",
      "`artifacts` passes the input `reason` to `docs.yml`, which does not take it",
      "`release-images.yml` would run twice for `cavern-0.9.0`: by the push of its tag and by its publication (`published`)",
    ]);
  });
});

describe("lakerunner: candidates are built by their tags, and promoted by a dispatch", () => {
  const texts = {
    "build-rc.yml": "on:\n  push:\n    tags: ['v[0-9]+.[0-9]+.[0-9]+-rc[0-9]+']\n",
    "promote-release.yml": "on:\n  workflow_dispatch:\n    inputs:\n      rc_version: {required: true}\n      final_version: {required: true}\n",
  };

  test("each with its own start", () => {
    expect(said("lakerunner", "v1.12.0", texts, "v1.12.0-rc1")).toEqual({ starts: ["promote-release.yml app"], warnings: [] });
  });

  test("a pattern that takes candidates with a dot, and an input of another name", () => {
    expect(
      said(
        "lakerunner",
        "v1.12.0",
        {
          "build-rc.yml": "on: {push: {tags: ['v*-rc.*']}}\n",
          "promote-release.yml": texts["promote-release.yml"].replace("rc_version", "candidate"),
        },
        "v1.12.0-rc1",
      ).warnings,
    ).toEqual([
      "`artifacts` passes the input `rc_version` to `promote-release.yml`, which does not take it",
      "`promote-release.yml` requires the input `candidate`, which `artifacts` does not pass",
      "`artifacts` expects the tag `v1.12.0-rc1` to start `build-rc.yml`, and its `push` does not take that tag",
    ]);
  });
});

describe("workload-variant-autoscaler: images by the tag, the chart by the release", () => {
  const texts = {
    "ci-release.yaml": "on:\n  push:\n    tags: ['v*']\n",
    "helm-release.yaml": "on:\n  release:\n    types: [published]\n",
  };

  test("each with its own start", () => {
    expect(said("workload-variant-autoscaler", "v0.6.0", texts, "v0.6.0-rc.1")).toEqual({
      starts: ["ci-release.yaml tag", "helm-release.yaml publication"],
      warnings: [],
    });
  });

  test("the older repository has no chart workflow", () => {
    expect(said("workload-variant-autoscaler", "v0.6.0", { "ci-release.yaml": texts["ci-release.yaml"] })).toEqual({
      starts: ["ci-release.yaml tag"],
      warnings: ["`artifacts` names `.github/workflows/helm-release.yaml`, which does not exist"],
    });
  });

  test("the draft's creation starts no chart", () => {
    expect(said("workload-variant-autoscaler", "v0.6.0", { ...texts, "helm-release.yaml": "on: {release: {types: [created]}}\n" }).warnings).toEqual([
      "`helm-release.yaml` would not start for `v0.6.0`: a release is a draft before it is published, for which GitHub tells nobody of `created`",
      "`artifacts` expects a publication to start `helm-release.yaml`, and it does not listen to `release` of the type `published`",
    ]);
  });
});

test("mirador and HMCo name no workflow: whatever listens is said all the same", () => {
  expect(said("mirador-rca", "v0.4.0", { "release.yml": "on: {push: {branches: [main], tags: ['v*.*.*']}}\n" })).toEqual({
    starts: ["release.yml tag"],
    warnings: [],
  });
  expect(said("hmco", "vault-1.1.0", { "charts.yml": "on: {push: {branches: [main], paths: ['helm/**']}}\n" })).toEqual({ starts: [], warnings: [] });
});
