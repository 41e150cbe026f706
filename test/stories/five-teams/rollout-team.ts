// One of the five teams after the merge: its workflows stand in the repository, runs come to their ends, and people answer
// what the app asks. Made so that a whole rollout can be told many times, with the app dying at another call each time.
import { expect } from "@jest/globals";
import type { Issue } from "../../../sandbox/world/types.ts";
import { closeTeam, type Team } from "../../fixtures/story.ts";
import { type Example, openExample } from "./open-example.ts";

/** Short enough that no time limit of a run passes. */
export const SOON_MS = 10 * 60_000;

type Options = {
  /** Tags of earlier releases, on the first commit. */
  readonly tags: readonly string[];
  /** What the story's repository has more than the shared one. */
  readonly files?: Example["files"];
  /** What a story needs of a playbook beside what the example holds. */
  readonly playbook?: (text: string) => string;
  /** False where many runs are the same but for one thing, and one of them is held against GitHub's descriptions. */
  readonly isWatched?: boolean;
};

/** @param workflows by file name, as they stand in `.github/workflows` */
export async function openRolloutTeam(
  example: Example,
  workflows: Example["files"],
  { tags, files = {}, playbook: change = (text) => text, isWatched = true }: Options,
): Promise<Team> {
  const inRepository = Object.fromEntries(Object.entries(workflows).map(([file, text]) => [`.github/workflows/${file}`, text]));
  const team = await openExample({ ...example, files: { ...example.files, ...files, ...inRepository } }, { change, isWatched });
  for (const tag of tags) await team.tag(tag);
  return team;
}

/** The step at which the release stands still, as the board says it; null when it goes on. */
function stuckAt(team: Team, pull: Issue): string | null {
  return /^\| ✗&nbsp;(?:halted|failed) \| \[?`([^`]+)`/m.exec(team.status(pull))?.[1] ?? null;
}

/** Runs until nothing is due soon; a person answers what is halted by having it started again. Returns how often. */
export async function goOn(team: Team, pull: Issue): Promise<number> {
  await team.settle(SOON_MS);
  for (let asked = 0; asked < 5; asked += 1) {
    const step = stuckAt(team, pull);
    if (step === null) return asked;
    await team.say(pull, `/release retry ${step}`, "kim");
    await team.settle(SOON_MS);
  }
  throw new Error(`the release never goes on:\n${team.status(pull)}`);
}

/** A release right before its merge. */
export type BeforeMerge = {
  readonly team: Team;
  readonly pull: Issue;
  /** From the merge to the end. Returns how often a person was asked. */
  readonly toTheEnd: () => Promise<number>;
};

/**
 * The app dies after each of its calls from the merge on, one run for each: the call has its effect, the answer is lost.
 * What comes of it is what comes of a run without that.
 * @param makeRun not watched where `isWatched` is false, since every call is the same as in the first run until the app dies
 */
export async function crashAfterEveryCall(label: string, makeRun: (isWatched: boolean) => Promise<BeforeMerge>): Promise<void> {
  const undisturbed = await makeRun(true);
  const before = undisturbed.team.calls();
  expect(await undisturbed.toTheEnd()).toBe(0);
  const calls = undisturbed.team.calls() - before;
  const expected = ending(undisturbed);
  expect(expected).toMatchObject({ headline: expect.stringContaining("is verified"), saidTwice: [] });
  await closeTeam(undisturbed.team);
  let asked = 0;
  for (let at = 1; at <= calls; at += 1) {
    const run = await makeRun(false);
    run.team.killAt(at, "drop-after");
    const times = await run.toTheEnd();
    if (times > 0) asked += 1;
    expect({ at, wasKilled: run.team.wasKilled(), ...ending(run) }).toEqual({ at, wasKilled: true, ...expected, pauses: times });
    await closeTeam(run.team);
  }
  const all = String(calls);
  process.stdout.write(`${label}: ${all} of ${all} crash points end with one tag, one release, one dispatch each (${String(asked)} asked a person)\n`);
}

const isPause = (words: string): boolean => words.includes(" is paused at ");

/** Everything that exists once only, whatever happened on the way, and that the release is verified. */
function ending({ team, pull }: BeforeMerge) {
  const { repository, app, standIn } = team;
  const said = [...repository.comments.values()]
    .filter(({ author }) => author.login === app.bot.login)
    .map(({ issue, body }) => `#${String(issue.number)} ${kindOf(body)}`);
  return {
    headline: team.status(pull).split("\n")[0],
    tags: Object.keys(team.tags()).toSorted(),
    releases: team.releases().map(({ tag, isDraft }) => `${tag}${isDraft ? " draft" : ""}`),
    runs: [...repository.actions.runs.values()]
      .map(({ workflow, event, headBranch, attempt }) => `${workflow.path} ${event} ${headBranch} ${String(attempt)}`)
      .toSorted(),
    issues: [...standIn.world.repositories.values()]
      .flatMap(({ name, issues }) => [...issues.values()].map(({ title, state }) => `${name}: ${title} (${state})`))
      .toSorted(),
    milestones: [...repository.milestones.values()].map(({ title, state }) => `${title} ${state}`).toSorted(),
    said: said.filter((words) => !isPause(words)).toSorted(),
    saidTwice: said.filter((words, index) => said.indexOf(words) !== index),
    pauses: said.filter(isPause).length,
  };
}

/** Its first line without what differs from run to run: ids, times, commits. */
function kindOf(body: string): string {
  return (body.split("\n")[0] ?? "")
    .replaceAll(/ after \d.*?:/g, "")
    .replaceAll(/\/runs\/\d+/g, "")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "then");
}

type Call = { readonly method: string; readonly path: string; readonly said: string };

/** The app dies once, right after the effect of the first call that is meant: it never hears what came of it. */
export function dieAfter(team: Team, isMeant: (request: Call) => boolean): { readonly wasKilled: () => boolean } {
  let isLost = false;
  team.standIn.intercept((request) => {
    const { method, path, body } = request;
    if (isLost || !isMeant({ method, path, said: JSON.stringify(body) })) return null;
    isLost = true;
    team.restart();
    return "drop-after";
  });
  return { wasKilled: () => isLost };
}

/** What the board says of a step: `✗ failed · why · next`. */
export function stepRow(team: Team, pull: Issue, step: string): string {
  const row =
    team
      .status(pull)
      .split("\n")
      .find((line) => line.split(" | ")[1]?.includes(`\`${step}\``)) ?? "";
  const [state = "", , why = "", next = ""] = row
    .replaceAll("&nbsp;", " ")
    .replaceAll("&#8203;", "")
    .slice(2, -2)
    .split(" | ")
    .map((cell) => cell.trim());
  return [state, why, next].filter((cell) => cell !== "").join(" · ");
}

/** What the board says of a gate below its step: `✗ closed · why · next`. */
export function gateOf(team: Team, pull: Issue, gate: string): string {
  return team.gate(pull, `↳&nbsp;${gate}`);
}
