// A milestone of that title that is open. Titles are unique, closed milestones included: one that was closed is opened again.
import { Refused } from "../model/errors.ts";
import type { OpenMilestone } from "../model/plan.ts";
import { numberAt, stringAt, valueAt } from "./answer.ts";
import type { Place } from "./place.ts";

const PAGE = 100;
/** No team has closed more milestones than fit on so many pages. */
const PAGES_MAX = 20;

/** @throws Refused for a title that GitHub does not take */
export async function openMilestone({ title }: OpenMilestone, place: Place): Promise<void> {
  const { github, repository } = place;
  const { status, data } = await github.rest("POST /repositories/{id}/milestones", { id: repository.id, title }, { expected: [422] });
  if (status !== 422) return;
  const errors = valueAt(data, "errors");
  const isThere = Array.isArray(errors) && errors.some((error) => valueAt(error, "code") === "already_exists");
  if (!isThere) throw new Refused(`opening the milestone ${title}`, stringAt(data, "message"), null);
  const closed = await closedMilestone(title, place);
  if (closed !== null) await github.rest("PATCH /repositories/{id}/milestones/{number}", { id: repository.id, number: closed, state: "open" });
}

/** Its number; null when it is open already. */
async function closedMilestone(title: string, { github, repository }: Place): Promise<number | null> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const { data } = await github.rest("GET /repositories/{id}/milestones", { id: repository.id, state: "closed", per_page: PAGE, page });
    const found: readonly unknown[] = Array.isArray(data) ? data : [];
    const same = found.find((one) => valueAt(one, "title") === title);
    if (same !== undefined) return numberAt(same, "number");
    if (found.length < PAGE) return null;
  }
  return null;
}
