// The release desk as it should be, beside what stands there: opened with the first thing to say, left alone when a person
// closed it.
import type { CloseDesk, KeepDesk, Plan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Hosted, Snapshot } from "../model/snapshot.ts";
import { deskBody, isSameDesk } from "./prose/desk.ts";
import { needsPeople } from "./prose/rollout-words.ts";
import { cadenceWords } from "./rollout/aftercare/index.ts";
import type { Said } from "./said.ts";
import type { ClassifiedTags } from "./versions/index.ts";

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
  { lines, rollouts, components, problems, oddities, takenAt, actions }: Plan,
  said: Said,
  playbook: Playbook,
  { hosted, repository, tags }: { readonly hosted: Hosted; readonly repository: Snapshot["repository"]; readonly tags: ClassifiedTags },
): KeepDesk[] {
  const title = playbook.release.desk;
  const { desk } = hosted;
  if (title === null || hosted.deskUnread !== null || (desk !== null && !desk.isOpen)) return [];
  const hasSomethingToSay =
    lines.length > 0 || rollouts.some(needsPeople) || components.some(({ decision }) => decision === "undetermined" || decision === "refused");
  if (desk === null && !hasSomethingToSay) return [];
  // Its number is known once it is open, and another look follows at once.
  if (actions.some((action) => action.kind === "keep-release-pull-request" && action.found?.pullRequest === null)) return [];
  const { freeze } = said.factsOf("*");
  const isOver = freeze !== null && freeze.until !== null && freeze.until <= takenAt;
  const reminders = components.flatMap(({ name }) =>
    cadenceWords(components.length === 1 ? null : name, tags.releases.get(name) ?? [], playbook.release, hosted, takenAt),
  );
  const body = deskBody({ repository: repository.name, lines, rollouts, plans: components, problems, oddities, freeze: isOver ? null : freeze, reminders });
  if (desk !== null && desk.title === title && isSameDesk(desk.body, body)) return [];
  return [{ kind: "keep-desk", issueId: desk?.id ?? null, title, body }];
}
