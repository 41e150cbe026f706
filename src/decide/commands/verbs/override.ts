// `/release override`: a gate is passed over on somebody's word. It counts when a second person says so too, and for the
// head that it was said for; that is worked out where gates are judged.
import { nearest } from "../../../model/nearest.ts";
import type { Words } from "../../../model/plan.ts";
import { isAfterTheTag } from "../../checklist/steps.ts";
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
    const [gate, ...others] = gatesNamed(argument.text, gates);
    const { isReleased } = hearing.place;
    const asked = isReleased ? gates.filter(isAfterTheTag) : gates;
    if (gate === undefined) return unknownGate(argument.text, aimed.said, argument.rest, asked);
    if (others.length > 0) return mistaken(`this may be ${shown([gate, ...others], "or")}: say which`);
    if (isReleased && !isAfterTheTag(gate))
      return mistaken(`${code(gate)} was asked before the release${asked.length === 0 ? "" : `; now there is ${shown(asked)}`}`);
    const fault = faultIn(argument.rest, `say why: \`/release ${aimed.said} ${gate} <reason>\``);
    return fault ?? understood({ verb: "override", line: aimed.line, gate, reason: argument.rest });
  },
});

/** Those that an environment asks may be called without it. */
function gatesNamed(word: string, gates: readonly string[]): readonly string[] {
  const said = word.toLowerCase();
  const readings: readonly ((gate: string) => boolean)[] = [
    (gate) => gate === word,
    (gate) => gate.toLowerCase() === said,
    (gate) => gate.toLowerCase().endsWith(`/${said}`),
  ];
  return readings.map((isMeant) => gates.filter(isMeant)).find((found) => found.length > 0) ?? [];
}

function shown(gates: readonly string[], word = "and"): Words {
  return listed(
    gates.map((gate) => code(gate)),
    8,
    word,
  );
}

function unknownGate(word: string, said: string, rest: string, gates: readonly string[]): Fault {
  if (word === "hold") return mistaken("a hold is not overridden: end it with `/release unhold`");
  if (word === "frozen" || word === "freeze") return mistaken("a freeze is not overridden: end it with `/release thaw`");
  if (word === "window" || word.endsWith("/window"))
    return mistaken("a window is not overridden: it opens by itself; `/release skip` passes over the whole step");
  const near = nearest(word, gates);
  if (near !== null) return meant(`${said} ${near} ${rest === "" ? "<reason>" : rest}`);
  return mistaken(gates.length === 0 ? "no gate is asked after the release" : `there is no such gate: there is ${shown(gates)}`);
}
