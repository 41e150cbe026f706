// `/release status`: what a release waits for.
import { aimedAlone } from "../aim.ts";
import { defineCommand, understood } from "../define.ts";

export const status = defineCommand({
  verb: "status",
  usage: "",
  component: "possible",
  summary: "says what the release waits for, and who can move it",
  deed: "ask for the status",
  needs: "triage",
  effect: "answers",
  parse(rest, hearing) {
    const aimed = aimedAlone("status", rest, hearing);
    return aimed.ok ? understood({ verb: "status", line: aimed.line }) : aimed;
  },
});
