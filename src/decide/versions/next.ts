// The version that follows: computed from what changed, from the calendar, or asked for by a person; then held against
// everything that exists. The answer is a proposal or a refusal with its cause, never a version that is merely likely.
import diff from "semver/functions/diff.js";
import inc from "semver/functions/inc.js";
import type { Release, Template, Versioning } from "../../model/playbook.ts";
import type { Problem, Result } from "../../model/problem.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Bump, VersionText } from "../../model/version.ts";
import { calverWithin, nextCalver } from "./calver.ts";
import { fileName, readClaim } from "./claim.ts";
import { type Line, refusals } from "./guard.ts";
import { comparePrecedence, newestOf } from "./order.ts";
import type { VersionTag } from "./settle.ts";
import { tagFormat, tagOf, within } from "./tag-format.ts";
import { finalVersion } from "./version-text.ts";

export type NextQuestion = Omit<Line, "format" | "numbering"> & {
  readonly tagTemplate: Template;
  readonly versioning: Pick<Versioning, "scheme" | "calver" | "initial" | "before1">;
  /** The highest bump that a change asks for; null when no change asks for a release. */
  readonly effect: Bump | null;
  /** The least bump that `versioning.minimum` demands for the paths that changed; it holds below 1.0.0 as well. */
  readonly minimum: Bump | null;
  /** Text of the newest `Release-As` footer; null without one. */
  readonly releaseAs: string | null;
  readonly takenAt: EpochMs;
};

export type Next =
  | {
      readonly is: "proposed";
      readonly version: VersionText;
      readonly tag: string;
      /** What it does to the previous version; null for a first release and for CalVer. */
      readonly bump: Bump | null;
      readonly because: string;
    }
  /** `because` is the first problem's message. */
  | { readonly is: "refused"; readonly version: VersionText | null; readonly because: string; readonly problems: readonly Problem[] }
  /** No change asks for a release, and nobody does. */
  | { readonly is: "nothing" };

/** The next version of a component. */
export function nextVersion(question: NextQuestion): Next {
  const line: Line = { ...question, format: tagFormat(question.tagTemplate, question.component), numbering: question.versioning };
  const found = question.releaseAs === null ? computed(question, line) : asked(question.releaseAs, line);
  if (found === null) return { is: "nothing" };
  if (!found.ok) return refused(null, found.problems);
  const { version, because } = found.value;
  const problems = refusals(version, line);
  if (problems.length > 0) return refused(version, problems);
  return { is: "proposed", version, tag: tagOf(line.format, version), bump: bumpBetween(question, version), because };
}

/** The next train. `taken` are all trains there are. */
export function nextTrain(train: NonNullable<Release["train"]>, taken: readonly VersionTag[], takenAt: EpochMs): Next {
  const { prefix, format, suffix } = calverWithin(train.tag);
  const numbering = { scheme: "calver", calver: format } as const;
  const version = nextCalver(
    format,
    takenAt,
    taken.map((one) => one.version),
  );
  const previous = newestOf(taken, (one) => one.version) ?? null;
  const problems = refusals(version, {
    component: train.name,
    format: { prefix, suffix },
    numbering,
    previous,
    taken,
    lookalikes: [],
    files: [],
    onDefaultBranch: true,
  });
  if (problems.length > 0) return refused(version, problems);
  return { is: "proposed", version, tag: tagOf({ prefix, suffix }, version), bump: null, because: becauseOfCalendar(previous) };
}

type Found = { readonly version: VersionText; readonly because: string };

function computed(question: NextQuestion, line: Line): Result<Found> | null {
  const { effect, minimum, versioning, previous, takenAt, taken } = question;
  if (effect === null) return null;
  if (versioning.scheme === "calver") {
    const version = nextCalver(
      versioning.calver,
      takenAt,
      taken.map((one) => one.version),
    );
    return found(version, becauseOfCalendar(previous));
  }
  if (previous === null) return first(versioning.initial, line);
  const bump = higher(below1(previous.version, effect, versioning.before1), minimum);
  const version = finalVersion(inc(previous.version, bump) ?? "", versioning);
  if (version === null)
    return failed(
      `no number can follow ${previous.version}: its ${bump} part is too large`,
      "write `Release-As:` with a smaller version in the footer of a commit",
    );
  const isLessened = bump !== effect && previous.version.startsWith("0.");
  return found(version, isLessened ? `${effect} changes make a ${bump} release below 1.0.0, after ${previous.version}` : `${bump} after ${previous.version}`);
}

/** Without any release yet: as the playbook says, else the highest final version that a version file holds, else 0.1.0. */
function first(initial: VersionText | null, line: Line): Result<Found> {
  if (initial !== null) {
    const isFinal = finalVersion(initial, line.numbering) !== null;
    return isFinal
      ? found(initial, "first release, as `versioning.initial` says")
      : failed(`versioning.initial: expected a version such as 1.0.0, found ${JSON.stringify(initial)}`, null);
  }
  const claims = line.files.flatMap((file) => {
    const reading = readClaim(file, line.component, line.numbering);
    return reading !== null && reading.isFinal && comparePrecedence(reading.version, "0.0.0") > 0 ? [{ file, version: reading.version }] : [];
  });
  const highest = newestOf(claims, ({ version }) => version);
  if (highest === undefined) return found("0.1.0", "first release");
  return found(highest.version, `first release, with the version that ${fileName(highest.file.path)} holds`);
}

/** `1.2.3`, `v1.2.3` or the tag's own form. */
function asked(text: string, { format, numbering }: Line): Result<Found> {
  const trimmed = text.trim();
  const version = [trimmed, within(format, trimmed) ?? "", trimmed.replace(/^v/i, "")].find((one) => finalVersion(one, numbering) !== null);
  if (version !== undefined) return found(version, "asked for by `Release-As`");
  const example =
    numbering.scheme === "calver" ? `a version in the form \`${numbering.calver}\`` : `a final version such as 1.2.3 or ${tagOf(format, "1.2.3")}`;
  return failed(
    `Release-As: expected ${example}, found ${JSON.stringify(shown(trimmed))}`,
    "the newest `Release-As` footer counts: one in a further commit corrects it",
  );
}

/** Below 1.0.0 a team may hold breaking changes and features to smaller steps. */
function below1(previous: VersionText, effect: Bump, { breaking, feature }: Versioning["before1"]): Bump {
  if (!previous.startsWith("0.") || effect === "patch") return effect;
  return effect === "major" ? breaking : feature;
}

const ORDER: readonly Bump[] = ["patch", "minor", "major"];

function higher(bump: Bump, minimum: Bump | null): Bump {
  return minimum !== null && ORDER.indexOf(minimum) > ORDER.indexOf(bump) ? minimum : bump;
}

function bumpBetween({ previous, versioning }: NextQuestion, version: VersionText): Bump | null {
  if (previous === null || versioning.scheme === "calver") return null;
  const difference = diff(previous.version, version);
  return ORDER.find((bump) => bump === difference) ?? null;
}

function becauseOfCalendar(previous: VersionTag | null): string {
  return previous === null ? "first release, by the calendar" : `by the calendar, after ${previous.version}`;
}

/** Text of a stranger in a message: its start is enough to find it. */
function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function found(version: VersionText, because: string): Result<Found> {
  return { ok: true, value: { version, because } };
}

function failed(message: string, hint: string | null): Result<never> {
  return { ok: false, problems: [{ severity: "error", message, path: null, line: null, column: null, hint }] };
}

function refused(version: VersionText | null, problems: readonly Problem[]): Next {
  return { is: "refused", version, because: problems[0]?.message ?? "", problems };
}
