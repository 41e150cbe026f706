// The release desk as it should be, beside what stands there: opened with the first thing to say, left alone when a person
// closed it.
import type { CloseDesk, KeepDesk, Plan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Hosted, Snapshot } from "../model/snapshot.ts";
import { deskBody, isSameDesk } from "./prose/desk.ts";
import type { Said } from "./said.ts";

/** The oldest is the desk: what is said on another one is not heard. */
export function closeOthers({ desk, otherDesks }: Hosted): CloseDesk[] {
  if (desk === null) return [];
  return otherDesks.map(({ id, number }) => ({
    kind: "close-desk",
    issueId: id,
    number,
    comment: `The release desk is #${String(desk.number)}: say it there.`,
  }));
}

export function keepDesk(
  { lines, components, problems, oddities, takenAt, actions }: Plan,
  said: Said,
  playbook: Playbook,
  { hosted, repository }: { readonly hosted: Hosted; readonly repository: Snapshot["repository"] },
): KeepDesk[] {
  const title = playbook.release.desk;
  const { desk } = hosted;
  if (title === null || hosted.deskUnread !== null || (desk !== null && !desk.isOpen)) return [];
  const hasSomethingToSay = lines.length > 0 || components.some(({ decision }) => decision === "undetermined" || decision === "refused");
  if (desk === null && !hasSomethingToSay) return [];
  // Its number is known once it is open, and another look follows at once.
  if (actions.some((action) => action.kind === "keep-release-pull-request" && action.found?.pullRequest === null)) return [];
  const { freeze } = said.factsOf("*");
  const isOver = freeze !== null && freeze.until !== null && freeze.until <= takenAt;
  const body = deskBody({ repository: repository.name, lines, plans: components, problems, oddities, freeze: isOver ? null : freeze });
  if (desk !== null && desk.title === title && isSameDesk(desk.body, body)) return [];
  return [{ kind: "keep-desk", issueId: desk?.id ?? null, title, body }];
}
