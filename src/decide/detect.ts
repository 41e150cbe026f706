// A playbook for a repository that has none: what its tags, manifests and changelog already say. Printed before
// anything is done with it, so that it can be kept, corrected and committed.
import { DEFAULT_SECTIONS, DEFAULTS } from "../model/defaults.ts";
import type { Playbook, VersionFile } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { locateValue } from "./files/index.ts";

/** Where a project's own version may stand, most specific first. A chart directly below `charts/` counts when it is alone. */
const MANIFESTS = [
  { file: "package.json", at: { by: "json", path: "version" } },
  { file: "Chart.yaml", at: { by: "yaml", path: "version" } },
  { file: "pyproject.toml", at: { by: "toml", path: "project.version" } },
  { file: "Cargo.toml", at: { by: "toml", path: "package.version" } },
] as const satisfies readonly Omit<VersionFile, "value">[];

const CHANGELOGS = ["CHANGELOG.md", "changelog.md", "Changelog.md", "CHANGES.md", "docs/CHANGELOG.md"];

/** What has to be read before `detectPlaybook` can answer. */
export function filesToDetect(snapshot: Snapshot): string[] {
  const wanted = [...MANIFESTS.map(({ file }) => file), ...CHANGELOGS, ...chartsOf(snapshot)];
  return wanted.filter((path) => snapshot.paths.has(path) && !snapshot.files.has(path));
}

/** The playbook that fits the repository as it stands; `path` is null because nobody wrote it. */
export function detectPlaybook(snapshot: Snapshot): Playbook {
  const charts = chartsOf(snapshot);
  const prefixed = charts.length > 1 && tagsPerComponent(snapshot, charts);
  return prefixed || (charts.length > 1 && snapshot.tags.length === 0) ? monorepo(snapshot, charts) : single(snapshot, charts);
}

function single(snapshot: Snapshot, charts: readonly string[]): Playbook {
  const manifests: Omit<VersionFile, "value">[] = [...MANIFESTS];
  const onlyChart = charts.length === 1 ? charts[0] : undefined;
  if (onlyChart !== undefined && onlyChart !== "Chart.yaml") manifests.push({ file: onlyChart, at: { by: "yaml", path: "version" } });
  const files = manifests.filter(({ file, at }) => holdsVersion(snapshot, file, at)).map((manifest) => ({ ...manifest, value: "{version}" }));
  const name = snapshot.repository.name?.split("/").at(-1) ?? "repository";
  return {
    ...DEFAULTS,
    components: { named: [{ name, path: ".", owners: [], dependents: "leave" }], discover: null },
    versioning: { ...DEFAULTS.versioning, files },
    changelog: changelogOf(snapshot),
    release: {
      ...DEFAULTS.release,
      pullRequest: { ...DEFAULTS.release.pullRequest, branch: "release/{version}" },
      tag: { ...DEFAULTS.release.tag, name: tagsStartWithV(snapshot) ? "v{version}" : "{version}" },
    },
  };
}

function monorepo(snapshot: Snapshot, charts: readonly string[]): Playbook {
  return {
    ...DEFAULTS,
    components: { named: [], discover: { glob: commonGlob(charts), name: { yaml: "name" }, dependents: "cascade" } },
    versioning: { ...DEFAULTS.versioning, files: [{ file: "{path}/Chart.yaml", at: { by: "yaml", path: "version" }, value: "{version}" }] },
    changelog: {
      ...changelogOf(snapshot),
      file: charts.some((chart) => snapshot.paths.has(chart.replace(/Chart\.yaml$/, "CHANGELOG.md"))) ? "{path}/CHANGELOG.md" : null,
    },
    release: { ...DEFAULTS.release, tag: { ...DEFAULTS.release.tag, name: "{component}-{version}" } },
  };
}

function chartsOf(snapshot: Snapshot): string[] {
  return [...snapshot.paths]
    .filter(
      (path) => (path === "Chart.yaml" || path.endsWith("/Chart.yaml")) && !/(^|\/)(testdata|fixtures?|tests?|examples?|node_modules|vendor)\//.test(path),
    )
    .toSorted();
}

/** Half the version tags or more are `<name>-<version>` with the folder or name of a chart in front. */
function tagsPerComponent(snapshot: Snapshot, charts: readonly string[]): boolean {
  const names = new Set(charts.map((chart) => chart.split("/").at(-2)?.replaceAll("-", "")));
  const versioned = snapshot.tags.filter(({ name }) => /\d+\.\d+\.\d+/.test(name));
  const prefixed = versioned.filter(({ name }) => {
    const match = /^(.+)-v?\d+\.\d+\.\d+/.exec(name);
    return match !== null && names.has(match[1]?.replaceAll("-", ""));
  });
  return prefixed.length > 0 && prefixed.length * 2 >= versioned.length;
}

function tagsStartWithV(snapshot: Snapshot): boolean {
  const withV = snapshot.tags.filter(({ name }) => /^v\d+\.\d+\.\d+/.test(name)).length;
  const bare = snapshot.tags.filter(({ name }) => /^\d+\.\d+\.\d+/.test(name)).length;
  return withV >= bare;
}

function commonGlob(charts: readonly string[]): string {
  const folders = charts.map((chart) => chart.split("/").slice(0, -2));
  const shortest = Math.min(...folders.map((folder) => folder.length));
  const first = folders[0] ?? [];
  let shared = 0;
  while (shared < shortest && folders.every((folder) => folder[shared] === first[shared])) shared += 1;
  const isFlat = folders.every((folder) => folder.length === shared);
  return [...first.slice(0, shared), isFlat ? "*" : "**", "Chart.yaml"].join("/");
}

/** A private package, or `0.0.0-development` as some tools leave it, holds no version of its own. */
function holdsVersion(snapshot: Snapshot, file: string, at: VersionFile["at"]): boolean {
  const state = snapshot.files.get(file);
  if (state?.is !== "text") return false;
  const located = locateValue(state.text, at, file);
  return located.ok && located.value.length === 1 && located.value.every(({ value }) => /^\d+\.\d+\.\d+/.test(value) && !value.startsWith("0.0.0"));
}

function changelogOf(snapshot: Snapshot): Playbook["changelog"] {
  const file = CHANGELOGS.find((path) => snapshot.files.get(path)?.is === "text") ?? null;
  const state = file === null ? undefined : snapshot.files.get(file);
  const isKept =
    state?.is === "text" &&
    (/keep ?a ?changelog/i.test(state.text) || /^#{1,3} (?:\[?unreleased\b|(?:added|changed|deprecated|removed|fixed)\s*$)/im.test(state.text));
  const style = isKept ? "keep-a-changelog" : "conventional";
  return { ...DEFAULTS.changelog, file, style, sections: DEFAULT_SECTIONS[style] };
}
