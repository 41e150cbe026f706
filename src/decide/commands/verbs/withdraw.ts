// `/release withdraw`: a release is taken back. Nothing more is done for it; what is out there stays until people take it away.
import { aimedAtOne } from "../aim.ts";
import { defineCommand, understood } from "../define.ts";
import { faultIn } from "../text.ts";

export const withdraw = defineCommand({
  verb: "withdraw",
  usage: "<reason>",
  component: "wanted",
  summary: "ends a release that should not have been made: no further step of it is done; its tag and what is out stay",
  deed: "withdraw this release",
  needs: "write",
  effect: "permits",
  isVouching: true,
  about: "release",
  parse(rest, hearing) {
    const aimed = aimedAtOne("withdraw", rest, hearing, "is-something-else");
    if (!aimed.ok) return aimed;
    const fault = faultIn(aimed.rest, `say why: \`/release ${aimed.said} <reason>\``);
    return fault ?? understood({ verb: "withdraw", line: aimed.line, reason: aimed.rest });
  },
});
