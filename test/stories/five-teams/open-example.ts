// One of the five teams on the stand-in: its playbook as it is in examples/, its repository's name, its continuous
// integration and its people. What the repository holds, a story says; it is written for the story.
import { readFile } from "node:fs/promises";
import { installCi, reportCheck } from "../../../sandbox/scenarios/people.ts";
import type { Issue } from "../../../sandbox/world/types.ts";
import { openTeam, type Team } from "../../fixtures/story.ts";

export type Example = {
  /** `examples/<playbook>.yml` */
  readonly playbook: string;
  readonly repository: `${string}/${string}`;
  /** Members by team; all of them may write. */
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly labels?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
};

type Changes = {
  /** What a story needs of the playbook beside what the example holds. */
  readonly change?: (playbook: string) => string;
  readonly isWatched?: boolean;
};
const same = (playbook: string): string => playbook;

export async function openExample(
  { playbook, repository, teams, labels = [], files }: Example,
  { change = same, isWatched = true }: Changes = {},
): Promise<Team> {
  const [owner = "", name = ""] = repository.split("/");
  const text = await readFile(new URL(`../../../examples/${playbook}.yml`, import.meta.url), "utf8");
  const team = await openTeam({ owner, name, playbook: change(text), files, isWatched });
  const { standIn } = team;
  installCi(standIn, owner);
  for (const login of new Set(Object.values(teams).flat())) {
    if (!standIn.world.users.has(login)) standIn.addUser(login);
    if (!team.repository.collaborators.has(login)) team.repository.collaborators.set(login, "write");
  }
  for (const [slug, members] of Object.entries(teams)) standIn.addTeam(owner, slug, members);
  for (const label of labels) await standIn.operations.createLabel(team.person("kim"), team.repository, { name: label, color: "b60205", description: label });
  return team;
}

/** The first line of the status comment, once the app has heard of everything. */
export function headline(team: Team, pull: Issue): string {
  return team.status(pull).split("\n")[0]?.replace(/^### /, "") ?? "";
}

/** What stands in the row of a gate: `closed · why · next`. */
export function gateRow(team: Team, pull: Issue, gate: string): string {
  const cells = team
    .status(pull)
    .replaceAll("&#8203;", "")
    .split("\n")
    .map((line) =>
      line.split(" | ").map((cell) =>
        cell
          .replace(/^\| |\|$/g, "")
          .replaceAll("&nbsp;", " ")
          .trim(),
      ),
    )
    .find(([, name]) => name === gate);
  if (cells === undefined) throw new Error(`no row for ${gate} in:\n${team.status(pull)}`);
  const [state = "", , why = "", next = ""] = cells;
  return [state, why, next].filter((cell) => cell !== "").join(" · ");
}

/** What `acme-ci` says under each of these names of a commit; of a pull request, of its head. */
export async function report(team: Team, on: Issue | string, names: readonly string[], conclusion: string | null = "success"): Promise<void> {
  const sha = typeof on === "string" ? on : (on.pull?.headSha ?? "");
  for (const name of names) await reportCheck(team.standIn, team.repository, sha, name, conclusion);
}

/** People write below a heading of the description. */
export async function write(team: Team, pull: Issue, heading: string, text: string): Promise<void> {
  const body = pull.body ?? "";
  const at = body.indexOf(`## ${heading}`);
  if (at === -1) throw new Error(`no heading ${heading} in:\n${body}`);
  const end = body.indexOf("\n", at);
  await team.standIn.operations.editIssue(team.person("kim"), team.repository, pull, { body: `${body.slice(0, end)}\n\n${text}\n${body.slice(end)}` });
}
