// One issue for each release that is finished, in which its team looks back.
import type { Playbook } from "../../../model/playbook.ts";
import type { RolloutReport } from "../../../model/rollout.ts";
import type { Hosted } from "../../../model/snapshot.ts";
import { asks, type Care, does, isOver, isUnknown } from "./care.ts";
import { retrospectiveBody, retrospectiveTitle } from "./retrospective-text.ts";

const FINISHED: ReadonlySet<RolloutReport["state"]> = new Set(["verified", "withdrawn"]);

export function retrospectiveCare(
  report: RolloutReport,
  { release, path }: Pick<Playbook, "path"> & { readonly release: Pick<Playbook["release"], "retrospective"> },
  { retrospectives }: Pick<Hosted, "retrospectives">,
): Care {
  if (!release.retrospective || report.state === "superseded") return isOver();
  if (!FINISHED.has(report.state)) return does([], null);
  if (retrospectives === null) return asks({ retrospectives: true });
  if (!retrospectives.ok) return isUnknown("the retrospectives", retrospectives);
  const there = retrospectives.value.get(report.tag);
  if (there !== undefined) return isOver(`the retrospective is #${String(there.number)}`);
  return does(
    [{ kind: "open-retrospective", tag: report.tag, title: retrospectiveTitle(report), body: retrospectiveBody(report, path) }],
    "the issue for its retrospective is opened",
  );
}
