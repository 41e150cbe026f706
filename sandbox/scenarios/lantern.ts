// The sample repository of the sandbox: a small service with a past, three people, and a release on its way.
import type { StandIn } from "../stand-in.ts";
import type { Repository } from "../world/types.ts";
import { addPeople, COLLABORATORS, commitTo, mergePull, openPull } from "./people.ts";

const PLAYBOOK = `# How lantern is released. Every key: docs/reference/playbook.md
schema: 1
components:
  lantern: {path: .}
versioning:
  files:
    - {file: package.json, json: version}
    - {file: deploy/chart/Chart.yaml, yaml: appVersion, value: "{version}"}
changelog:
  file: CHANGELOG.md
release:
  pull_request: {title: "Release lantern {version}", branch: release/next, labels: [release]}
  notes: {sections: [Highlights, Known issues]}
`;

const START = {
  "README.md": "# lantern\n\nKeeps a light on for ships that come home late.\n",
  "package.json": '{\n  "name": "lantern",\n  "version": "1.4.0",\n  "private": true\n}\n',
  "deploy/chart/Chart.yaml": "apiVersion: v2\nname: lantern\nversion: 0.3.0\nappVersion: 1.4.0 # follows the release\n",
  "CHANGELOG.md": "# Changelog\n\n## [1.4.0](https://example.test/lantern/v1.4.0) (2026-10-02)\n\n### Features\n\n* answer to a ship's horn\n",
  "src/light.js": "export const brightness = 1;\n",
  ".github/release-steward.yml": PLAYBOOK,
};

export async function addLantern(standIn: StandIn): Promise<Repository> {
  standIn.addUser("harbour", { type: "Organization", name: "The harbour" });
  addPeople(standIn, "harbour");
  const repository = await standIn.addRepository("harbour", "lantern", { collaborators: COLLABORATORS });
  const { operations } = standIn;
  const released = await commitTo(standIn, repository, "main", { message: "chore: release lantern 1.4.0", files: START, login: "ann" });
  await operations.updateRefs(standIn.actorFor("ann"), repository, [{ name: "refs/tags/v1.4.0", before: null, after: released, force: false }]);
  await operations.createRelease(standIn.actorFor("ann"), repository, {
    tag: "v1.4.0",
    target: released,
    name: "v1.4.0",
    body: "### Features\n\n* answer to a ship's horn\n",
    isDraft: false,
    makeLatest: "true",
  });
  const bug = await operations.openIssue(standIn.actorFor("sam"), repository, {
    title: "The light goes out when the door is opened",
    body: "Every time. It is quite dark then.",
    labels: ["bug"],
    milestone: null,
  });
  const fix = await openPull(standIn, repository, {
    branch: "steady",
    title: "fix: keep the flame steady in a draught",
    body: `Closes #${String(bug.number)}.`,
    files: { "src/light.js": "export const brightness = 1;\nexport const shielded = true;\n" },
    login: "lee",
    labels: ["bug"],
  });
  await mergePull(standIn, repository, fix, "ann", "squash");
  const docs = await openPull(standIn, repository, {
    branch: "words",
    title: "docs: say how to trim the wick",
    files: { "README.md": `${START["README.md"]}\nTrim the wick once a week.\n` },
    login: "lee",
  });
  await mergePull(standIn, repository, docs, "ann", "squash");
  return repository;
}
