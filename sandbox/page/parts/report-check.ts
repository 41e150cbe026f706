// Lets the continuous integration of the sandbox report on a commit. On GitHub that is an app like any other; here it is
// one that hears nothing, so whoever may write says what it found.
import type { App, Repository, World } from "../../world/types.ts";
import { form, textField, the, wasRefused } from "../form.ts";
import { html, type Content } from "../html.ts";
import type { Visit } from "../visit.ts";
import { mayAt } from "./rights.ts";

const USUAL_NAME = "build";
const OUTCOMES = [
  { value: "success", label: "✓ passed" },
  { value: "failure", label: "✗ failed" },
  { value: "running", label: "○ running" },
] as const;
export const OUTCOME_VALUES = OUTCOMES.map(({ value }) => value);

/** The first app of the repository's owner that may write checks and that no server answers for; null without any. */
export function ciOf({ installations }: World, { owner }: Repository): App | null {
  const installed = [...installations.values()].filter(({ account }) => account === owner);
  return installed.find(({ app, permissions }) => app.webhook === null && permissions["checks"] === "write")?.app ?? null;
}

/** Null where there is no such app, and for who may not write. */
export function reportForm(visit: Visit, sha: string): Content {
  const { repository, standIn } = visit;
  const ci = ciOf(standIn.world, repository);
  if (ci === null || !mayAt(visit, "write")) return null;
  const name = the("report-check");
  const last = [...repository.checkRuns.values()].findLast(({ suite }) => suite.app === ci);
  return html`<details class="menu pad" id="report-check" ${wasRefused(visit, name) && html`open`}>
    <summary>Let ${ci.slug} report</summary>
    ${form(visit, name, [
      textField(visit, name, { name: "name", label: "Name of the check", value: last?.name ?? USUAL_NAME, isRequired: true }),
      html`<input type="hidden" name="sha" value="${sha}" />
        <span class="together">
          ${OUTCOMES.map(({ value, label }) => html`<button type="submit" class="button" name="outcome" value="${value}">${label}</button>`)}
        </span>`,
    ])}
  </details>`;
}
