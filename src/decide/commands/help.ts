// The answer to `/release help`, made from the commands themselves: how each is written, what it does, and whether the
// asker may say it now.
import type { Words } from "../../model/plan.ts";
import { breakMentions, safeLine } from "../changelog/index.ts";
import { codeCell } from "../prose/code.ts";
import { isForDesk } from "./for-desk.ts";
import { COMMANDS, NOT_COMMANDS, VERBS } from "./index.ts";
import type { JudgeContext } from "./judge.ts";
import type { Place } from "./types.ts";
import { type AnyDefinition, misplacedHere } from "./understand.ts";
import { maySay } from "./who-may.ts";

type HelpContext = Omit<JudgeContext, "takenAt">;

/** GitHub Markdown that notifies nobody but the asker. @param asker login, whose permission and roles have been read */
export function helpText(asker: string, place: Place, context: HelpContext): string {
  const rows = VERBS.flatMap((verb): readonly string[] => {
    const definition: AnyDefinition = COMMANDS[verb];
    if (!makesSense(definition, place)) return [];
    return [`| ${codeCell(usageOf(definition, place, context))} | ${cell(definition.summary)} | ${cell(standing(definition, asker, place, context))} |`];
  });
  const later = [...NOT_COMMANDS].map(([verb]) => `\`${verb}\``).join(", ");
  const text = [
    `| command | what it does | @${asker} |`,
    "|---|---|---|",
    ...rows,
    "",
    "A command stands at the start of a line. Several in one comment are accepted together, or none of them is.",
    "",
    context.playbook.path === null ? "" : `Who may, and what a release waits for, stands in \`${context.playbook.path}\`.`,
    "",
    `Not available here: ${later}. Say one to see what to do instead.`,
  ].join("\n");
  return breakMentions(text, new Set([asker]));
}

/** On a pull request people can speak of its release only: of what is proposed before it is begun, of what follows after. */
function makesSense({ about }: AnyDefinition, { pullRequest, isReleased }: Place): boolean {
  return pullRequest === null || about === "both" || (about === "release") === isReleased;
}

function usageOf({ verb, usage, component }: AnyDefinition, place: Place, { lines }: HelpContext): string {
  const isNamed = place.line === null && lines.length > 1;
  const named = !isNamed || component === "none" ? "" : component === "wanted" ? "<component>" : "[component]";
  return ["/release", verb, named, usage].filter((part) => part !== "").join(" ");
}

function standing(definition: AnyDefinition, asker: string, place: Place, context: HelpContext): Words {
  const isElsewhere = definition.component === "none" && definition.verb !== "help" && isForDesk(place, context.playbook);
  const notHere =
    definition.notHere(context.playbook) ?? (isElsewhere ? "say it on the release desk" : null) ?? misplacedHere(definition, { ...context, place });
  if (notHere !== null) return `✗ not here: ${notHere}`;
  const may = maySay(definition, asker, place.line, context);
  if (may.is === "unknown") return `? not known: ${may.because}`;
  if (may.is === "may") return "✓ yes";
  return `✗ no: ${may.because}${may.who === "" ? "" : `; ${may.who}`}`;
}

function cell(words: Words): string {
  return safeLine(words).replaceAll("|", String.raw`\|`);
}
