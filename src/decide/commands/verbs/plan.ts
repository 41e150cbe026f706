// `/release plan`: what would be released. On a release pull request that a person closed it asks for a new one.
import { aimedAlone } from "../aim.ts";
import { defineCommand, understood } from "../define.ts";

export const plan = defineCommand({
  verb: "plan",
  usage: "",
  component: "possible",
  summary: "shows what would be released and why; on a closed release pull request it asks for a new one",
  deed: "ask for a plan",
  needs: "write",
  effect: "answers",
  about: "proposal",
  parse(rest, hearing) {
    const aimed = aimedAlone("plan", rest, hearing);
    return aimed.ok ? understood({ verb: "plan", line: aimed.line }) : aimed;
  },
});
