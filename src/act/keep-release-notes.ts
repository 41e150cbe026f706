// The text of a release, drafts included: written only over exactly the text that was decided on.
import { Stale } from "../model/errors.ts";
import type { KeepReleaseNotes } from "../model/plan.ts";
import { valueAt } from "./answer.ts";
import type { Place } from "./place.ts";

/** @throws Stale when somebody changed or deleted it meanwhile: nothing is overwritten */
export async function keepReleaseNotes({ release, tag, found, body: wanted }: KeepReleaseNotes, { github, repository }: Place): Promise<void> {
  const { id } = repository;
  const there = await github.rest("GET /repositories/{id}/releases/{release}", { id, release }, { expected: [404] });
  if (there.status === 404) throw new Stale(`the release of ${tag} is gone`);
  const body = valueAt(there.data, "body") ?? "";
  if (typeof body !== "string" || withPlainEnds(body) !== withPlainEnds(found)) throw new Stale(`the text of the release of ${tag} has changed meanwhile`);
  await github.rest("PATCH /repositories/{id}/releases/{release}", { id, release, body: wanted });
}

/** Two APIs of GitHub read it, and line ends say nothing. */
function withPlainEnds(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
