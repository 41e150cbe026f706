// Whoever looks at a pull request, or at the issue that it closed, reads there in which release it is. Said once on each, in
// an order that never changes: whatever stands before one that was told was told, too, or nothing can be said there.
import type { Playbook } from "../../../model/playbook.ts";
import type { Contained, Hosted } from "../../../model/snapshot.ts";
import { counted } from "../../gates/phrases.ts";
import { hiddenRecord, hiddenRecordIn, isFields } from "../../hidden-record.ts";
import type { Followed } from "../followed.ts";
import { asks, type Care, does, isOver } from "./care.ts";

type Release = Pick<Followed["record"], "component" | "tag" | "pullRequest"> & {
  /** `cavern 0.9.0`. */ readonly title: string;
  /** Its page. */ readonly url: string;
};

/** GitHub takes 80 texts a minute and 500 an hour from an app: one look writes a quarter of the first. */
const TOLD_A_LOOK = 20;
/** A release of more is read and told only so far. */
const PULL_REQUESTS_MAX = 500;

/** @param pullRequests of the release's commits, in an order that stays */
export function mentionCare(
  release: Release,
  pullRequests: readonly number[],
  { mention }: Pick<Playbook["release"], "mention">,
  { contained }: Pick<Hosted, "contained">,
): Care {
  const numbers = [...new Set(pullRequests)].filter((number) => number !== release.pullRequest).slice(0, PULL_REQUESTS_MAX);
  const last = numbers.at(-1);
  if (mention === "nobody" || last === undefined) return isOver();
  // One question is enough for a release that was told all of.
  if (!contained.has(last)) return asks({ contained: [last] });
  if (isTold(contained.get(last) ?? null, release)) return isOver();
  const order = mention === "pull-requests" ? numbers : withIssues(numbers, contained);
  const unread = [...numbers, ...order].filter((number) => !contained.has(number));
  if (unread.length > 0) return asks({ contained: [...new Set(unread)] });
  const left = order.flatMap((number) => contained.get(number) ?? []).filter((one) => !isTold(one, release));
  if (left.length === 0) return isOver();
  const subjects = left.slice(0, TOLD_A_LOOK).map(({ id, number }) => ({ id, number }));
  const more = left.length > subjects.length ? `, ${String(left.length - subjects.length)} to follow` : "";
  const says = `${counted(subjects.length, "conversation")} told of the release${more}`;
  return does([{ kind: "tell-contained", tag: release.tag, body: bodyOf(release), subjects }], says);
}

/** The issues of a pull request come before it, so that the last one of all is known at once. */
function withIssues(pullRequests: readonly number[], contained: Hosted["contained"]): readonly number[] {
  return [...new Set(pullRequests.flatMap((number) => [...(contained.get(number)?.closes ?? []).filter((issue) => !pullRequests.includes(issue)), number]))];
}

function bodyOf({ title, url, tag, component }: Release): string {
  return `Released in [${title}](${url}).\n\n${hiddenRecord({ released: tag, component })}`;
}

function isTold(found: Contained | null, { tag, component }: Release): boolean {
  return (found?.own ?? []).some((text) => {
    const record = hiddenRecordIn(text);
    return isFields(record) && record["released"] === tag && record["component"] === component;
  });
}
