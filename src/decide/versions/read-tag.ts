// What one tag is by its spelling alone: whose release, candidate or other build, a train, or something to diagnose.
import picomatch from "picomatch";
import type { Playbook } from "../../model/playbook.ts";
import type { TagKind, VersionText } from "../../model/version.ts";
import { calverWithin } from "./calver.ts";
import { diagnose, type Spelling, type Suspect } from "./mistag.ts";
import { type CandidateFormat, candidateFormat, candidateWord, readCandidateTag, tagFormat, type TagFormat, within } from "./tag-format.ts";
import { CANDIDATE, finalVersion, type Numbering, readVersion } from "./version-text.ts";

export type TagRules = { readonly components: readonly string[]; readonly release: Playbook["release"]; readonly versioning: Numbering };

export type Moving = Extract<Suspect, { readonly is: "moving" }>;

export type Spelt = {
  readonly kind: TagKind | Moving;
  /** The components whose tags are spelt like this one; several when they are always released together. */
  readonly components: readonly string[];
  /** The final version that a mis-tag was probably meant as; null when it is none or that is not clear. */
  readonly likely: VersionText | null;
};

/** A reader of tag names. What the playbook says is prepared once, so that many thousands of tags are no burden. */
export function tagReader({ components, release, versioning }: TagRules): (name: string) => Spelt {
  const ignored = release.tag.ignore.map((glob) => ({ glob, matches: picomatch(glob, { dot: true }) }));
  const train = release.train === null ? null : calverWithin(release.train.tag);
  const claimants = claimantsOf(components, release);
  const words = [CANDIDATE, ...claimants.flatMap(({ candidate }) => (candidate === null ? [] : (candidateWord(candidate) ?? [])))];
  return (name) => {
    const glob = ignored.find(({ matches }) => matches(name))?.glob;
    if (glob !== undefined) return ofNobody({ is: "ignored", because: `\`release.tag.ignore\` names it: \`${glob}\`` });
    const trainKind = train === null ? null : readTrain(name, train);
    if (trainKind !== null) return ofNobody(trainKind);
    for (const claimant of claimants) {
      const kind = readTag(name, claimant, versioning, words);
      if (kind !== null) return { kind, components: claimant.sharers, likely: null };
    }
    const { suspect, likely } = diagnose(name, claimants, versioning);
    const owner = suspect.is === "unclaimed" ? undefined : claimants.find(({ component }) => component === suspect.component);
    return { kind: suspect, components: owner?.sharers ?? [], likely };
  };
}

type Claimant = Spelling & { readonly sharers: string[]; readonly candidate: CandidateFormat | null };

/** The most literal text first, so that `1.0.0-gw-api` is never read as a build of `api` when there is a `gw-api`. */
function claimantsOf(components: readonly string[], release: Playbook["release"]): Claimant[] {
  const claimants = new Map<string, Claimant>();
  for (const component of components) {
    const format = tagFormat(release.tag.name, component);
    const key = JSON.stringify(format);
    const same = claimants.get(key);
    const candidate = release.candidate === null ? null : candidateFormat(release.candidate.tag, component);
    if (same === undefined) claimants.set(key, { component, format, candidate, sharers: [component] });
    else same.sharers.push(component);
  }
  return [...claimants.values()].toSorted((left, right) => literalsIn(right.format) - literalsIn(left.format) || (left.component < right.component ? -1 : 1));
}

function literalsIn({ prefix, suffix }: TagFormat): number {
  return prefix.length + suffix.length;
}

function readTag(name: string, { component, format, candidate }: Claimant, numbering: Numbering, words: readonly string[]): TagKind | null {
  const own = candidate === null ? null : readCandidateTag(candidate, name);
  if (own !== null && finalVersion(own.version, numbering) !== null) return { is: "candidate", component, version: own.version, number: own.number };
  const text = within(format, name);
  const reading = text === null ? null : readVersion(text, numbering, words);
  if (reading === null) return null;
  return reading.is === "final" ? { is: "release", component, version: reading.version } : { ...reading, component };
}

function readTrain(name: string, { prefix, format, suffix }: ReturnType<typeof calverWithin>): TagKind | null {
  const text = within({ prefix, suffix }, name);
  const reading = text === null ? null : readVersion(text, { scheme: "calver", calver: format });
  if (reading === null) return null;
  if (reading.is === "final") return { is: "train", version: reading.version };
  return { is: "unclaimed", because: `a ${reading.is} of the train ${reading.version}: trains have releases only` };
}

function ofNobody(kind: TagKind): Spelt {
  return { kind, components: [], likely: null };
}
