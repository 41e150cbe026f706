// `/release hold`: nothing is released, and nothing that follows a release goes on, until somebody says unhold.
import { aimedAtAny } from "../aim.ts";
import { defineCommand, understood } from "../define.ts";
import { faultIn } from "../text.ts";

export const hold = defineCommand({
  verb: "hold",
  usage: "<reason>",
  component: "possible",
  summary: "keeps it where it is, before the release or after it, until somebody says `/release unhold`",
  deed: "hold this release",
  needs: "write",
  effect: "restrains",
  parse(rest, hearing) {
    const aimed = aimedAtAny("hold", rest, hearing, "is-something-else");
    if (!aimed.ok) return aimed;
    const fault = faultIn(aimed.rest, "say why: `/release hold <reason>`");
    return fault ?? understood({ verb: "hold", line: aimed.line, reason: aimed.rest });
  },
});
