// Whatever happens to the process that answers, a command is answered once and done once: killed before and after every
// call, told of it again and again, with a second process beside it, with documents of which GitHub does only the beginning,
// and with lists that lag behind what was written.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import type { Comment, Issue } from "../../sandbox/world/types.ts";
import type { GitHub } from "../../src/github/types.ts";
import { Transient } from "../../src/model/errors.ts";
import { systemClock } from "../../src/wake/clock.ts";
import { openSqliteQueue } from "../../src/wake/engine-sqlite.ts";
import { type Outcome, startWorker } from "../../src/wake/worker.ts";
import { openTeam, type Team } from "../fixtures/story.ts";
import { until } from "../fixtures/whole-app.ts";

const PLAYBOOK = `schema: 1
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
gates:
  blockers: {no_open_issues: {labels: [release-blocker]}}
`;

type Asked = { readonly team: Team; readonly pull: Issue; readonly blocker: Issue };

async function proposed(): Promise<Asked> {
  const team = await openTeam({ playbook: PLAYBOOK, files: { "package.json": '{"name": "app", "version": "1.0.0"}\n' } });
  const { operations } = team.standIn;
  await team.tag("v1.0.0");
  await operations.createLabel(team.person("kim"), team.repository, { name: "release-blocker", color: "ff0000", description: null });
  const [first] = await Promise.all(
    ["v1.0.1", "v1.1.0", "v1.2.0"].map((title) => operations.createMilestone(team.person("kim"), team.repository, { title, description: null })),
  );
  const blocker = await team.openIssue("mount fails", ["release-blocker"]);
  await operations.editIssue(team.person("kim"), team.repository, blocker, { milestone: first! });
  await team.push("fix: disk");
  await team.settle();
  return { team, pull: team.releasePullRequest(), blocker };
}

/** What everybody sees of the answer: the app's reactions, its replies, and what came of it. */
type Seen = { readonly reactions: readonly string[]; readonly replies: readonly string[]; readonly held: boolean; readonly milestone: string };

function seen({ team, pull, blocker }: Asked, comment: Comment): Seen {
  const replies = team.commentsOf(pull).filter((one) => one !== team.statusComment(pull));
  return {
    reactions: comment.reactions.map(({ content }) => content),
    replies: replies.map(({ body }) => body.split("\n")[0] ?? ""),
    held: team.status(pull).includes("holds it"),
    milestone: blocker.milestone?.title ?? "",
  };
}

type Case = { readonly title: string; readonly say: (asked: Asked) => Promise<Comment>; readonly expected: Seen };

const QUIET = { held: false, milestone: "v1.0.1" };

const CASES: readonly Case[] = [
  {
    title: "a question",
    say: ({ team, pull }) => team.say(pull, "/release status", "lee"),
    expected: { ...QUIET, reactions: ["eyes", "rocket"], replies: ["### app 1.0.1 waits for 1 of 1: blockers (#2)"] },
  },
  {
    title: "a refusal",
    say: ({ team, pull }) => team.say(pull, "/release bump mayor", "lee"),
    expected: { ...QUIET, reactions: ["eyes", "confused"], replies: ['"/release bump mayor": did you mean "/release bump major"?'] },
  },
  {
    title: "a hold",
    say: ({ team, pull }) => team.say(pull, "/release hold legal has not answered", "lee"),
    expected: { ...QUIET, reactions: ["eyes", "rocket"], replies: [], held: true },
  },
  {
    title: "a deferral",
    say: ({ team, pull, blocker }) => team.say(pull, `/release defer #${String(blocker.number)} nobody mounts that way`, "lee"),
    expected: { reactions: ["eyes", "rocket"], replies: [], held: false, milestone: "v1.1.0" },
  },
  {
    title: "what an edit adds",
    async say({ team, pull }) {
      const comment = await team.say(pull, "/release unhold", "lee");
      await team.settle();
      team.waitMs(120_000);
      await team.standIn.operations.editComment(team.person("lee"), team.repository, comment, "/release unhold\n/release hold legal has not answered");
      return comment;
    },
    expected: { ...QUIET, reactions: ["rocket", "eyes"], replies: ["Accepted as edited: `/release hold legal has not answered`."], held: true },
  },
];

/** @returns how many calls the app made after it was said */
async function answered(asked: Asked, { say }: Case, prepare: () => void): Promise<{ readonly comment: Comment; readonly calls: number }> {
  const comment = await say(asked);
  const before = asked.team.calls();
  prepare();
  await asked.team.settle();
  const calls = asked.team.calls() - before;
  asked.team.wake();
  await asked.team.settle();
  return { comment, calls };
}

const nothing = (): void => undefined;

describe("answered once", () => {
  test.each(CASES)("$title, by a process that lives", async (one) => {
    const asked = await proposed();
    const { comment } = await answered(asked, one, nothing);
    expect(seen(asked, comment)).toEqual(one.expected);
  });

  test.each(CASES)("$title, killed before and after each call", async (one) => {
    const whole = await proposed();
    const { calls } = await answered(whole, one, nothing);
    expect(calls).toBeGreaterThanOrEqual(3);
    const wrong: unknown[] = [];
    let killed = 0;
    for (const effect of ["drop-before", "drop-after"] as const) {
      for (let at = 1; at <= calls; at += 1) {
        const asked = await proposed();
        const { comment } = await answered(asked, one, () => asked.team.killAt(at, effect));
        if (asked.team.wasKilled()) killed += 1;
        const found = seen(asked, comment);
        if (!isAsExpected(found, one.expected)) wrong.push({ at, effect, found });
      }
    }
    // oxlint-disable-next-line no-console -- how many ways to die were tried belongs into the record of the run
    console.log(`${one.title}: killed at ${String(killed)} of ${String(2 * calls)} moments, answered once in ${String(killed - wrong.length)}`);
    expect(wrong).toEqual([]);
    expect(killed).toBe(2 * calls);
  });

  test.each(CASES)("$title, however often the app is told of it", async (one) => {
    const asked = await proposed();
    const { comment } = await answered(asked, one, nothing);
    for (let time = 0; time < 5; time += 1) {
      asked.team.wake();
      if (time === 3) asked.team.restart();
      expect(await asked.team.settle()).toEqual([]);
    }
    expect(seen(asked, comment)).toEqual(one.expected);
  });
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const QUIET_LOG = { info: nothing, warn: nothing, error: nothing };
const KEY = "1/1";

describe("two processes on one queue", () => {
  test.each(CASES)("$title is answered by one of them, and by one only", async (one) => {
    const asked = await proposed();
    const { team } = asked;
    const folder = mkdtempSync(join(tmpdir(), "answers-once-"));
    folders.push(folder);
    const outcomes: Outcome[] = [];
    const processes = [0, 1].map(() => {
      const queue = openSqliteQueue({ path: join(folder, "queue.sqlite"), now: systemClock.now, leaseMs: 30_000 });
      const process = team.startProcess();
      const look = async (): Promise<null> => {
        await team.reconcileOnce(process);
        return null;
      };
      return {
        queue,
        worker: startWorker(queue, look, { concurrency: 4, clock: systemClock, log: QUIET_LOG, onOutcome: (outcome) => outcomes.push(outcome) }),
      };
    });
    const comment = await one.say(asked);
    team.waitMs(120_000);
    try {
      for (let time = 0; time < 4; time += 1) {
        for (const { queue, worker } of processes) {
          await queue.put(KEY, systemClock.now());
          worker.wake();
        }
      }
      await until(async () => {
        const { waiting, running } = await processes[0]!.queue.counts();
        return waiting + running === 0 && outcomes.length > 1;
      }, "both to become quiet");
    } finally {
      for (const { queue, worker } of processes) {
        await worker.drain(1_000);
        await queue.close();
      }
    }
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["done"]));
    expect(seen(asked, comment)).toEqual(one.expected);
  });
});

describe("a document that GitHub gives up on", () => {
  test.each(CASES.flatMap((one) => [1, 2, 3].map((steps) => ({ ...one, steps }))))("$title, after $steps of its steps", async ({ steps, ...one }) => {
    const asked = await proposed();
    const { team } = asked;
    const comment = await one.say(asked);
    await team.standIn.delivered();
    const { github, memory } = team.startProcess();
    await expect(team.reconcileOnce({ github: givingUpAfter(steps, github), memory })).rejects.toBeInstanceOf(Transient);
    team.wake();
    await team.settle();
    expect(seen(asked, comment)).toEqual(one.expected);
    expect([...team.repository.checkRuns.values()].filter(({ output }) => output.title?.includes("GitHub refuses"))).toEqual([]);
  });
});

describe("lists that lag behind", () => {
  test.each(CASES)("what the app wrote last is not listed yet: $title", async (one) => {
    const asked = await proposed();
    const { team } = asked;
    const comment = await one.say(asked);
    const listed = new Set([...team.repository.comments.keys()].map(String));
    await team.standIn.delivered();
    await team.reconcileOnce();
    expect(seen(asked, comment).reactions).toEqual(one.expected.reactions);
    team.through(listingOnly(listed));
    await team.reconcileOnce();
    team.restart();
    await team.reconcileOnce();
    team.through((github) => github);
    team.wake();
    await team.settle();
    expect(seen(asked, comment)).toEqual(one.expected);
  });
});

function isAsExpected(found: Seen, expected: Seen): boolean {
  try {
    expect(found).toEqual(expected);
    return true;
  } catch {
    return false;
  }
}

/** GitHub that does the first steps of a document of mutations and then answers with an error. */
function givingUpAfter(steps: number, github: GitHub): GitHub {
  const graphql: GitHub["graphql"] = async (document, variables, options) => {
    const [, declared, fields] = /^mutation \w+\((.*)\) \{\n(.*)\n\}$/s.exec(document) ?? [];
    if (declared === undefined || fields === undefined) return await github.graphql(document, variables, options);
    const [firstDeclared, firstFields] = [declared.split(", ").slice(0, steps), fields.split("\n").slice(0, steps)];
    await github.graphql(
      `mutation Cut(${firstDeclared.join(", ")}) {\n${firstFields.join("\n")}\n}`,
      Object.fromEntries(Object.entries(variables).slice(0, steps)),
    );
    throw new Transient("GitHub gave up on a document.");
  };
  return { ...github, graphql };
}

/** GitHub's lists of comments as they were when there were only these. */
function listingOnly(listed: ReadonlySet<string>): (github: GitHub) => GitHub {
  const isListed = (node: unknown): boolean => {
    const [, id] = /#issuecomment-(\d+)$/.exec(String(Object(node)["url"])) ?? [];
    return id === undefined || listed.has(id);
  };
  const lagging = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter(isListed).map(lagging);
    if (typeof value !== "object" || value === null) return value;
    const fields = Object.entries(value);
    const nodes: unknown = Object.fromEntries(fields)["nodes"];
    const missing = Array.isArray(nodes) ? nodes.filter((node) => !isListed(node)).length : 0;
    return Object.fromEntries(fields.map(([name, field]) => [name, name === "totalCount" ? Number(field) - missing : lagging(field)]));
  };
  return (github) => ({ ...github, graphql: async (document, variables, options) => lagging(await github.graphql(document, variables, options)) });
}
