// `/release defer`: a blocking issue moves to the next milestone.
import { aimedAtAny, unbalanced } from "../aim.ts";
import { firstArgument } from "../arguments.ts";
import { defineCommand, meant, mistaken, understood } from "../define.ts";
import { faultIn } from "../text.ts";

export const defer = defineCommand({
  verb: "defer",
  usage: "#<issue> <reason>",
  component: "possible",
  summary: "moves a blocking issue to the next milestone",
  deed: "defer an issue",
  needs: "write",
  effect: "permits",
  about: "proposal",
  parse(rest, hearing) {
    const aimed = aimedAtAny("defer", rest, hearing, "may-name-it");
    if (!aimed.ok) return aimed;
    const argument = firstArgument(aimed.rest);
    if (argument.is === "unbalanced") return unbalanced(argument.quote);
    if (argument.is === "nothing") return mistaken(`say which issue and why: \`/release ${aimed.said} #12 <reason>\``);
    const [, digits] = /^#?([1-9]\d{0,8})$/.exec(argument.text) ?? [];
    if (digits === undefined) return lateNumber(argument.rest, argument.text, aimed.said);
    const fault = faultIn(argument.rest, `say why: \`/release ${aimed.said} #${digits} <reason>\``);
    return fault ?? understood({ verb: "defer", line: aimed.line, issue: Number(digits), reason: argument.rest });
  },
});

/** `/release defer issue #12 …`, `/release defer 12: …` */
function lateNumber(rest: string, word: string, said: string) {
  const [, digits, reason = ""] = /^(?:issue )?#?([1-9]\d{0,8})\b:? *(.*)$/i.exec(`${word} ${rest}`) ?? [];
  if (digits === undefined) return mistaken(`expected the number of an issue: \`/release ${said} #12 <reason>\``);
  return meant(`${said} #${digits} ${reason === "" ? "<reason>" : reason}`);
}
