// `/release retry`: what failed after the tag is run again, and what may never have been started is started.
import { aimedAtOne } from "../aim.ts";
import { defineCommand, meant, understood } from "../define.ts";
import { namedSteps, quoted, stepIn } from "../release-step.ts";

export const retry = defineCommand({
  verb: "retry",
  usage: "[step]",
  component: "wanted",
  summary: "runs a step of the release again, or every one that failed",
  deed: "run a step of this release again",
  needs: "write",
  effect: "permits",
  about: "release",
  notHere: (playbook) => (namedSteps(playbook).length === 0 ? "nothing follows a release in this playbook" : null),
  parse(rest, hearing) {
    const aimed = aimedAtOne("retry", rest, hearing, "is-something-else");
    if (!aimed.ok) return aimed;
    if (aimed.rest === "") return understood({ verb: "retry", line: aimed.line, step: null });
    const found = stepIn(aimed.rest, aimed.said, hearing.playbook);
    if (!found.ok) return found;
    return found.rest === "" ? understood({ verb: "retry", line: aimed.line, step: found.step }) : meant(`${aimed.said} ${quoted(found.step)}`);
  },
});
