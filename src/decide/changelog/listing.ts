// "14 of 14 pull requests listed": every pull request in range is either named by the text or given here with the
// reason why it is not.
import type { Reason } from "../../model/plan.ts";
import { hasMention, namedIn } from "./mentions.ts";

export type Listing = {
  /** Pull requests in range. */
  readonly inRange: number;
  /** How many of them the text names. */
  readonly listed: number;
  /** Numbers of those that it does not name, in the order of the reasons. */
  readonly omitted: readonly number[];
  /** Pull requests and direct pushes that it does not name, each with why. `pullRequest` is null for a direct push. */
  readonly omissions: readonly { readonly pullRequest: number | null; readonly sha: string; readonly subject: string; readonly because: string }[];
  /** `12 of 14 pull requests listed`. */
  readonly summary: string;
};

/**
 * @param reasons all changes in range, counted or not; a change that several commits bring is one by its pull request.
 * @param section the Markdown that should name them.
 * @param repositoryUrl lets plain addresses of its pull requests count as well; null when there is none.
 */
export function listedPullRequests(reasons: readonly Reason[], section: string, repositoryUrl: string | null = null): Listing {
  const named = namedIn(section, repositoryUrl);
  const omissions: Listing["omissions"][number][] = [];
  let listed = 0;
  for (const members of byOrigin(reasons)) {
    const [first] = members;
    if (first === undefined) continue;
    const { pullRequest, sha, subject } = first;
    if (members.some((reason) => hasMention(named, reason))) listed += pullRequest === null ? 0 : 1;
    else omissions.push({ pullRequest, sha, subject, because: [...new Set(members.map(({ because }) => because))].join("; ") });
  }
  const omitted = omissions.flatMap(({ pullRequest }) => pullRequest ?? []);
  const inRange = listed + omitted.length;
  return { inRange, listed, omitted, omissions, summary: `${String(listed)} of ${String(inRange)} pull request${inRange === 1 ? "" : "s"} listed` };
}

/** The changes of one pull request together; each direct push by itself. */
function byOrigin(reasons: readonly Reason[]): readonly (readonly Reason[])[] {
  return [...Map.groupBy(reasons, ({ pullRequest, sha }) => (pullRequest === null ? sha : `#${String(pullRequest)}`)).values()];
}
