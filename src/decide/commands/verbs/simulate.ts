// `/release simulate`: what would follow, without doing it.
import { nearest } from "../../../model/nearest.ts";
import type { Playbook } from "../../../model/playbook.ts";
import { parseWhen } from "../../calendar/moments.ts";
import { aimedAtAny, unbalanced } from "../aim.ts";
import { firstArgument } from "../arguments.ts";
import { defineCommand, type Fault, type Hearing, meant, mistaken, understood } from "../define.ts";
import type { WhatIf } from "../types.ts";

const FORMS = "`/release simulate approve @login`, `/release simulate merge #41` or `/release simulate at Friday 18:00`";

type Read = { readonly ok: true; readonly whatIf: WhatIf } | Fault;

const KINDS: Readonly<Record<WhatIf["is"], (text: string, said: string, hearing: Hearing) => Read>> = {
  approve: (text, said, { playbook }) => approval(text, said, playbook),
  merge: merging,
  at: moment,
};

export const simulate = defineCommand({
  verb: "simulate",
  usage: "<approve @who | merge #41 | at Friday 18:00>",
  component: "possible",
  summary: "says what would follow from an approval, a merge or the passing of time",
  deed: "simulate a release",
  needs: "triage",
  effect: "answers",
  parse(rest, hearing) {
    const aimed = aimedAtAny("simulate", rest, hearing, "may-name-it");
    if (!aimed.ok) return aimed;
    const argument = firstArgument(aimed.rest);
    if (argument.is === "unbalanced") return unbalanced(argument.quote);
    if (argument.is === "nothing") return mistaken(`say what: ${FORMS}`);
    const kinds = ["approve", "merge", "at"] as const;
    const kind = kinds.find((one) => one === argument.text.toLowerCase());
    const near = nearest(argument.text, kinds);
    if (kind === undefined) return near === null ? mistaken(`it knows ${FORMS}`) : meant(`${aimed.said} ${near} ${argument.rest}`.trimEnd());
    const read = KINDS[kind](argument.rest, `${aimed.said} ${kind}`, hearing);
    return read.ok ? understood({ verb: "simulate", line: aimed.line, whatIf: read.whatIf }) : read;
  },
});

function approval(text: string, said: string, { roles }: Playbook): Read {
  const argument = firstArgument(text);
  if (argument.is === "unbalanced") return unbalanced(argument.quote);
  if (argument.is === "nothing") return mistaken("say whose approval: `/release simulate approve @login`, or a team or a role");
  if (argument.rest !== "") return meant(`${said} ${argument.text}`);
  if (/^@[A-Za-z0-9][\w-]{0,99}(?:\/[\w.-]{1,100})?$/.test(argument.text)) return { ok: true, whatIf: { is: "approve", who: argument.text } };
  const names = [...Object.keys(roles), "owners"];
  const role = names.find((one) => one === argument.text);
  if (role !== undefined) return { ok: true, whatIf: { is: "approve", who: role } };
  return meant(`${said} ${nearest(argument.text, names) ?? `@${argument.text.replaceAll(/[^\w/-]/g, "")}`}`);
}

function merging(text: string, said: string): Read {
  const [, digits] = /^#?([1-9]\d{0,8})$/.exec(text) ?? [];
  if (digits !== undefined) return { ok: true, whatIf: { is: "merge", pullRequest: Number(digits) } };
  const [, first] = /#?\b([1-9]\d{0,8})\b/.exec(text) ?? [];
  return first === undefined ? mistaken(`expected the number of a pull request: \`/release ${said} #41\``) : meant(`${said} #${first}`);
}

function moment(text: string, said: string, { saidAt }: Hearing): Read {
  const at = parseWhen(text, saidAt);
  return at === null
    ? mistaken(`expected a moment to come: \`/release ${said} Friday 18:00\`, \`2026-12-24 18:00 Europe/Berlin\` or \`in 3 h\``)
    : { ok: true, whatIf: { is: "at", at } };
}
