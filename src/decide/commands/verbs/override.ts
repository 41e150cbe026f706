// `/release override`: a gate is passed over on somebody's word. It counts when a second person says so too, and for the
// head that it was said for; that is worked out where gates are judged.
import { nearest } from "../../../model/nearest.ts";
import { code, listed } from "../../gates/phrases.ts";
import { aimedAtOne, unbalanced } from "../aim.ts";
import { firstArgument } from "../arguments.ts";
import { defineCommand, type Fault, meant, mistaken, understood } from "../define.ts";
import { faultIn } from "../text.ts";

export const override = defineCommand({
  verb: "override",
  usage: "<gate> <reason>",
  component: "wanted",
  summary: "passes over a closed gate; a second person has to say it too, and a push ends it",
  deed: "override a gate",
  needs: "write",
  effect: "permits",
  isVouching: true,
  notHere: ({ gates }) => (Object.keys(gates).length === 0 ? "this playbook has no gates" : null),
  parse(rest, hearing) {
    const aimed = aimedAtOne("override", rest, hearing, "is-something-else");
    if (!aimed.ok) return aimed;
    const gates = Object.keys(hearing.playbook.gates);
    const argument = firstArgument(aimed.rest);
    if (argument.is === "unbalanced") return unbalanced(argument.quote);
    if (argument.is === "nothing") return mistaken(`say which gate and why: \`/release ${aimed.said} <gate> <reason>\``);
    const gate = gates.find((one) => one === argument.text) ?? gates.find((one) => one.toLowerCase() === argument.text.toLowerCase());
    if (gate === undefined) return unknownGate(argument.text, aimed.said, argument.rest, gates);
    const fault = faultIn(argument.rest, `say why: \`/release ${aimed.said} ${gate} <reason>\``);
    return fault ?? understood({ verb: "override", line: aimed.line, gate, reason: argument.rest });
  },
});

function unknownGate(word: string, said: string, rest: string, gates: readonly string[]): Fault {
  if (word === "hold") return mistaken("a hold is not overridden: end it with `/release unhold`");
  if (word === "frozen" || word === "freeze") return mistaken("a freeze is not overridden: end it with `/release thaw`");
  const near = nearest(word, gates);
  if (near !== null) return meant(`${said} ${near} ${rest === "" ? "<reason>" : rest}`);
  return mistaken(
    `there is no such gate: there is ${listed(
      gates.map((one) => code(one)),
      8,
    )}`,
  );
}
