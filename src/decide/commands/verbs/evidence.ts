// `/release evidence`: somebody confirms a step of the checklist and says what shows it.
import { nearest } from "../../../model/nearest.ts";
import type { Words } from "../../../model/plan.ts";
import { isAfterTheTag, type Step, stepNamed, stepsOf } from "../../checklist/steps.ts";
import { code, listed } from "../../gates/phrases.ts";
import { aimedAtOne, unbalanced } from "../aim.ts";
import { firstArgument } from "../arguments.ts";
import { defineCommand, meant, mistaken, understood } from "../define.ts";
import { faultIn } from "../text.ts";

/** A step that is not quoted is looked for in so many words. */
const WORDS_MAX = 12;

export const evidence = defineCommand({
  verb: "evidence",
  usage: "<step> <link or words>",
  component: "wanted",
  summary: "confirms a step of the checklist; put quotes around a step of several words",
  deed: "confirm this step",
  needs: "write",
  effect: "permits",
  isVouching: true,
  notHere: ({ gates }) => (stepsOf(gates).length === 0 ? "no gate of this playbook asks for evidence" : null),
  parse(rest, hearing) {
    const aimed = aimedAtOne("evidence", rest, hearing, "is-something-else");
    if (!aimed.ok) return aimed;
    const { isReleased } = hearing.place;
    const every = stepsOf(hearing.playbook.gates);
    const steps = isReleased ? every.filter(({ gate }) => isAfterTheTag(gate)) : every;
    const argument = firstArgument(aimed.rest);
    if (argument.is === "unbalanced") return unbalanced(argument.quote);
    if (argument.is === "nothing") return mistaken(`say which step: ${shown(steps)}`);
    const said = argument.isQuoted ? { step: argument.text, link: argument.rest } : longestStep(aimed.rest, every);
    const found = stepNamed(said.step, every);
    if (found.is === "several") return mistaken(`this may be ${shown(found.steps, "or")}: say more of it`);
    if (found.is === "none") return unknownStep(argument.text, aimed.said, argument.rest, steps);
    if (isReleased && !isAfterTheTag(found.step.gate)) return mistaken(`${code(found.step.gate)} was asked before the release${instead(steps)}`);
    const fault = faultIn(said.link, `add a link or words that show it: \`/release ${aimed.said} ${quoted(said.step)} <link>\``);
    const { by = null } = hearing.playbook.gates[found.step.gate] ?? {};
    return fault ?? understood({ verb: "evidence", line: aimed.line, step: said.step, link: said.link }, by);
  },
});

/** `storage access https://…`: as many words as still name a step. */
function longestStep(text: string, steps: readonly Step[]): { readonly step: string; readonly link: string } {
  let step = "";
  let rest = text;
  let longest: { readonly step: string; readonly link: string } | null = null;
  for (let count = 0; count < WORDS_MAX && rest !== ""; count += 1) {
    const [word = ""] = /^\S+/.exec(rest) ?? [];
    rest = rest.slice(word.length).trim();
    step = step === "" ? word : `${step} ${word}`;
    const found = stepNamed(step, steps);
    if (found.is === "none") break;
    if (longest === null || found.is === "one") longest = { step, link: rest };
  }
  return longest ?? { step, link: rest };
}

function unknownStep(word: string, said: string, rest: string, steps: readonly Step[]) {
  const near = nearest(word, [...new Set(steps.flatMap(({ gate, item }) => [gate, item]))]);
  return near === null ? mistaken(`there is no such step: there is ${shown(steps)}`) : meant(`${said} ${quoted(near)} ${rest === "" ? "<link>" : rest}`);
}

function instead(steps: readonly Step[]): Words {
  return steps.length === 0 ? "" : `; now there is ${shown(steps)}`;
}

function shown(steps: readonly Step[], word = "and"): Words {
  return listed(
    steps.map(({ gate, item }) => `${gate}: "${item}"`),
    6,
    word,
  );
}

function quoted(step: string): string {
  return /\s/.test(step) ? `"${step}"` : step;
}
