// `/release unhold`: ends a hold, whoever said it.
import { aimedAlone } from "../aim.ts";
import { defineCommand, understood } from "../define.ts";

export const unhold = defineCommand({
  verb: "unhold",
  usage: "",
  component: "possible",
  summary: "ends a hold",
  deed: "end the hold on this release",
  needs: "write",
  effect: "permits",
  parse(rest, hearing) {
    const aimed = aimedAlone("unhold", rest, hearing);
    return aimed.ok ? understood({ verb: "unhold", line: aimed.line }) : aimed;
  },
});
