// `npm run bench:poison [-- --rounds 10]`: what one poisoned repository costs the others. The built app in a process of its
// own before the stand-in; a push to a repository beside it and to one of another installation, until the release pull request
// says so, in turns with and without the poison: 2,000 tags with hostile names, and a webhook every
// tenth of a second. The stand-in answers for the poisoned repository, too, and shares the machine's cores.
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { commitTo } from "../sandbox/scenarios/people.ts";
import type { StandIn } from "../sandbox/stand-in.ts";
import { startStandIn } from "../sandbox/start.ts";
import type { Repository } from "../sandbox/world/types.ts";
import { WEBHOOK_PATH } from "../src/web/deliveries.ts";
import { PLAYBOOK_PATH } from "../src/world.ts";
import { endBuilt } from "./built-app.ts";
import { answering, freePort, passed } from "./door-setting.ts";
import { SECRET, startOnStandIn } from "./on-stand-in.ts";
import { printRows } from "./rows.ts";

const PLAYBOOK = `schema: 1
components: {app: {path: .}}
versioning: {files: [{file: package.json, json: version}]}
changelog: {file: CHANGELOG.md}
`;
const TAGS = 2_000;
const FLOOD_EVERY_MS = 100;
/** A flood has begun before the push that is measured, as a rule. */
const FLOOD_BEFORE_MS = 3_000;
/** Until the first look at the poisoned repository is over, with what it writes. */
const SETTLE_MS = 15_000;
const PATIENCE_MS = 60_000;

const { values } = parseArgs({ options: { rounds: { type: "string", default: "10" } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) throw new Error(`--rounds: expected a number from 1 to 100, found "${values.rounds}"`);

const data = mkdtempSync(join(tmpdir(), "release-steward-bench-"));
const port = await freePort();
const hook = `http://127.0.0.1:${String(port)}${WEBHOOK_PATH}`;
const standIn = await startStandIn({
  clock: "real",
  deliver: ({ body }, headers) => deliver(body, headers),
});
try {
  const url = await standIn.listen(0);
  for (const owner of ["acme", "zeta"]) standIn.addUser(owner, { type: "Organization" });
  standIn.addUser("kim");
  const beside = await released(standIn, "acme");
  const elsewhere = await released(standIn, "zeta");
  const app = startOnStandIn(standIn, { url, owners: ["acme", "zeta"], port, variables: { DATA_DIRECTORY: data } });
  try {
    await answering(app, port);
    for (const repository of [beside, elsewhere]) await pushed(standIn, repository);
    process.stderr.write(`measuring ${String(rounds)} rounds with and without, about ${String(Math.ceil(rounds / 4))} minutes\n`);
    const poisoned = await released(standIn, "acme", "poisoned");
    await poison(poisoned);
    await deliverOnce(poisoned);
    await passed(SETTLE_MS);
    const took: Record<string, number[]> = { besideWith: [], besideWithout: [], elsewhereWith: [], elsewhereWithout: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const is of ["Without", "With"]) {
        const stop = is === "With" ? flood(poisoned) : () => undefined;
        await passed(FLOOD_BEFORE_MS);
        const [one, other] = await Promise.all([pushed(standIn, beside), pushed(standIn, elsewhere)]);
        took[`beside${is}`]?.push(one);
        took[`elsewhere${is}`]?.push(other);
        stop();
        await passed(2_000);
      }
    }
    const of = (name: string): number => Math.round(median(took[name] ?? []));
    const more = (where: string): number => Math.round((of(`${where}With`) / of(`${where}Without`) - 1) * 1000) / 10;
    const holds = printRows([
      { what: "push to updated pull request, beside it, without the poison (median)", measured: of("besideWithout"), unit: "ms", limit: null },
      { what: "with it", measured: of("besideWith"), unit: "ms", limit: null },
      { what: "that is longer by", measured: more("beside"), unit: "%", limit: 10 },
      { what: "push to updated pull request, in another installation, without it (median)", measured: of("elsewhereWithout"), unit: "ms", limit: null },
      { what: "with it", measured: of("elsewhereWith"), unit: "ms", limit: null },
      { what: "that is longer by", measured: more("elsewhere"), unit: "%", limit: 10 },
    ]);
    process.exitCode = holds ? 0 : 1;
  } finally {
    await endBuilt(app, "SIGTERM");
  }
} finally {
  await standIn.close();
  rmSync(data, { recursive: true, force: true });
}

async function deliver(body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return await fetch(hook, { method: "POST", body, headers }).then(
    ({ status }) => status,
    () => 0,
  );
}

async function released(on: StandIn, owner: string, name = "app"): Promise<Repository> {
  const repository = await on.addRepository(owner, name, { collaborators: { kim: "admin" } });
  const files = { "package.json": '{"version": "1.0.0"}\n', [PLAYBOOK_PATH]: PLAYBOOK };
  const sha = await commitTo(on, repository, "main", { message: "chore: begin", files, login: "kim" });
  await repository.git.updateRefs([{ name: "refs/tags/v1.0.0", before: null, after: sha }]);
  return repository;
}

/** Milliseconds from a push until the release pull request is for it. */
async function pushed(on: StandIn, repository: Repository): Promise<number> {
  const startedAt = performance.now();
  const sha = await commitTo(on, repository, "main", { message: "fix: disk", files: { "src/file.txt": randomUUID() }, login: "kim" });
  const isDone = (): boolean => [...repository.issues.values()].some(({ pull, body }) => pull !== null && (body ?? "").includes(`for ${sha.slice(0, 7)}`));
  while (!isDone()) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`the release pull request of ${repository.owner.login}/${repository.name} is not updated`);
    await passed(5);
  }
  return performance.now() - startedAt;
}

async function poison({ git }: Repository): Promise<void> {
  const head = git.refs().get("refs/heads/main") ?? null;
  for (let from = 0; from < TAGS; from += 1_000) {
    const names = Array.from({ length: 1_000 }, (_, index) => `refs/tags/v0.0.${String(from + index)}-$(id)<script>"`);
    await git.updateRefs(names.map((name) => ({ name, before: null, after: head })));
  }
}

/** A webhook for the poisoned repository every now and then, until it is told to stop. */
function flood(repository: Repository): () => void {
  const timer = setInterval(() => void deliverOnce(repository), FLOOD_EVERY_MS);
  return () => clearInterval(timer);
}

async function deliverOnce({ id, owner }: Repository): Promise<void> {
  const installation = [...standIn.world.installations.values()].find(({ account }) => account === owner);
  const body = JSON.stringify({ installation: { id: installation?.id ?? 0 }, repository: { id } });
  const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  await deliver(body, { "content-type": "application/json", "x-github-event": "push", "x-github-delivery": randomUUID(), "x-hub-signature-256": signature });
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
