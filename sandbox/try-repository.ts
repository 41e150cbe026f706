// `node sandbox/try-repository.ts DIR`: a real repository on the stand-in, the app at work on it, and whether what it opens
// is what `release-steward plan` says for the same commits. Then one release is merged and has to appear.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Outcome } from "../src/wake/worker.ts";
import { createLog } from "../src/web/log.ts";
import { differences, localPlan, namesOf, openReleasePullRequests, proposedIn } from "./compare.ts";
import { untilQuiet } from "./quiet.ts";
import { addFromDirectory } from "./scenarios/from-directory.ts";
import { commitTo, type Files, mergePull } from "./scenarios/people.ts";
import { startWithApp, type WithApp } from "./with-app.ts";
import type { Issue } from "./world/types.ts";

const USAGE = `node sandbox/try-repository.ts DIR [options]

Puts a local git repository on a stand-in for GitHub, lets the app work on it, and compares what it opens with what
the same commits call for when they are read locally. Then merges one release pull request and looks for its release.

  --playbook FILE   put this file into it as .github/release-steward.yml
  --commit MESSAGE  push a commit with this message first: an answer where a release is a question
  --file PATH=FILE  what that commit changes: FILE as PATH (default: a file TRIED.md)
  --merge METHOD    merge (default), squash or rebase

Exit code: 0 everything as planned, 1 a difference, 2 wrong usage.
`;
const METHODS = ["merge", "squash", "rebase"] as const;
type Method = (typeof METHODS)[number];
const QUIET_WITHIN_MS = 10 * 60_000;
/** Transient: the app keeps itself within what GitHub lets an installation write a minute, and goes on later. */
const EXPECTED: ReadonlySet<string> = new Set(["done", "stale", "transient"]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    playbook: { type: "string" },
    commit: { type: "string" },
    file: { type: "string" },
    merge: { type: "string", default: "merge" },
    help: { type: "boolean", short: "h", default: false },
  },
});
const [directory] = positionals;
const method = METHODS.find((one) => one === values.merge);
if (values.help || directory === undefined || method === undefined) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else process.exitCode = (await tryRepository(directory, method)) ? 0 : 1;

async function tryRepository(from: string, chosen: Method): Promise<boolean> {
  const outcomes: Outcome[] = [];
  const running = await startWithApp({
    populate: async (standIn) => {
      const repository = await addFromDirectory(standIn, from, values.playbook ?? null);
      if (values.commit !== undefined)
        await commitTo(standIn, repository, repository.defaultBranch, { message: values.commit, files: changed(), login: "lee" });
      return repository;
    },
    port: 0,
    log: createLog("error"),
    writeSpacingMs: 0,
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  try {
    const isAsPlanned = await compare(running, "opened");
    const [pull] = openReleasePullRequests(running.repository);
    const isReleased = pull === undefined || (await release(running, pull, chosen));
    const failed = outcomes.filter(({ kind }) => !EXPECTED.has(kind));
    print(
      `\n${String(outcomes.length)} looks: ${[...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, all]) => `${String(all.length)} ${kind}`).join(", ")}`,
    );
    const { unknownRoutes, unknownFields } = running.standIn.world;
    for (const unknown of new Set([...unknownRoutes, ...unknownFields])) print(`the stand-in lacks ${unknown}`);
    return isAsPlanned && isReleased && failed.length === 0;
  } finally {
    await running.close();
  }
}

function changed(): Files {
  const [path = "", file = ""] = (values.file ?? "").split("=");
  return values.file === undefined ? { "TRIED.md": "Tried.\n" } : { [path]: readFileSync(file, "utf8") };
}

/** Waits until the app is quiet, shows what stands there and holds it against the local plan. */
async function compare(running: WithApp, what: string): Promise<boolean> {
  const { repository, address, standIn } = running;
  const before = standIn.world.requests.length;
  const startedAt = Date.now();
  await untilQuiet(running, QUIET_WITHIN_MS);
  const head = headOf(running);
  print(`\n${repository.owner.login}/${repository.name} at ${head.slice(0, 7)}: ${what}, and quiet after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
  for (const one of openReleasePullRequests(repository)) await show(running, one);
  showChecks(running, head, "the head");
  const asked = standIn.world.requests.slice(before).filter(({ actor }) => actor === "release-steward[bot]");
  const writes = asked.filter(({ isWrite }) => isWrite).length;
  print(`  ${String(asked.length)} requests of the app: ${String(asked.length - writes)} reads, ${String(writes)} writes`);
  const plan = await localPlan(repository, address);
  const decisions = plan.components.map(({ name, decision, version }) => `${name} ${version ?? decision}`);
  print(`  planned locally: ${String(proposedIn(plan).length)} pull requests (${decisions.join(", ")})`);
  const found = await differences(repository, plan);
  print(found.length === 0 ? "  same as planned locally" : found.map((one) => `  DIFFERENT ${one}`).join("\n"));
  return found.length === 0;
}

async function show({ repository, standIn }: WithApp, { number, title, labels, pull }: Issue): Promise<void> {
  const { git, defaultBranch } = repository;
  print(`  #${String(number)} ${title}`);
  print(`     ${pull?.head ?? ""}${labels.length === 0 ? "" : `, labelled ${namesOf(labels)}`}`);
  const base = git.refs().get(`refs/heads/${defaultBranch}`) ?? "";
  const from = await git.mergeBase(base, pull?.headSha ?? "");
  for (const { path, additions, deletions } of await git.diff(from, pull?.headSha ?? "")) print(`     ${path} +${String(additions)} -${String(deletions)}`);
  showChecks({ repository, standIn }, pull?.headSha ?? "", "its check");
}

function showChecks({ repository }: Pick<WithApp, "repository" | "standIn">, sha: string, where: string): void {
  for (const { headSha, name, conclusion, output } of repository.checkRuns.values())
    if (headSha === sha) print(`     ${where}: ${name}, ${conclusion ?? "in progress"}: ${output.title ?? ""}`);
}

/** Merges it as a person would; every tag of it has to appear at that commit, each with a published release. */
async function release(running: WithApp, issue: Issue, chosen: Method): Promise<boolean> {
  const { standIn, repository, address } = running;
  const plan = await localPlan(repository, address);
  const names = proposedIn(plan).find(({ branch }) => branch === issue.pull?.head)?.components ?? [];
  const tags = plan.components.flatMap(({ name, tag }) => (names.includes(name) && tag !== null ? [tag] : []));
  const sha = await mergePull(standIn, repository, issue, "ann", chosen);
  const isAsPlanned = await compare(running, `#${String(issue.number)} merged (${chosen})`);
  const missing = (await Promise.all(tags.map((tag) => whatIsMissing(running, tag, sha)))).flat();
  print(missing.length === 0 ? `  released ${tags.join(", ")} at ${sha.slice(0, 7)}` : missing.map((one) => `  DIFFERENT ${one}`).join("\n"));
  return isAsPlanned && tags.length > 0 && missing.length === 0;
}

async function whatIsMissing({ repository }: WithApp, tag: string, sha: string): Promise<string[]> {
  const at = await repository.git.resolve(`refs/tags/${tag}`);
  const made = [...repository.releases.values()].filter((one) => one.tag === tag);
  return [
    ...(at === sha ? [] : [`the tag ${tag} is ${at === null ? "missing" : `at ${at.slice(0, 7)}`}, merged was ${sha.slice(0, 7)}`]),
    ...(made.length === 1 && made[0]?.isDraft === false ? [] : [`${tag} has ${String(made.length)} releases, and none alone that is published`]),
  ];
}

function headOf({ repository: { git, defaultBranch } }: WithApp): string {
  return git.refs().get(`refs/heads/${defaultBranch}`) ?? "";
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
