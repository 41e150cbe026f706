// Below what merging does: which workflows that starts, and what would go wrong with them while it can still be mended.
import type { ComponentPlan, StartedWorkflow, Words } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import { code, listed } from "../gates/phrases.ts";
import { placeOf } from "./place.ts";
import { asMarkdown } from "./words.ts";

/** Warnings that are told one by one: nobody reads more of them before mending some. */
const WARNINGS_MAX = 10;
const WORKFLOWS_MAX = 20;
const SENTENCE_MAX = 10_000;

type Starting = Pick<ComponentPlan, "tag" | "starts">;

/** Empty for a repository in which nothing listens to a release and nothing is amiss. */
export function whatMergingStarts(components: readonly Starting[]): string {
  const sentences = [...startedByGitHub(components), ...startedByApp(components)].map((words) => asMarkdown(words, SENTENCE_MAX));
  return [sentences.join("\n"), warningList(components)].filter((part) => part !== "").join("\n\n");
}

/** One sentence for all tags that start the same; each of them starts runs of its own. */
function startedByGitHub(components: readonly Starting[]): Words[] {
  const tagsByStarted = new Map<Words, string[]>();
  for (const { tag, starts } of components) {
    const started = byWorkflow(starts.workflows).map(({ workflow, ways }) => `${code(workflow)} (${listed(ways.map((by) => `by its ${by}`))})`);
    if (started.length === 0) continue;
    const words = listed(started, WORKFLOWS_MAX);
    tagsByStarted.set(words, [...(tagsByStarted.get(words) ?? []), tag ?? ""]);
  }
  return [...tagsByStarted].map(([started, tags]) => {
    if (tags.length === components.length) return `${tags.length === 1 ? "It" : "Each of them"} starts ${started}.`;
    return `${listed(
      tags.map((tag) => code(tag)),
      tags.length,
    )} ${tags.length === 1 ? "starts" : "each start"} ${started}.`;
  });
}

/** Each workflow that GitHub starts, with the ways in which it does. */
function byWorkflow(started: readonly StartedWorkflow[]): readonly { readonly workflow: string; readonly ways: readonly string[] }[] {
  const waysOf = new Map<string, string[]>();
  for (const { workflow, by } of started) if (by !== "app") waysOf.set(workflow, [...(waysOf.get(workflow) ?? []), by]);
  return [...waysOf].map(([workflow, ways]) => ({ workflow, ways }));
}

function startedByApp(components: readonly Starting[]): Words[] {
  const files = new Set(components.flatMap(({ starts }) => starts.workflows.flatMap(({ workflow, by }) => (by === "app" ? [workflow] : []))));
  if (files.size === 0) return [];
  const names = listed(
    [...files].map((file) => code(file)),
    WORKFLOWS_MAX,
  );
  return [`This app starts ${names}.`];
}

function warningList(components: readonly Starting[]): string {
  const warnings = [...new Set(components.flatMap(({ starts }) => starts.warnings.map(warningWords)))];
  if (warnings.length === 0) return "";
  const more = warnings.length - WARNINGS_MAX;
  const rest = more > 0 ? [`- and ${String(more)} more: \`release-steward plan\` shows them all`] : [];
  return ["**Worth a look before the merge:**", "", ...warnings.slice(0, WARNINGS_MAX).map((words) => `- ${asMarkdown(words)}`), ...rest].join("\n");
}

function warningWords(problem: Problem): Words {
  const place = placeOf(problem);
  return `${place === null ? "" : `${code(place, 200)}: `}${problem.message}${problem.hint === null ? "" : ` (${problem.hint})`}`;
}
