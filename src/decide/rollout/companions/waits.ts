// A companion that is there and has to be merged: by whom nobody but the people there decides.
import type { Words } from "../../../model/plan.ts";
import type { ElsewherePull } from "../../../model/snapshot.ts";
import { listed } from "../../gates/phrases.ts";
import { about, type CompanionFinding, said } from "./finding.ts";
import { draftWanted } from "./keep.ts";
import { change } from "./prose.ts";
import { isForeign, lookAgain, nameOf, type Seen } from "./seen.ts";

/** @param by who opened it, where this app did not */
export function waitsForMerge(seen: Seen, pull: ElsewherePull, by: Words): CompanionFinding {
  const { target, areGatesOpen, wished } = seen;
  const name = `${nameOf(pull, seen)}${by}`;
  const state = { ...about(pull), opensAt: lookAgain(seen), details: wished.values.map(change) };
  const isOwn = pull === seen.there.open;
  if (target.is === "promotion" && !areGatesOpen) {
    const gates = `the gates of ${target.environment.name} are open`;
    const because = isOwn && draftWanted(seen) ? `${name} is a draft until ${gates}` : `${name} is not to be merged before ${gates}`;
    return { ...said("waiting", because, null), ...state };
  }
  // What this app mends itself is not said.
  const isMended = { conflict: isOwn && !isForeign(seen), draft: isOwn && target.is === "promotion" && target.environment.pullRequest.draft };
  const objecting = objectors(pull).map((login) => `@${login}`);
  const against = [
    ...(pull.isConflicting && !isMended.conflict ? ["it conflicts with the branch that it would be merged into"] : []),
    ...(objecting.length > 0 ? [`${listed(objecting)} asked for changes`] : []),
    ...(pull.isDraft && !isMended.draft ? ["it is a draft"] : []),
  ];
  return { ...said("needs-people", `${name} waits to be merged${against.length === 0 ? "" : `: ${listed(against)}`}`, `merge ${pull.url}`), ...state };
}

/** Whose last word is a request for changes. */
function objectors({ reviews }: ElsewherePull): readonly string[] {
  const last = new Map<string, boolean>();
  for (const { author, state } of reviews) if (author !== null && state !== "commented") last.set(author, state === "changes-requested");
  return [...last].flatMap(([author, isAgainst]) => (isAgainst ? [author] : []));
}
