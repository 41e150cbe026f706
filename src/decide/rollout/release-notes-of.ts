// The app's own part of a published release's text: what it leaves behind, and how far it has come.
import type { KeepReleaseNotes } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { Everything } from "../plan-components.ts";
import { isSameReleaseBody, ownedRegion, withOwnedRegion } from "../prose/release-body.ts";
import type { JudgedRollout } from "./one-rollout.ts";

/** Of this app's releases alone: another's text is another's. GitHub makes a missing tag again when its release is edited. */
export function keepNotes({ rollout, report }: JudgedRollout, { playbook }: Everything, { tagged }: Hosted): KeepReleaseNotes[] {
  const { published } = rollout;
  if (published === null || rollout.trouble !== null || tagged.get(report.tag)?.releases.some(({ id, isOwn }) => id === published.id && isOwn) !== true)
    return [];
  const region = ownedRegion(report, playbook.release.notes.digests);
  if (region === null) return [];
  const body = withOwnedRegion(published.body, region);
  return isSameReleaseBody(body, published.body) ? [] : [{ kind: "keep-release-notes", release: published.id, tag: report.tag, found: published.body, body }];
}
