// Where a companion stands, and what is done about it. Done is what the files say, whoever wrote them; a person's own pull
// request is taken over, theirs is never overwritten, and what a newer release brought is never taken back.
import type { CloseCompanion, Words } from "../../../model/plan.ts";
import type { Problem } from "../../../model/problem.ts";
import { code, listed, shortened } from "../../gates/phrases.ts";
import { placeOf } from "../../prose/place.ts";
import { about, type CompanionFinding, halted, said } from "./finding.ts";
import { keepAction } from "./keep.ts";
import { change } from "./prose.ts";
import { type CompanionQuestion, holdsOwn, isForeign, lookAgain, nameOf, newerIn, type Seen, whereInWords } from "./seen.ts";
import { branchOf, isLoop, repositoryOf, wishesOf } from "./target.ts";
import { waitsForMerge } from "./waits.ts";
import { holds, isBrought, serves, wishedIn } from "./wished.ts";

export function judgeCompanion(question: CompanionQuestion): CompanionFinding {
  const { target, release, read } = question;
  const name = repositoryOf(target, release);
  const wishes = wishesOf(target, release);
  if (wishes === null) return halted("it names `{candidate_tag}`, and this release has no candidate", "correct it in the playbook");
  if (isLoop(target, release)) return halted(`\`downstream\` names ${name} itself: a merge there would be one more release`, "use an environment with a `pin`");
  if (read === null) throw new Error("Bug: a companion is judged that was never looked at");
  if (!read.ok) {
    const remedy =
      read.permission === null ? `install the app on ${name}, or correct the playbook` : `give the app the permission \`${read.permission}\` there`;
    return said("unknown", read.because, remedy);
  }
  const there = read.value;
  if (there.isFork && target.is === "downstream")
    return halted(`${name} is a fork: a pull request there might land where nobody meant it to`, "name the repository that it was forked from");
  const wished = wishedIn(there.files, wishes, release.values.version);
  if (!wished.ok) return unwritable(wished.problems, name);
  const running = target.is === "promotion" ? (wished.value.values[0]?.from ?? null) : null;
  return { ...judgeSeen({ ...question, there, wished: wished.value, running }), running };
}

function unwritable([first]: readonly Problem[], repository: string): CompanionFinding {
  if (first === undefined) throw new Error("Bug: a failure without a problem");
  return halted(`${code(placeOf(first) ?? "", 200)} in ${repository}: ${shortened(first.message, 300)}`, first.hint ?? "correct it there, or in the playbook");
}

/** The first that applies. */
function judgeSeen(seen: Seen): CompanionFinding {
  return (
    asItStands(seen) ??
    mergedAndGone(seen) ??
    movedOn(seen) ??
    archived(seen) ??
    adopted(seen) ??
    closedByAPerson(seen) ??
    heldBackByGates(seen) ??
    foreignBranch(seen) ??
    kept(seen)
  );
}

/** The default branch has it, or more. */
function asItStands(seen: Seen): CompanionFinding | null {
  const { there, wished } = seen;
  const where = whereInWords(seen);
  if (wished.newer !== null) {
    const because = `${where} is at ${code(wished.newer)} already`;
    return { ...said("superseded", because, null), action: closing(seen, `Not needed any more: ${because}.`) };
  }
  if (!isBrought(wished.values)) return null;
  const { over } = there;
  const merged = over?.state === "merged" && holdsOwn(seen, over) ? over : null;
  const own = wished.values.filter(({ wish }) => "value" in wish);
  const because = `${where} is at ${listed([...new Set(own.map(({ to }) => code(to)))])}`;
  const action = closing(seen, `Not needed any more: ${because} already.`);
  return merged === null
    ? { ...said("done", because, null), action }
    : { ...said("done", `${nameOf(merged, seen)} was merged: ${because}`, null), ...about(merged), action };
}

/** It was merged, and the default branch does not have it any more. Elsewhere that is the business of those who did it. */
function mergedAndGone(seen: Seen): CompanionFinding | null {
  const { target, release, there, retriedAt, step, running, wished } = seen;
  const { over } = there;
  if (over?.state !== "merged" || over.closed === null || over.closed.at < release.values.startedAt) return null;
  const isBumpAlone = wished.values.every(({ wish }) => "bump" in wish);
  if (!isBumpAlone && !holdsOwn(seen, over)) return null;
  if (target.is === "downstream") return { ...said("done", `${nameOf(over, seen)} was merged`, null), ...about(over) };
  if (retriedAt !== null && retriedAt > over.closed.at) return null;
  const because = `${nameOf(over, seen)} was merged, and ${whereInWords(seen)} was set to ${code(running ?? "")} since`;
  return { ...said("needs-people", because, `leave it so, or propose it again: \`/release retry ${step}\``), ...about(over), endedAt: null };
}

/** A newer release of the component has the branch. */
function movedOn(seen: Seen): CompanionFinding | null {
  const { there, release } = seen;
  const { open, over, head } = there;
  const isOfNow = over !== null && over.closed !== null && over.closed.at >= release.values.startedAt;
  const pull = open ?? (isOfNow ? over : null);
  const isNewer = pull !== null && newerIn(seen, pull === open && head !== null ? head.files : pull.files);
  if (!isNewer) return null;
  return { ...said("superseded", `${nameOf(pull, seen)} moved on to a newer release`, null), ...about(pull), endedAt: null };
}

function archived({ there, target, release }: Seen): CompanionFinding | null {
  return there.isArchived
    ? halted(`${repositoryOf(target, release)} is archived: nothing can be proposed there`, "unarchive it, or take it out of the playbook")
    : null;
}

/** A person was first. */
function adopted(seen: Seen): CompanionFinding | null {
  const pull = seen.there.others.find(({ files }) => serves(files, seen.wished.values));
  if (pull === undefined) return null;
  const by = `, opened by ${pull.author === null ? "somebody" : `@${pull.author}`},`;
  return { ...waitsForMerge(seen, pull, by), action: closing(seen, `${pull.url} brings the same values, so this one is not needed.`) };
}

function closedByAPerson(seen: Seen): CompanionFinding | null {
  const { there, release, retriedAt, step } = seen;
  const { open, over } = there;
  if (open !== null || over?.state !== "closed" || over.closed === null || over.closed.byApp) return null;
  if (over.closed.at < release.values.startedAt || (retriedAt !== null && retriedAt > over.closed.at)) return null;
  const because = `${nameOf(over, seen)} was closed without being merged`;
  return { ...said("needs-people", because, `reopen it, or \`/release retry ${step}\``), ...about(over), opensAt: lookAgain(seen) };
}

/** Only a draft can stand open before: nothing else would hold it back from being merged. */
function heldBackByGates({ target, areGatesOpen, there }: Seen): CompanionFinding | null {
  if (target.is !== "promotion" || target.environment.pullRequest.draft || areGatesOpen || there.open !== null) return null;
  return said("waiting", `its pull request is opened once the gates of ${target.environment.name} are open`, null);
}

/** What others pushed to its branch stays, whatever it is; only the text of a pull request is still kept. */
function foreignBranch(seen: Seen): CompanionFinding | null {
  const { there, target, release, wished, step } = seen;
  const { head, open } = there;
  if (!isForeign(seen) || head === null) return null;
  const branch = code(branchOf(target, release), 200);
  const details = wished.values.map(change);
  const opensAt = lookAgain(seen);
  if (open === null) {
    const because = `the branch ${branch} of ${repositoryOf(target, release)} has commits of others and no pull request`;
    return { ...said("needs-people", because, "open a pull request from it, or delete it"), details, opensAt };
  }
  const action = keepAction(seen, false);
  if (holds(head.files, wished.values)) return { ...waitsForMerge(seen, open, ""), action };
  const because = `${nameOf(open, seen)} has commits of others, which are left as they are, and lacks ${listed(wished.values.map(({ to }) => code(to)))}`;
  const next = `set it on the branch ${branch}, or close the pull request, delete its branch and say \`/release retry ${step}\``;
  return { ...said("needs-people", because, next), ...about(open), details, action, opensAt };
}

function kept(seen: Seen): CompanionFinding {
  const { there, takenAt, wished } = seen;
  const action = keepAction(seen, true);
  if (there.open !== null) return { ...waitsForMerge(seen, there.open, ""), action };
  const details = wished.values.map(change);
  return { ...said("ready", `a pull request is opened: ${listed(details, 3)}`, null), details, action, opensAt: takenAt };
}

/** Only this app's own, and never one that a newer release has moved on. */
function closing(seen: Seen, comment: Words): CloseCompanion | null {
  const { open, head } = seen.there;
  if (open === null || newerIn(seen, head?.files ?? open.files)) return null;
  return { kind: "close-companion", repository: repositoryOf(seen.target, seen.release), pullRequest: { id: open.id, number: open.number }, comment };
}
