// A tag that moves along: GitHub changes it only from where it was seen, so that whoever moved it meanwhile is not undone.
import { Refused, Stale } from "../model/errors.ts";
import type { MoveTag } from "../model/plan.ts";
import type { Sha } from "../model/snapshot.ts";
import { stringAt } from "./answer.ts";
import { moveRef } from "./move-ref.ts";
import { mutate } from "./mutation.ts";
import type { Place } from "./place.ts";

/** @throws Stale when it is not where it was seen */
export async function moveTag(action: MoveTag, place: Place): Promise<void> {
  const { tag, from, to } = action;
  const held = from === null ? null : await refOn(from, action, place);
  try {
    await mutate(place.github, [moveRef(place.repository.nodeId, `refs/tags/${tag}`, held, to)]);
  } catch (error) {
    if (error instanceof Refused && /already exists/i.test(error.reason)) throw new Stale(`the tag ${tag} was made meanwhile`, null, { cause: error });
    throw error;
  }
}

/** What the ref itself holds: for an annotated tag its object, which leads to the commit. */
async function refOn(commit: Sha, { tag }: MoveTag, { github, repository }: Place): Promise<Sha> {
  const { id } = repository;
  const { status, data } = await github.rest("GET /repositories/{id}/git/ref/{ref}", { id, ref: `tags/${tag}` }, { expected: [404] });
  if (status === 404) throw new Stale(`the tag ${tag} was deleted meanwhile`);
  const held = stringAt(data, "object", "sha");
  const isObject = stringAt(data, "object", "type") === "tag";
  const found = isObject ? stringAt((await github.rest("GET /repositories/{id}/git/tags/{sha}", { id, sha: held })).data, "object", "sha") : held;
  if (found !== commit) throw new Stale(`the tag ${tag} was moved meanwhile`);
  return held;
}
