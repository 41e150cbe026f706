// The sample repository of the sandbox: a small service with a past, four people, and a release on its way that waits for
// an open blocker, for a box that somebody has to tick, and for the approval of a team that its owner is not in.
import type { StandIn } from "../stand-in.ts";
import type { App, Repository } from "../world/types.ts";
import { addPeople, COLLABORATORS, commitTo, installCi, mergePull, openPull, reportCheck } from "./people.ts";

const OWNER = "harbour";
const CHECK = "build";
/** The name of every check run that the app makes. */
const OWN_CHECK = "Release Steward";
const BLOCKER = "release-blocker";

const PLAYBOOK = `# How lantern is released. Every key: docs/reference/playbook.md
schema: 1
roles:
  maintainers: "@harbour/maintainers"
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
gates:
  ci: {check: ${CHECK}}
  blockers: {no_open_issues: {labels: [${BLOCKER}]}}
  tried: {evidence: The light was seen from the pier}
  agreed: {approval: maintainers}
artifacts:
  - {workflow: publish.yml, trigger: tag}
`;

const PUBLISH = `name: Publish
on:
  push:
    tags: ["v*"]
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - {name: Pack, run: npm pack}
`;

const START = {
  "README.md": "# lantern\n\nKeeps a light on for ships that come home late.\n",
  "package.json": '{\n  "name": "lantern",\n  "version": "1.4.0",\n  "private": true\n}\n',
  "deploy/chart/Chart.yaml": "apiVersion: v2\nname: lantern\nversion: 0.3.0\nappVersion: 1.4.0 # follows the release\n",
  "CHANGELOG.md": "# Changelog\n\n## [1.4.0](https://example.test/lantern/v1.4.0) (2026-10-02)\n\n### Features\n\n* answer to a ship's horn\n",
  "src/light.js": "export const brightness = 1;\n",
  ".github/release-steward.yml": PLAYBOOK,
  ".github/workflows/publish.yml": PUBLISH,
};

export async function addLantern(standIn: StandIn): Promise<Repository> {
  standIn.addUser(OWNER, { type: "Organization", name: "The harbour" });
  addPeople(standIn, OWNER);
  standIn.addUser("mia", { name: "Mia Lind" });
  standIn.addTeam(OWNER, "maintainers", ["lee", "mia"]);
  const repository = await standIn.addRepository(OWNER, "lantern", { collaborators: { ...COLLABORATORS, mia: "maintain" } });
  const ci = installCi(standIn, OWNER);
  await addLabels(standIn, repository);
  await addLastRelease(standIn, repository);
  await addChanges(standIn, repository);
  await addBlocker(standIn, repository);
  await requireBoth(standIn, repository, ci);
  await buildEveryHead(standIn, repository);
  return repository;
}

async function addLabels({ operations, actorFor }: StandIn, repository: Repository): Promise<void> {
  await operations.createLabel(actorFor("ann"), repository, { name: "bug", color: "d73a4a", description: "Something is broken" });
  await operations.createLabel(actorFor("ann"), repository, { name: BLOCKER, color: "b60205", description: "Nothing is released while this is open" });
}

async function addLastRelease(standIn: StandIn, repository: Repository): Promise<void> {
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
  for (const run of repository.actions.runs.values()) await operations.finishRun(repository, run, "success");
}

/** What the next release carries: a fix, and words that call for none. */
async function addChanges(standIn: StandIn, repository: Repository): Promise<void> {
  const bug = await standIn.operations.openIssue(standIn.actorFor("sam"), repository, {
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
}

async function addBlocker({ operations, actorFor }: StandIn, repository: Repository): Promise<void> {
  const blocker = await operations.openIssue(actorFor("sam"), repository, {
    title: "The horn is not heard in fog",
    body: "The new door keeps the sound in. No ship should find that out by itself: **let us not release before somebody has listened.**",
    labels: [BLOCKER, "bug"],
    milestone: null,
  });
  await operations.assign(actorFor("sam"), repository, blocker, [actorFor("lee").user]);
}

/** From now on nothing is merged that was not built, or that the app says waits. Only Lee may push past it, so that somebody can try a push. */
async function requireBoth({ operations, actorFor }: StandIn, repository: Repository, ci: App): Promise<void> {
  const checks = [
    { name: CHECK, appId: ci.id },
    { name: OWN_CHECK, appId: null },
  ];
  await operations.requireChecks(actorFor("ann"), repository, { branch: repository.defaultBranch, by: "protection", checks });
  const [protection] = repository.rulesets;
  if (protection === undefined) throw new Error("nothing protects the branch");
  const bypass = [{ who: { is: "person", id: actorFor("lee").user.id }, when: "always" }] as const;
  await operations.keepRuleset(actorFor("ann"), repository, { ...protection, bypass });
}

/** Reports that every head was built, these and those to come, each once; so somebody may say on the page that it failed. */
async function buildEveryHead(standIn: StandIn, repository: Repository): Promise<void> {
  const built = new Set<string>();
  const build = async (): Promise<void> => {
    for (const sha of headsOf(repository)) {
      if (built.has(sha)) continue;
      built.add(sha);
      await reportCheck(standIn, repository, sha, CHECK, "success");
    }
  };
  await build();
  standIn.observe({
    webhook(event) {
      // Nothing but the end of the stand-in is in its way.
      if (event === "push" || event === "pull_request") build().catch(() => undefined);
    },
  });
}

/** Of the default branch and of every open pull request. */
function headsOf({ git, defaultBranch, issues }: Repository): readonly string[] {
  const head = git.refs().get(`refs/heads/${defaultBranch}`);
  const pulls = [...issues.values()].flatMap(({ state, pull }) => (state === "open" && pull !== null ? [pull.headSha] : []));
  return head === undefined ? pulls : [head, ...pulls];
}
