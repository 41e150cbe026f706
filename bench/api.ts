// `npm run bench:api [-- requests gates charts speed memory]`: what the app costs GitHub and its server, counted by the stand-in. Ends with exit code 1 when a
// promise of the product does not hold.
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStandIn } from "../sandbox/start.ts";
import { addLantern } from "../sandbox/scenarios/lantern.ts";
import { installCi, openPull } from "../sandbox/scenarios/people.ts";
import type { StandIn } from "../sandbox/stand-in.ts";
import type { Repository } from "../sandbox/world/types.ts";
import { startTeam, type Team } from "../test/fixtures/team.ts";
import { endBuilt, megabytes } from "./built-app.ts";
import { startOnStandIn } from "./on-stand-in.ts";
import { printRows, type Row } from "./rows.ts";

const SINGLE = `schema: 1
components: {app: {path: .}}
versioning: {files: [{file: package.json, json: version}]}
changelog: {file: CHANGELOG.md}
`;
const CHARTS = `schema: 1
components: {discover: {glob: "charts/*/Chart.yaml", name: directory}}
versioning: {files: [{file: "{path}/Chart.yaml", yaml: version}]}
changelog: {file: "{path}/CHANGELOG.md"}
release: {tag: {name: "{component}-{version}"}}
`;
const GATES = `${SINGLE}roles: {steward: "@acme/stewards", operator: ["@lee"]}
gates:
  ci: {check: build}
  blockers: {no_open_issues: {labels: [release-blocker]}}
  backup: {evidence: Database is backed up, by: operator}
  agreed: {approval: steward}
policies:
  default: {gates: [ci, blockers, backup, agreed]}
`;
const LATENCY_MS = 50;

const rows: Row[] = [];
const note = (what: string, measured: number, unit: string, limit: number | null): void => void rows.push({ what, measured, unit, limit });

/** Requests that the app sends until it is quiet. */
async function cost(team: Team, change: () => Promise<unknown>): Promise<{ readonly reads: number; readonly writes: number; readonly all: number }> {
  await change();
  const before = team.standIn.world.requests.length;
  await team.settle();
  const sent = team.standIn.world.requests.slice(before).filter(({ actor }) => actor.includes("[bot]"));
  const writes = sent.filter(({ isWrite }) => isWrite).length;
  return { reads: sent.length - writes, writes, all: sent.length };
}

async function single(options: { readonly playbook?: string; readonly latencyMs?: number; readonly writeSpacingMs?: number } = {}): Promise<Team> {
  const team = await startTeam({ playbook: SINGLE, files: { "package.json": '{"version": "1.0.0"}\n' }, ...options });
  await team.tag("v1.0.0");
  await team.settle();
  return team;
}

async function charts(count: number): Promise<Team> {
  const names = Array.from({ length: count }, (_, index) => `chart${String(index)}`);
  const team = await startTeam({
    playbook: CHARTS,
    files: Object.fromEntries(names.map((name) => [`charts/${name}/Chart.yaml`, `name: ${name}\nversion: 1.0.0\n`])),
  });
  for (const name of names) await team.tag(`${name}-1.0.0`);
  await team.settle();
  return team;
}

async function requests(): Promise<void> {
  await withoutGates("with a desk", SINGLE);
  await withoutGates("without a desk", `${SINGLE}release: {desk: false}\n`);
}

async function withoutGates(desk: string, playbook: string): Promise<void> {
  const team = await single({ playbook });
  const note = (what: string, measured: number, unit: string, limit: number | null): void =>
    void rows.push({ what: `${what}, ${desk}`, measured, unit, limit });
  note("push that changes nothing", (await cost(team, () => team.push("docs: words"))).all, "requests", 2);
  note("open the pull request", (await cost(team, () => team.contribute("fix: one"))).all, "requests", 8);
  note("push to another branch, pull request open", (await cost(team, () => team.pushTo("feature", "docs: more words"))).all, "requests", 2);
  note("push that the pull request only mentions", (await cost(team, () => team.push("docs: more words"))).reads, "reads", 2);
  note("update it", (await cost(team, () => team.contribute("feat: two"))).all, "requests", 8);
  team.restart();
  note("update it, right after a start", (await cost(team, () => team.contribute("fix: three"))).all, "requests", 8);
  for (let index = 0; index < 100; index += 1) await team.contribute(`fix: number ${String(index)}`);
  note("update it with 100 pull requests more", (await cost(team, () => team.contribute("fix: four"))).all, "requests", 8);
  note("release after the merge", (await cost(team, () => team.merge(team.releasePullRequest()))).all, "requests", null);
  await team.standIn.close();
}

async function gates(): Promise<void> {
  const team = await single({ playbook: GATES });
  installCi(team.standIn, "acme");
  team.standIn.addTeam("acme", "stewards", ["kim", "jo"]);
  await team.standIn.operations.createLabel(team.person("kim"), team.repository, { name: "release-blocker", color: "ff0000", description: null });
  note("open the pull request, four gates", (await cost(team, () => team.contribute("feat: one"))).all, "requests", null);
  await withGates(team, "four gates");
  const flood = await cost(team, () => openMany(team, 100));
  note("a check for each of 100 pull requests of people", flood.writes, "writes", 6);
  await withGates(team, "four gates, 100 pull requests of people");
  await team.standIn.close();
}

async function withGates(team: Team, given: string): Promise<void> {
  const measured = async (what: string, change: () => Promise<unknown>): Promise<void> =>
    note(`${what}, ${given}`, (await cost(team, change)).all, "requests", 8);
  const pull = team.releasePullRequest();
  await measured("a look at what has not changed", () => Promise.resolve(team.wake()));
  await measured("a check that finished", () => team.report(pull, "build"));
  await measured("an approval", () => team.approve(pull, "kim"));
  await measured("a tick", () => team.tick(pull, "backed up", "lee"));
  await measured("update it after a push", () => team.contribute("feat: another"));
  // Back to where it began, for the next measurement.
  await team.tick(pull, "backed up", "lee", false);
  await team.settle();
}

async function openMany(team: Team, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const name = `people-${String(index)}`;
    await openPull(team.standIn, team.repository, { branch: name, title: `fix: ${name}`, files: { [name]: "1\n" }, login: "lee", labels: [] });
  }
}

async function manyCharts(): Promise<void> {
  const reads: number[] = [];
  for (const count of [1, 20]) {
    const team = await charts(count);
    team.restart();
    const everywhere = Object.fromEntries(Array.from({ length: count }, (_, index) => [`charts/chart${String(index)}/values.yaml`, "a: 1\n"]));
    const { reads: read } = await cost(team, () => team.push("fix: everywhere", everywhere));
    reads.push(read);
    await team.standIn.close();
  }
  const [one = 0, twenty = 0] = reads;
  note("reads to open the pull request of 1 chart, right after a start", one, "reads", null);
  note("reads more to open those of 20 charts", twenty - one, "reads", 3);
}

async function speed(): Promise<void> {
  for (const [writeSpacingMs, limit] of [
    [0, 600],
    [1_000, 4_000],
  ] as const) {
    const team = await single({ latencyMs: LATENCY_MS, writeSpacingMs });
    await team.push("fix: one");
    await team.settle();
    const took: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      await team.push(`feat: ${String(run)}`);
      const before = performance.now();
      await team.reconcileOnce();
      took.push(performance.now() - before);
    }
    note(`update with ${String(LATENCY_MS)} ms a request, ${String(writeSpacingMs)} ms between writes (median of 5)`, Math.round(median(took)), "ms", limit);
    await team.standIn.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

const WATCHED = 1_000;
const SWEEP_MS = 60_000;
const SETTLE_MS = 10_000;

/** The built app in a process of its own, as `node dist/main.js` runs it: with one repository, and with 999 more. */
async function memory(): Promise<void> {
  const standIn = await startStandIn({ clock: "real", deliver: () => Promise.resolve(202) });
  const data = mkdtempSync(join(tmpdir(), "release-steward-bench-"));
  try {
    const url = await standIn.listen(0);
    const sample = await addLantern(standIn);
    const variables = { DATA_DIRECTORY: data, SWEEP_MINUTES: String(SWEEP_MS / 60_000), WRITE_SPACING_MS: "0" };
    const app = startOnStandIn(standIn, { url, owners: ["harbour"], port: 0, variables });
    try {
      await lookedAt(standIn, 1);
      const one = await settled(app, SETTLE_MS);
      const written = writes(standIn);
      watchMore(standIn, sample, WATCHED - 1);
      await lookedAt(standIn, WATCHED);
      // One sweep more: the second look at a repository uses and replaces what the first left behind.
      const many = await settled(app, SWEEP_MS + SETTLE_MS);
      if (writes(standIn) > written) throw new Error("the repositories were written to: what was measured is not an idle app");
      note("idle app", Math.round(one), "MB", 150);
      note(`${String(WATCHED)} repositories watched, more`, Math.round(many - one), "MB", 100);
      note("the most it ever took", Math.round(megabytes(app, "VmHWM")), "MB", null);
    } finally {
      await endBuilt(app, "SIGTERM");
    }
  } finally {
    await standIn.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * As many repositories more, each with its own id, by which the app tells them apart. They share the git repository, the
 * open pull request and the name in its links, so that there is nothing left to write in any of them.
 */
function watchMore({ world }: StandIn, sample: Repository, count: number): void {
  for (let index = 1; index <= count; index += 1) world.repositories.set(`harbour/lantern-${String(index)}`, { ...sample, id: world.nextId() });
}

function writes({ world }: StandIn): number {
  return world.requests.filter(({ actor, isWrite }) => isWrite && actor.includes("[bot]")).length;
}

/** Until the app has looked at so many; it lists the repositories anew with each sweep. */
async function lookedAt({ world }: StandIn, count: number): Promise<void> {
  const until = Date.now() + 3 * SWEEP_MS;
  for (;;) {
    const looks = new Set(world.requests.filter(({ url }) => /\/repositories\/\d+$/.test(url)).map(({ url }) => url)).size;
    if (looks >= count) return;
    if (Date.now() > until) throw new Error(`the app has looked at ${String(looks)} of ${String(count)} repositories`);
    await passed(500);
  }
}

/** Resident memory after a while. */
async function settled(app: ChildProcess, ms: number): Promise<number> {
  process.stderr.write(`  settling for ${String(ms / 1000)} s\n`);
  await passed(ms);
  return megabytes(app, "VmRSS");
}

async function passed(ms: number): Promise<void> {
  await new Promise((resolve) => void setTimeout(resolve, ms));
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = { requests, gates, charts: manyCharts, speed, memory };
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) throw new Error(`expected some of ${Object.keys(PARTS).join(", ")}, found ${unknown.join(", ")}`);
for (const [name, measure] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`measuring ${name}${name === "memory" ? ", about three minutes" : ""}\n`);
  await measure();
}
process.exitCode = printRows(rows) ? 0 : 1;
