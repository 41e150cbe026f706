// Issues of this app in which a team looks back on a release, open or closed, by the tag that their mark names.
import { RETROSPECTIVE_OPENING } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import { readOwnIssues } from "./desk.ts";
import { type Fields, numberAt, textAt } from "./fields.ts";
import { ISSUES_NEED } from "./issues.ts";
import type { Asking } from "./moment.ts";
import { readUnlessRefused } from "./refusal.ts";

const CLOSING = " -->";

type Retrospectives = NonNullable<Hosted["retrospectives"]>;
type Found = Extract<Retrospectives, { readonly ok: true }>["value"];

/** Costs no request of its own: the desk is looked for in the same list. */
export function readRetrospectives(asking: Pick<Asking, "ask" | "learn" | "app">): Promise<Retrospectives> {
  return readUnlessRefused(ISSUES_NEED, readAll(asking));
}

/** Of several about one tag the oldest counts. */
async function readAll(asking: Pick<Asking, "ask" | "learn" | "app">): Promise<Found> {
  const issues = [...(await readOwnIssues(asking))].sort((one, other) => numberAt(other, "number") - numberAt(one, "number"));
  return new Map(
    issues.flatMap((issue) => {
      const tag = tagOf(issue);
      return tag === null ? [] : [[tag, { number: numberAt(issue, "number"), url: textAt(issue, "url") }] as const];
    }),
  );
}

/** People write below the mark, and GitHub's form ends lines as Windows does. */
function tagOf(issue: Fields): string | null {
  const line = textAt(issue, "body")
    .split(/\r?\n/)
    .find((one) => one.startsWith(RETROSPECTIVE_OPENING) && one.endsWith(CLOSING));
  return line === undefined ? null : line.slice(RETROSPECTIVE_OPENING.length, -CLOSING.length);
}
