// The same comment on each pull request and issue of a release, in their order and in one document.
import { Refused } from "../model/errors.ts";
import type { TellContained } from "../model/plan.ts";
import { addComment } from "./add-comment.ts";
import { mutateEach } from "./mutation.ts";
import type { Place } from "./place.ts";

/**
 * What was locked or deleted meanwhile is passed over: the next look sees it so.
 * @throws Refused when the app lacks the permission
 */
export async function tellContained({ body, subjects }: TellContained, { github }: Place): Promise<void> {
  const answers = await mutateEach(
    github,
    subjects.map(({ id }) => addComment(id, body)),
  );
  const forbidden = answers.find((one) => one instanceof Refused && one.isForPermission);
  if (forbidden instanceof Refused) throw forbidden;
}
