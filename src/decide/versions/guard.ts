// What a version has to be before anything is written or tagged: above everything on its line, never used, and no
// downgrade of a file. Candidates and other builds never block a final version.
import inc from "semver/functions/inc.js";
import major from "semver/functions/major.js";
import minor from "semver/functions/minor.js";
import type { Problem } from "../../model/problem.ts";
import type { VersionText } from "../../model/version.ts";
import { type Claim, fileName, readClaim } from "./claim.ts";
import { comparePrecedence, newestFirst, newestOf } from "./order.ts";
import type { VersionTag } from "./settle.ts";
import { type TagFormat, tagOf } from "./tag-format.ts";
import { finalVersion, type Numbering } from "./version-text.ts";

/** Where a version would be released, and all that it is held against. */
export type Line = {
  readonly component: string;
  readonly format: TagFormat;
  readonly numbering: Numbering;
  /** The newest release that the head contains; null when it contains none. */
  readonly previous: VersionTag | null;
  /** Every release of the component, on any branch. */
  readonly taken: readonly VersionTag[];
  /** Mis-tags that were probably meant as a final version. */
  readonly lookalikes: readonly VersionTag[];
  /** What the version files say at the head. */
  readonly files: readonly Claim[];
  readonly onDefaultBranch: boolean;
};

/** Why this final version may not be released; empty when it may. Each with the way out. */
export function refusals(version: VersionText, line: Line): readonly Problem[] {
  const found = objections(version, line);
  const wayOut = found.length === 0 ? null : suggest(line);
  return found.map((objection) => inWords(objection, version, line, wayOut));
}

type Objection =
  | { readonly is: "used" | "backwards" | "lookalike"; readonly by: VersionTag }
  | { readonly is: "downgrade"; readonly by: Claim; readonly version: VersionText; readonly isFinal: boolean };

function objections(version: VersionText, line: Line): Objection[] {
  const tag = objectionOfTags(version, line) ?? objectionOfLookalikes(version, line);
  const files = line.files.flatMap((by): Objection[] => {
    const reading = readClaim(by, line.component, line.numbering);
    const isDowngrade = reading !== null && comparePrecedence(reading.version, version) > 0;
    return isDowngrade ? [{ is: "downgrade", by, version: reading.version, isFinal: reading.isFinal }] : [];
  });
  return tag === null ? files : [tag, ...files];
}

function objectionOfTags(version: VersionText, line: Line): Objection | null {
  const used = line.taken.find((one) => one.version === version);
  if (used !== undefined) return { is: "used", by: used };
  const newest = newestOf(rivals(version, line), (one) => one.version);
  return newest !== undefined && comparePrecedence(newest.version, version) >= 0 ? { is: "backwards", by: newest } : null;
}

/** A mis-tag of the same version stands in the way; so do all that are above it when nothing is spelt as the playbook says. */
function objectionOfLookalikes(version: VersionText, { lookalikes, taken }: Line): Objection | null {
  const same = lookalikes.find((one) => comparePrecedence(one.version, version) === 0);
  const newest = taken.length === 0 ? newestOf(lookalikes, (one) => one.version) : undefined;
  const by = same ?? (newest !== undefined && comparePrecedence(newest.version, version) > 0 ? newest : undefined);
  return by === undefined ? null : { is: "lookalike", by };
}

/**
 * The releases that a version must be above. On the default branch: all. On any other branch a fix stays within its
 * `major.minor`, which may be far below the newest release; a version that leaves it opens the next minor of its major,
 * or the next major, and must then be above all of those: whoever follows 1.x must never see 1.10.0 after 1.11.0.
 */
function rivals(version: VersionText, { previous, taken, onDefaultBranch, numbering }: Line): readonly VersionTag[] {
  const all = previous === null ? taken : [...taken, previous];
  if (onDefaultBranch || previous === null || numbering.scheme === "calver" || major(version) !== major(previous.version)) return all;
  const sameMajor = all.filter((one) => major(one.version) === major(version));
  if (minor(version) !== minor(previous.version)) return [...sameMajor, previous];
  return sameMajor.filter((one) => minor(one.version) === minor(version));
}

/** The least version that a person can ask for and nothing stands against; null when there is none to name. */
function suggest(line: Line): VersionText | null {
  if (line.numbering.scheme === "calver") return null;
  const { previous, taken, lookalikes } = line;
  const own = previous === null ? [...taken, ...lookalikes] : [previous, ...rivals(previous.version, line)];
  const newest = newestOf(own, (one) => one.version)?.version;
  const held = newestOf(
    line.files.flatMap((file) => readClaim(file, line.component, line.numbering)?.version ?? []),
    (version) => version,
  );
  const options = [newest, held].flatMap((base) =>
    base === undefined ? [] : [finalOf(base), inc(base, "patch")].map((option) => stepOver(option, lookalikes)),
  );
  const free = options.filter((option) => option !== null && finalVersion(option, line.numbering) !== null && objections(option, line).length === 0);
  return newestFirst(free, (option) => option ?? "").at(-1) ?? null;
}

/** The version itself, or the first patch after it that no mis-tag seems to hold. */
function stepOver(version: VersionText | null, lookalikes: readonly VersionTag[]): VersionText | null {
  let free = version;
  while (free !== null && lookalikes.some((one) => one.version === free)) free = inc(free, "patch");
  return free;
}

function inWords(objection: Objection, version: VersionText, line: Line, wayOut: VersionText | null): Problem {
  const ask = wayOut === null ? null : `say \`/release as ${wayOut}\` or write \`Release-As: ${wayOut}\` in the footer of a commit`;
  if (objection.is === "downgrade") return downgrade(objection, version, line, ask);
  const { tag, version: other } = objection.by;
  if (objection.is === "lookalike") {
    const message = `${version} may be out already: tag \`${tag.name}\` looks like ${other}, though \`release.tag.name\` spells it \`${tagOf(line.format, other)}\``;
    return refusal(message, ["correct `release.tag.name`", `list \`${tag.name}\` under \`release.tag.ignore\``, ask]);
  }
  // `previous` is the newest that the head contains: only what is above it is certain to be elsewhere.
  const isElsewhere = line.previous === null || comparePrecedence(other, line.previous.version) > 0;
  const aside = isElsewhere ? ", which this head does not contain" : "";
  const mergeBack = isElsewhere && line.onDefaultBranch ? `merge the branch that holds ${tag.name} back` : null;
  const message =
    objection.is === "used" ? `${version} is used: tag ${tag.name} exists` : `${version} would go backwards: the newest tag of this line is ${tag.name}`;
  return refusal(`${message}${aside}`, [mergeBack, ask]);
}

function downgrade(
  { by, version: held, isFinal }: Extract<Objection, { readonly is: "downgrade" }>,
  version: VersionText,
  line: Line,
  ask: string | null,
): Problem {
  const isUntagged = isFinal && !line.taken.some((one) => comparePrecedence(one.version, held) === 0);
  const tagIt = isUntagged ? `tag the commit that was released as ${tagOf(line.format, held)}` : null;
  const back = line.previous === null ? null : `set ${fileName(by.path)} back to ${line.previous.version}`;
  const problem = refusal(`${fileName(by.path)} says ${by.value}, which is above the proposed ${version}: writing it would be a downgrade`, [tagIt, back, ask]);
  return { ...problem, path: by.path, line: by.line, column: by.column };
}

function finalOf(version: VersionText): VersionText | null {
  return /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? null;
}

function refusal(message: string, waysOut: readonly (string | null)[]): Problem {
  const named = waysOut.filter((way) => way !== null);
  return { severity: "error", message, path: null, line: null, column: null, hint: named.length === 0 ? null : named.join(", or ") };
}
