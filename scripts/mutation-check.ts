// Deliberate faults, each put into a copy of the checkout and given to the tests that have to notice it. One that nobody
// notices fails the whole check. Run it with `npm run mutate`; words after it choose faults by what they say.
import { execFileSync, spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

type Fault = {
  /** What would go wrong. */
  readonly what: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** Files whose tests have to notice it. */
  readonly noticedBy: readonly string[];
};

const FAULTS: readonly Fault[] = [
  {
    what: "one open gate is enough",
    file: "src/decide/agreement/judge-line.ts",
    from: 'return gates.every(({ state }) => state === "open");',
    to: 'return gates.some(({ state }) => state === "open");',
    noticedBy: ["test/stories/merged.test.ts"],
  },
  {
    what: "one person overrides a gate",
    file: "src/decide/agreement/overrides.ts",
    from: "if (second === undefined) {",
    to: 'if (second === undefined && first.by === "") {',
    noticedBy: ["test/stories/gates.test.ts", "test/stories/two-people.test.ts"],
  },
  {
    what: "one person skips a step",
    file: "src/decide/rollout/skips.ts",
    from: "by.toLowerCase() !== first.by.toLowerCase()",
    to: "by.length > 0",
    noticedBy: ["src/decide/rollout/skips.test.ts"],
  },
  {
    what: "a soak is over at once",
    file: "src/decide/agreement/judge-line.ts",
    from: "if (takenAt >= countsAt) return found;",
    to: "if (takenAt >= since) return found;",
    noticedBy: ["test/stories/gates.test.ts"],
  },
  {
    what: "what was said before a watch counts",
    file: "src/decide/rollout/environment-step.ts",
    from: ": boolean => at >= countsAt;",
    to: ": boolean => at >= 0;",
    noticedBy: ["src/decide/rollout/environment-step.test.ts"],
  },
  {
    what: "a workflow is started at each look",
    file: "src/decide/rollout/workflow-step.ts",
    from: "if (record.intent === null) return begin(asked, record, seen);",
    to: "if (record.attempts.length === 0) return begin(asked, record, seen);",
    noticedBy: ["src/decide/rollout/workflow-step.test.ts"],
  },
  {
    what: "an intent without a run is taken for none",
    file: "src/decide/rollout/workflow-step.ts",
    from: "if (takenAt < tellsAt)",
    to: "if (takenAt < 0)",
    noticedBy: ["src/decide/rollout/workflow-step.test.ts"],
  },
  {
    what: "the run of a candidate is adopted for its release",
    file: "src/decide/rollout/workflow-step.ts",
    from: ".some((after) => !/^(?:[\\w+-]|\\.\\w)/.test(after));",
    to: ".some(() => true);",
    noticedBy: ["src/decide/rollout/workflow-step.test.ts"],
  },
  {
    what: "control characters reach a workflow",
    file: "src/decide/rollout/inputs.ts",
    from: "return strange === undefined ? null",
    to: 'return strange !== "" ? null',
    noticedBy: ["src/decide/rollout/inputs.test.ts"],
  },
  {
    what: "a tag that was moved is believed",
    file: "src/decide/rollout/tag-watch.ts",
    from: "if (found === sha || (found === null && !wasTagged)) return [];",
    to: "if (found !== null || !wasTagged) return [];",
    noticedBy: ["src/decide/rollout/tag-watch.test.ts"],
  },
  {
    what: "a moving tag goes backwards",
    file: "src/decide/rollout/moving-tags.ts",
    from: "compareVersions(standing.version, target.version) > 0",
    to: "compareVersions(standing.version, target.version) > 99",
    noticedBy: ["src/decide/rollout/moving-tags.test.ts"],
  },
  {
    what: "a newer version elsewhere is taken back",
    file: "src/decide/rollout/companions/judge.ts",
    from: "if (wished.newer !== null) {",
    to: 'if (wished.newer === "") {',
    noticedBy: ["src/decide/rollout/companions/judge.test.ts"],
  },
  {
    what: "a tag on another commit is accepted",
    file: "src/act/publish-release.ts",
    from: "if (found.tagSha !== null && found.tagSha !== action.sha) throw tagElsewhere(action, found.tagSha);",
    to: "",
    noticedBy: ["src/act/publish-release.test.ts"],
  },
  {
    what: "a tag that another made meanwhile is accepted wherever it is",
    file: "src/act/make-tag.ts",
    from: "if (found !== sha) throw tagElsewhere(action, found);",
    to: "",
    noticedBy: ["src/act/make-tag.test.ts", "src/act/publish-release.test.ts"],
  },
  {
    what: "somebody's text of a release is written over",
    file: "src/act/keep-release-notes.ts",
    from: "withPlainEnds(body) !== withPlainEnds(found)",
    to: 'withPlainEnds(body) === "\\0"',
    noticedBy: ["src/act/keep-release-notes.test.ts"],
  },
  {
    what: "a moving tag is moved over a stale view",
    file: "src/act/move-tag.ts",
    from: "if (found !== commit) throw new Stale(`the tag ${tag} was moved meanwhile`);",
    to: "",
    noticedBy: ["src/act/move-tag.test.ts"],
  },
  {
    what: "a refused dispatch counts as started",
    file: "src/act/start-workflow.ts",
    from: "if (!(error instanceof Refused)) throw error;",
    to: "if (error instanceof Refused) return null;",
    noticedBy: ["test/stories/rollout-started-once.test.ts"],
  },
  {
    what: "a pull request into another branch is released",
    file: "src/decide/lines/merged.ts",
    from: " || merged.base !== snapshot.head.branch) return [];",
    to: ") return [];",
    noticedBy: ["src/decide/lines/lines.test.ts"],
  },
  {
    what: "a release is tagged before the one that was merged before it",
    file: "src/decide/lines/releasing.ts",
    from: "if (before === undefined || before.pullRequest.number === pullRequest.number) return [];",
    to: "if (before === undefined || pullRequest.number > 0) return [];",
    noticedBy: ["test/stories/merged.test.ts"],
  },
  {
    what: "a process that lost its key writes on",
    file: "src/wake/run.ts",
    from: "return !controller.signal.aborted;",
    to: "return true;",
    noticedBy: ["test/simulation/found/stopped-process.test.ts"],
  },
  {
    what: "a write is sent by whoever must write no more",
    file: "src/github/client.ts",
    from: "if (nature.write && !mayWrite()) throw",
    to: 'if (route === "" && !mayWrite()) throw',
    noticedBy: ["src/github/client.test.ts"],
  },
  {
    what: "an edit of a comment vouches",
    file: "src/decide/commands/judge.ts",
    from: "return isVouching ? about(",
    to: "return isVouching && order.revision < 0 ? about(",
    noticedBy: ["src/decide/commands/judge.test.ts"],
  },
  {
    what: "whoever has no access is answered",
    file: "src/decide/commands/judge.ts",
    from: "return permission !== undefined && isStranger(permission)",
    to: 'return permission === undefined && isStranger("none")',
    noticedBy: ["src/decide/commands/judge.test.ts"],
  },
  {
    what: "what was said for an earlier release counts",
    file: "src/decide/commands/fold.ts",
    from: " && !isForEarlierRelease(one, line, input.releasedAt));",
    to: ");",
    noticedBy: ["src/decide/commands/fold.test.ts"],
  },
  {
    what: "a window is open always",
    file: "src/decide/calendar/windows.ts",
    from: "return windows.length === 0 || spansAround",
    to: "return windows.length >= 0 || spansAround",
    noticedBy: ["src/decide/calendar/windows.test.ts"],
  },
  {
    what: "no signal is a patch",
    file: "src/decide/plan-component.ts",
    from: 'return noSignal === "patch" ?',
    to: 'return noSignal !== "nothing" ?',
    noticedBy: ["src/decide/lines/lines.test.ts"],
  },
  {
    what: "what somebody wrote while the app wrote stays lost",
    file: "src/observe/github/description.ts",
    from: "if (index <= 0 || byPeople === undefined) return body;",
    to: "if (index >= -1 || byPeople === undefined) return body;",
    noticedBy: ["test/simulation/found/written-over.test.ts"],
  },
  {
    what: "a delivery is acknowledged before it is on disk",
    file: "src/app.ts",
    from: "await Promise.all((keys ?? []).map(wake));",
    to: "void Promise.all((keys ?? []).map(wake));",
    noticedBy: ["src/web/deliveries.test.ts"],
  },
  {
    what: "somebody's commits on a release branch are written over",
    file: "src/decide/assert-safe.ts",
    from: "hold(!(writes.commit && isForeign),",
    to: "hold(true || !(writes.commit && isForeign),",
    noticedBy: ["src/decide/assert-safe.test.ts"],
  },
];

const ROOT = resolve(import.meta.dirname, "..");
const SHARED = new Set(["node_modules", ".git", "dist"]);

async function copyOfCheckout(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "release-steward-faults-"));
  const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" }).split("\0");
  const entries = new Set(tracked.flatMap((path) => (path === "" ? [] : [path.split("/")[0] ?? ""])));
  for (const entry of entries) if (!SHARED.has(entry)) await cp(join(ROOT, entry), join(folder, entry), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Whether every test of those files passes there. */
function passes(folder: string, files: readonly string[]): boolean {
  const options = "--experimental-vm-modules --disable-warning=ExperimentalWarning";
  const ended = spawnSync(process.execPath, [join(ROOT, "node_modules/jest/bin/jest.js"), "--bail", "--silent", ...files], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: options },
    stdio: "ignore",
  });
  return ended.status === 0;
}

async function withFault({ file, from, to }: Fault, folder: string, check: () => boolean): Promise<boolean> {
  const path = join(folder, file);
  const sound = await readFile(path, "utf8");
  if (sound.split(from).length !== 2) throw new Error(`${file} no longer holds this once: ${from}`);
  await writeFile(
    path,
    sound.replace(from, () => to),
  );
  try {
    return check();
  } finally {
    await writeFile(path, sound);
  }
}

const words = process.argv.slice(2);
const chosen = FAULTS.filter(({ what }) => words.every((word) => what.includes(word)));
if (chosen.length === 0) throw new Error(`no fault says all of ${words.join(", ")}`);
const folder = await copyOfCheckout();
try {
  if (!passes(folder, [...new Set(chosen.flatMap(({ noticedBy }) => noticedBy))])) throw new Error("the tests do not pass without a fault");
  let unnoticed = 0;
  for (const fault of chosen) {
    const isNoticed = !(await withFault(fault, folder, () => passes(folder, fault.noticedBy)));
    if (!isNoticed) unnoticed += 1;
    process.stdout.write(`${isNoticed ? "noticed  " : "UNNOTICED"}  ${fault.what}  (${fault.file})\n`);
  }
  process.stdout.write(`${String(chosen.length - unnoticed)} of ${String(chosen.length)} faults are noticed\n`);
  process.exitCode = unnoticed === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
