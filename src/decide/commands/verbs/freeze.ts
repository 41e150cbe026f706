// `/release freeze`: nothing in the whole repository is released until then, or until somebody says thaw.
import { parseWhen } from "../../calendar/moments.ts";
import { defineCommand, mistaken, understood } from "../define.ts";
import { faultIn } from "../text.ts";
import { isForDesk } from "../for-desk.ts";

export const freeze = defineCommand({
  verb: "freeze",
  usage: "<reason> [until <when>]",
  component: "none",
  summary: "keeps everything from being released until then, or until somebody says `/release thaw`",
  deed: "freeze the repository",
  needs: "write",
  effect: "restrains",
  parse(rest, { saidAt, place, playbook }) {
    if (isForDesk(place, playbook)) return mistaken("a freeze is about every release: say it on the release desk");
    const at = lastUntil(rest);
    const reason = at === null ? rest : rest.slice(0, at).trim();
    const fault = faultIn(reason, "say why: `/release freeze <reason>`, or `/release freeze <reason> until Friday 18:00`");
    if (fault !== null) return fault;
    if (at === null) return understood({ verb: "freeze", reason, until: null });
    const until = parseWhen(rest.slice(at + "until".length), saidAt);
    if (until === null)
      return mistaken(
        "what follows `until` is no moment to come: say `until Friday 18:00`, `until 2026-12-24 18:00 Europe/Berlin` or `until in 3 h`, or leave it out",
      );
    return understood({ verb: "freeze", reason, until });
  },
});

/** Where the last `until` stands as a word of its own. */
function lastUntil(text: string): number | null {
  const found = [...text.matchAll(/(?<!\S)until(?!\S)/gi)].at(-1);
  return found?.index ?? null;
}
