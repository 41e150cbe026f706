// What maintainers have to know and no pull request can say: a check run on the head of the default branch, once a commit.
import type { ComponentPlan, SayOnCommit } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import type { Hosted, Sha } from "../../model/snapshot.ts";
import { placeOf } from "../prose/place.ts";
import { codeCell } from "../prose/code.ts";
import { safeLine } from "../changelog/index.ts";
import { fingerprint } from "../fingerprint.ts";

type Head = { readonly sha: Sha; readonly hosted: Hosted; readonly onDesk: boolean };

/** Components that a title names before the rest is counted. */
const NAMED_MAX = 3;

/**
 * Questions and refusals of components, and errors of the repository; nothing when all is well or has been said here.
 * @param head `onDesk`: whether there is a desk to answer on
 */
export function sayOnHead(plans: readonly ComponentPlan[], problems: readonly Problem[], { sha, hosted, onDesk }: Head): SayOnCommit[] {
  const questions = plans.filter(({ decision }) => decision === "undetermined" || decision === "refused");
  const errors = [...problems, ...plans.flatMap((plan) => plan.problems)].filter(({ severity }) => severity === "error");
  if (questions.length === 0 && errors.length === 0) return [];
  return unlessSaid(sha, hosted, {
    conclusion: errors.length > 0 || questions.some(({ decision }) => decision === "refused") ? "failure" : "action_required",
    title: titleOf(questions, errors),
    summary: [...questions.map((plan) => question(plan, onDesk ? { isAlone: plans.length === 1 } : null)), ...errors.map(complaint)].join("\n\n"),
    text: "",
    problems: errors,
  });
}

/** The check, unless one with the same words stands on that commit. */
export function unlessSaid(sha: Sha, hosted: Pick<Hosted, "headChecks">, check: Omit<SayOnCommit["check"], "externalId">): SayOnCommit[] {
  const externalId = `head/${fingerprint([check.title, check.summary])}`;
  const isSaid = hosted.headChecks.some((one) => one.externalId === externalId);
  return isSaid ? [] : [{ kind: "say-on-commit", sha, check: { ...check, externalId }, standing: null }];
}

function titleOf(questions: readonly ComponentPlan[], errors: readonly Problem[]): string {
  const [first] = errors;
  if (first !== undefined) return errors.length === 1 ? safeLine(first.message) : `${String(errors.length)} problems keep a release back`;
  const asked = questions.filter(({ decision }) => decision === "undetermined");
  if (asked.length === 0) return `refused: ${named(questions)}`;
  return asked.length === 1 ? "which version is next?" : `which versions are next for ${named(asked)}?`;
}

/** A title stands in one line; the summary names them all. */
function named(plans: readonly ComponentPlan[]): string {
  const names = plans.map(({ name }) => name);
  if (names.length <= NAMED_MAX) return names.join(", ");
  return `${names.slice(0, NAMED_MAX).join(", ")} and ${String(names.length - NAMED_MAX)} more`;
}

/** @param desk null when there is none to answer on */
function question({ name, decision, because, unparsed }: ComponentPlan, desk: { readonly isAlone: boolean } | null): string {
  if (decision === "refused") return `**${safeLine(name)} is refused.** ${safeLine(because)}`;
  const command =
    desk === null ? "" : `Say ${codeCell(`/release bump ${desk.isAlone ? "" : `${name} `}patch`)}, or minor or major, on the release desk. Or give`;
  const hint = `${command === "" ? "Give" : command} a merged pull request a label that says what it is, or put \`Release-As: 1.2.3\` into a commit's footer.`;
  const listed =
    unparsed.length === 0
      ? ""
      : ` Without a signal: ${unparsed
          .slice(0, 20)
          .map((sha) => sha.slice(0, 7))
          .join(", ")}${unparsed.length > 20 ? ` and ${String(unparsed.length - 20)} more` : ""}.`;
  return `**Which version of ${safeLine(name)} is next?** ${safeLine(because)}${because.endsWith("?") ? "" : "."}${listed} ${hint}`;
}

/** A problem in a line of Markdown: place, what is wrong, what to do. */
export function complaint(problem: Problem): string {
  const place = placeOf(problem);
  return `${place === null ? "" : `${codeCell(place)}: `}${safeLine(problem.message)}${problem.hint === null ? "" : ` (${safeLine(problem.hint)})`}`;
}
