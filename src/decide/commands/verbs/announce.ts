// `/release announce`: which announcements are due and who sends them, or how all of them would read. It sends nothing.
import { aimedAtOne } from "../aim.ts";
import { defineCommand, meant, understood } from "../define.ts";

const DRY_RUN = "--dry-run";
/** Telephones make one long dash of two. */
const DRY_RUN_SPELT = /^(?:--|[\u2013\u2014])?dry[- ]?run$/i;

export const announce = defineCommand({
  verb: "announce",
  usage: `[${DRY_RUN}]`,
  component: "wanted",
  summary: `says which announcements are due and who sends them; \`${DRY_RUN}\` shows how all of them would read`,
  deed: "ask for the announcements",
  needs: "triage",
  effect: "answers",
  notHere: ({ communications }) => (communications.length === 0 ? "the playbook has no `communications`" : null),
  parse(rest, hearing) {
    const aimed = aimedAtOne("announce", rest, hearing, "may-name-it");
    if (!aimed.ok) return aimed;
    const isDryRun = DRY_RUN_SPELT.test(aimed.rest);
    if (aimed.rest === "" || isDryRun) return understood({ verb: "announce", line: aimed.line, isDryRun });
    return meant(/dry/i.test(aimed.rest) ? `${aimed.said} ${DRY_RUN}` : aimed.said);
  },
});
