import { expect, test } from "@jest/globals";
import { DEFAULT_SECTIONS, DEFAULTS } from "../model/defaults.ts";
import type { Playbook } from "../model/playbook.ts";
import { readPlaybook } from "../playbook/read.ts";
import { detectedPlaybook } from "./detected-playbook.ts";

const SINGLE: Playbook = {
  ...DEFAULTS,
  components: { named: [{ name: "harbour", path: ".", owners: [], dependents: "leave" }], discover: null },
  versioning: { ...DEFAULTS.versioning, files: [{ file: "package.json", at: { by: "json", path: "version" }, value: "{version}" }] },
  changelog: { ...DEFAULTS.changelog, file: "CHANGELOG.md", style: "keep-a-changelog", sections: DEFAULT_SECTIONS["keep-a-changelog"] },
  release: { ...DEFAULTS.release, pullRequest: { ...DEFAULTS.release.pullRequest, branch: "release/{version}" } },
};

const SEVERAL: Playbook = {
  ...DEFAULTS,
  components: { named: [], discover: { glob: "charts/*/Chart.yaml", name: { yaml: "name" }, dependents: "cascade" } },
  versioning: { ...DEFAULTS.versioning, files: [{ file: "{path}/Chart.yaml", at: { by: "yaml", path: "version" }, value: "{version}" }] },
  release: { ...DEFAULTS.release, tag: { ...DEFAULTS.release.tag, name: "{component}-{version}" } },
};

test.each([
  ["one component", SINGLE],
  ["charts found by their manifest", SEVERAL],
])("what was detected of %s can be saved and is read back the same", (_, playbook) => {
  const result = readPlaybook(detectedPlaybook(playbook), "playbook.yml");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect({ ...result.value.playbook, path: null }).toEqual(playbook);
});
