// A team as its playbook and its files say it. The values come from the history, the shape is what the reference documents.
import type { Files } from "../../sandbox/scenarios/people.ts";
import { stringify } from "yaml";
import type { GateName, TeamSpec } from "./history.ts";

/** The team whose values say nothing: what a story does not need is like this. */
export const PLAIN: TeamSpec = {
  components: "one", per: "component", source: "conventional-commits", noSignal: "patch", file: "none", changelog: "none", tag: "plain", moving: false,
  gates: [], automatic: false, artifact: "none", environments: 0, publish: "with-tag", notes: false, desk: false, mention: false,
}; // prettier-ignore

export const CI_CHECK = "test";
export const BLOCKER = "release-blocker";
const EVIDENCE = "Upgrade rehearsed";

const GATES: Readonly<Record<GateName, object>> = {
  ci: { check: CI_CHECK },
  blockers: { no_open_issues: { labels: [BLOCKER] } },
  reviewed: { approval: "reviewers" },
  rehearsed: { evidence: EVIDENCE },
};

const VERSION_FILES = {
  json: (folder: string) => ({ file: `${folder}package.json`, json: "version" }),
  yaml: (folder: string) => ({ file: `${folder}Chart.yaml`, yaml: "version" }),
  toml: (folder: string) => ({ file: `${folder}pyproject.toml`, toml: "project.version" }),
  regex: (folder: string) => ({ file: `${folder}Makefile`, regex: "^VERSION := (.*)$" }),
} as const;

const VERSION_TEXTS = {
  json: '{\n  "name": "tool",\n  "version": "1.0.0"\n}\n',
  yaml: "name: tool # the chart\nversion: 1.0.0\n",
  toml: '[project]\nname = "tool"\nversion = "1.0.0"\n',
  regex: "VERSION := 1.0.0\n\nall:\n\ttrue\n",
} as const;

/** Name and folder of what the team releases; the folder ends with a slash, or is empty for the whole repository. */
export function componentsOf({ components }: TeamSpec): readonly { readonly name: string; readonly folder: string }[] {
  return components === "one"
    ? [{ name: "app", folder: "" }]
    : [
        { name: "api", folder: "api/" },
        { name: "web", folder: "web/" },
      ];
}

/** The tag of a version, as the playbook's defaults spell it. */
export function tagPrefixOf(team: TeamSpec, component: string): string {
  return team.components === "one" ? "v" : `${component}-`;
}

export function filesOf(team: TeamSpec): Files {
  const { file, changelog } = team;
  const perComponent = componentsOf(team).map(({ folder }): Files => ({
    [`${folder}README.md`]: "# A tool\n",
    ...(file === "none" ? {} : { [VERSION_FILES[file](folder).file]: VERSION_TEXTS[file] }),
    ...(changelog === "keep-a-changelog" ? { [`${folder}CHANGELOG.md`]: "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2025-12-01\n" } : {}),
  }));
  return Object.assign({}, ...perComponent, workflowsOf(team)) as Files;
}

const IMAGE = (on: string): string => `on:\n${on}jobs:\n  image: {runs-on: ubuntu-latest, steps: [{run: make image}]}\n`;
const DEPLOY = `on:
  workflow_dispatch:
    inputs:
      environment: {type: string, required: true}
      version: {type: string, required: true}
jobs:
  deploy: {runs-on: ubuntu-latest, steps: [{run: make deploy}]}
`;

function workflowsOf({ artifact, environments }: TeamSpec): Files {
  const dispatched = "  workflow_dispatch:\n    inputs:\n      version: {type: string, required: true}\n";
  return {
    ...(artifact === "none" ? {} : { ".github/workflows/image.yml": IMAGE(artifact === "tag" ? '  push: {tags: ["*"]}\n' : dispatched) }),
    ...(environments === 0 ? {} : { ".github/workflows/deploy.yml": DEPLOY }),
  };
}

/** @param gates instead of those that the team begins with */
export function playbookOf(team: TeamSpec, gates: readonly GateName[] = team.gates): string {
  const { changelog, file, source, noSignal, per, tag, moving, automatic, artifact, environments, publish, notes, desk, mention } = team;
  const components = componentsOf(team);
  const stages = (["staging", "production"] as const).slice(0, environments);
  return stringify({
    schema: 1,
    roles: { reviewers: "@acme/reviewers" },
    components: Object.fromEntries(components.map(({ name, folder }) => [name, { path: folder === "" ? "." : folder.slice(0, -1) }])),
    versioning: {
      source,
      no_signal: noSignal,
      files: file === "none" ? [] : [VERSION_FILES[file](components.length === 1 ? "" : "{path}/")],
    },
    ...(changelog === "none" ? {} : { changelog: { file: components.length === 1 ? "CHANGELOG.md" : "{path}/CHANGELOG.md", style: changelog } }),
    release: {
      pull_request: { per, labels: ["release"] },
      tag: { annotated: tag === "annotated", ...(moving ? { moving: components.length === 1 ? "v{major}" : "{component}-latest" } : {}) },
      ...(notes ? { notes: { sections: ["Highlights"] } } : {}),
      publish,
      desk,
      mention: mention ? "pull-requests" : "nobody",
    },
    gates: Object.fromEntries(gates.map((gate) => [gate, GATES[gate]])),
    policies: { default: { gates, automatic } },
    ...(artifact === "none"
      ? {}
      : {
          artifacts: [
            artifact === "tag"
              ? { workflow: "image.yml", trigger: "tag" }
              : { workflow: "image.yml", trigger: "workflow_dispatch", inputs: { version: "{component} {version}" } },
          ],
        }),
    environments: stages.map((name, index) => ({
      name,
      ...(index === 0 ? { soak: "1h" } : { after: stages[index - 1] }),
      deploy: { workflow: "deploy.yml", inputs: { environment: "{environment}", version: "{component} {version}" } },
    })),
  });
}
