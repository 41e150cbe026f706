// `/release skip`: a step of a release is passed over, on the word of two people. That there are two is worked out where
// the step is judged.
import { aimedAtOne } from "../aim.ts";
import { defineCommand, mistaken, understood } from "../define.ts";
import { namedSteps, quoted, stepIn } from "../release-step.ts";
import { faultIn } from "../text.ts";

export const skip = defineCommand({
  verb: "skip",
  usage: "<step> <reason>",
  component: "wanted",
  summary: "passes over a step of the release; a second person has to say it too",
  deed: "skip a step of this release",
  needs: "write",
  effect: "permits",
  isVouching: true,
  about: "release",
  notHere: (playbook) => (namedSteps(playbook).length === 0 ? "nothing follows a release in this playbook" : null),
  parse(rest, hearing) {
    const aimed = aimedAtOne("skip", rest, hearing, "is-something-else");
    if (!aimed.ok) return aimed;
    if (aimed.rest === "") return mistaken(`say which step and why: \`/release ${aimed.said} <step> <reason>\``);
    const found = stepIn(aimed.rest, aimed.said, hearing.playbook);
    if (!found.ok) return found;
    const fault = faultIn(found.rest, `say why: \`/release ${aimed.said} ${quoted(found.step)} <reason>\``);
    return fault ?? understood({ verb: "skip", line: aimed.line, step: found.step, reason: found.rest });
  },
});
