// A detected playbook as the file that its owner would write: what was found, without what is the default anyway.
import { stringify } from "yaml";
import type { Playbook } from "../model/playbook.ts";

/** YAML that the playbook's reader takes back to the same rules. */
export function detectedPlaybook({ components, versioning, changelog, release }: Playbook): string {
  const { discover, named } = components;
  return stringify(
    {
      schema: 1,
      components:
        discover === null
          ? Object.fromEntries(named.map(({ name, path }) => [name, { path }]))
          : { discover: { glob: discover.glob, name: discover.name, dependents: discover.dependents } },
      versioning: {
        source: versioning.source,
        no_signal: versioning.noSignal,
        ...(versioning.files.length === 0 ? {} : { files: versioning.files.flatMap(({ file, at }) => ("path" in at ? [{ file, [at.by]: at.path }] : [])) }),
      },
      changelog: { ...(changelog.file === null ? {} : { file: changelog.file }), style: changelog.style },
      release: { pull_request: { branch: release.pullRequest.branch }, tag: { name: release.tag.name } },
    },
    { lineWidth: 0 },
  );
}
