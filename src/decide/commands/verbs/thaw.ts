// `/release thaw`: ends a freeze, whoever said it.
import { defineCommand, meant, mistaken, understood } from "../define.ts";
import { isForDesk } from "../for-desk.ts";

export const thaw = defineCommand({
  verb: "thaw",
  usage: "",
  component: "none",
  summary: "ends a freeze",
  deed: "thaw the repository",
  needs: "write",
  effect: "permits",
  parse(rest, { place, playbook }) {
    if (isForDesk(place, playbook)) return mistaken("a freeze is about every release: end it on the release desk");
    return rest === "" ? understood({ verb: "thaw" }) : meant("thaw");
  },
});
