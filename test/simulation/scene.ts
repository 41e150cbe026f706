// Two accounts on the stand-in with the app installed on both, processes of the app, and whatever can go wrong between them.
import { addSteward } from "../../sandbox/add-steward.ts";
import type { Fault, When } from "../../sandbox/faults/spoil.ts";
import { commitTo, installCi } from "../../sandbox/scenarios/people.ts";
import type { StandIn } from "../../sandbox/stand-in.ts";
import { startStandIn } from "../../sandbox/start.ts";
import type { App, Installation, Permission, Repository } from "../../sandbox/world/types.ts";
import { openSqliteQueue } from "../../src/wake/engine-sqlite.ts";
import { LEASE_MS } from "../../src/wake/run.ts";
import type { Queue } from "../../src/wake/types.ts";
import { PLAYBOOK_PATH } from "../../src/world.ts";
import { type AppProcess, lookOf, startProcess } from "./app-process.ts";
import { type History, PEOPLE, type TeamSpec } from "./history.ts";
import { openMail } from "./mail.ts";
import { componentsOf, filesOf, PLAIN, playbookOf, tagPrefixOf } from "./team.ts";
import { simulatedTime, type Time } from "./time.ts";
import { openWitness, type Witness } from "./witness.ts";

/** What the account that little is done to releases, and how. */
const NEIGHBOUR: TeamSpec = { ...PLAIN, file: "json" };

/** As the app's queue names a repository. */
export const keyOf = ({ installation, repository }: { readonly installation: { readonly id: number }; readonly repository: { readonly id: number } }): string =>
  `${String(installation.id)}/${String(repository.id)}`;

/** A repository with the one who releases it. */
export type Place = {
  readonly repository: Repository;
  readonly installation: Installation;
  readonly team: TeamSpec;
  /** Stands in a file of this repository and nowhere else. */
  readonly secret: string;
  /** How many changes were made: they go to one component after the other. */
  readonly changes: { made: number };
  /** Somebody changed the playbook, or may have. */
  readonly rules: { haveChanged: boolean };
  /** What people wrote where nobody may overwrite it, and in which pull request. */
  readonly written: { readonly number: number; readonly token: string; readonly where: "body" | "branch"; readonly isLookedFor: "always" | "end" }[];
};

export type Scene = {
  readonly standIn: StandIn;
  readonly app: App;
  readonly places: readonly [Place, Place];
  readonly time: Time;
  readonly queue: Queue;
  readonly witness: Witness;
  readonly processes: () => readonly AppProcess[];
  readonly startProcess: () => AppProcess;
  /** The oldest one that is alive and not frozen. */
  readonly running: () => AppProcess | undefined;
  /** The process that runs now dies, and is started again after a while. */
  readonly killNow: () => void;
  readonly mail: ReturnType<typeof openMail>;
  /** At the so-manieth request from now. */
  readonly atRequest: (count: number, happens: () => Fault | null | Promise<Fault | null>) => void;
  /** How many commits of the queue there were so far, of all processes. */
  readonly commits: () => number;
  readonly atCommit: (count: number, dies: When) => void;
  /** No fault that was planned happens any more, and every process runs. */
  readonly calm: () => void;
  readonly close: () => Promise<void>;
};

const SECOND_MS = 1_000;
export const SWEEP_MS = 24 * 3_600_000;
const LOOK_EVERY_MS = 30 * 60_000;
/** How long a machine takes to start a process that died. */
const RESTART_MS = 20 * SECOND_MS;

/** @param lookEveryMs seldom when left out, because simulated weeks are long */
export async function openScene({ team }: Pick<History, "team">, lookEveryMs = LOOK_EVERY_MS): Promise<Scene> {
  let scene: Scene | null = null;
  const opened = (): Scene => {
    if (scene === null) throw new Error("the scene is not open yet");
    return scene;
  };
  const mail = openMail(
    async (delivery, event) => {
      if (scene === null) return 200;
      const process = opened().running();
      if (process === undefined) return 0;
      const status = await process.hear(event, delivery.body);
      const { installation, repository } = delivery;
      if (status === 200 && event === delivery.event && installation !== null && repository !== null && isNews(delivery.body, opened().app))
        opened().witness.acknowledge({ at: standIn.world.now(), key: keyOf({ installation, repository }) });
      return status;
    },
    () => opened().time,
  );
  const standIn: StandIn = await startStandIn({
    clock: "manual",
    git: "memory",
    deliver: (delivery, headers) => (scene === null ? Promise.resolve(200) : mail.deliver(delivery, headers)),
  });
  standIn.keepAnswers();
  for (const account of ["acme", "other"]) standIn.addUser(account, { type: "Organization" });
  for (const login of PEOPLE) standIn.addUser(login);
  standIn.addTeam("acme", "reviewers", ["mo", "ann"]);
  const app = addSteward(standIn, { publicKey: "", publicUrl: "http://app.test", secret: "x" });
  installCi(standIn, "acme");
  const places = [await settle(standIn, app, "acme", team), await settle(standIn, app, "other", NEIGHBOUR)] as const;

  const time = simulatedTime(standIn);
  const witness = openWitness(standIn, app, lookOf);
  const queue = openSqliteQueue({ path: ":memory:", now: time.machineNow, leaseMs: LEASE_MS, random: () => 0.5 });
  const processes: AppProcess[] = [];
  const requests = new Map<number, (() => Fault | null | Promise<Fault | null>)[]>();
  const commits = new Map<number, When>();
  let requested = 0;
  let committed = 0;

  standIn.intercept(async ({ method, path, body, isWrite }) => {
    requested += 1;
    const happens = requests.get(requested) ?? [];
    requests.delete(requested);
    let fault: Fault | null = null;
    for (const one of happens) fault = (await one()) ?? fault;
    // A token is made for the app itself, and changes nothing that anybody sees.
    witness.ask({
      at: time.now(),
      look: lookOf(),
      method,
      path,
      question: `${path} ${JSON.stringify(body)}`,
      isWrite: isWrite && !path.endsWith("/access_tokens"),
      fault,
    });
    return fault;
  });

  const startLater = (): void => time.at(time.now() + RESTART_MS, () => void start());
  const start = (): AppProcess => {
    const process = startProcess({
      id: processes.length + 1,
      standIn,
      app,
      queue,
      time,
      sweepMs: SWEEP_MS,
      lookEveryMs,
      onLook: witness.look,
      onOutcome: witness.outcome,
      onError: (message, error) => witness.error(`${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      diesAtCommit: () => {
        committed += 1;
        const dies = commits.get(committed) ?? null;
        commits.delete(committed);
        if (dies !== null) startLater();
        return dies;
      },
    });
    processes.push(process);
    return process;
  };

  const alive = (): AppProcess[] => processes.filter((process) => process.isAlive());
  const running = (): AppProcess | undefined => alive().find((process) => !process.isFrozen());
  scene = {
    standIn, app, places, time, queue, witness, mail,
    processes: () => processes,
    startProcess: start,
    running,
    killNow() {
      const process = running();
      if (process === undefined) return;
      process.kill();
      startLater();
    },
    atRequest: (count, happens) => void requests.set(requested + count, [...(requests.get(requested + count) ?? []), happens]),
    commits: () => committed,
    atCommit: (count, dies) => void commits.set(committed + count, dies),
    calm() {
      requests.clear();
      commits.clear();
      time.skew(0);
      for (const process of alive()) process.thaw();
      if (alive().length === 0) start();
    },
    async close() {
      for (const process of processes) process.kill();
      await time.rest();
      standIn.intercept(null);
      await queue.close();
      await standIn.close();
    },
  }; // prettier-ignore
  return scene;
}

/** What the app itself did wakes nobody: it looks again anyway. */
function isNews(body: string, app: App): boolean {
  const { sender } = JSON.parse(body) as { readonly sender?: { readonly login: string } };
  return sender?.login !== app.bot.login;
}

async function settle(standIn: StandIn, app: App, owner: string, team: TeamSpec): Promise<Place> {
  const collaborators: Record<string, Permission> = { kim: "admin", lee: "write", mo: "write", ann: "write", jo: "read" };
  const repository = await standIn.addRepository(owner, "tool", { collaborators, isPrivate: true });
  const installation = standIn.install(app, owner);
  const secret = `only-in-${owner}`;
  const files = { ...filesOf(team), [PLAYBOOK_PATH]: playbookOf(team), "NOTES.txt": `${secret}\n` };
  const sha = await commitTo(standIn, repository, repository.defaultBranch, { message: `chore: begin ${secret}`, files, login: "kim" });
  const tags = componentsOf(team).map(({ name }) => ({ name: `refs/tags/${tagPrefixOf(team, name)}1.0.0`, before: null, after: sha, force: false }));
  await standIn.operations.updateRefs(standIn.actorFor("kim"), repository, tags);
  return { repository, installation, team, secret, changes: { made: 0 }, rules: { haveChanged: false }, written: [] };
}
