// Text of strangers on a terminal: a commit's subject must not move the cursor, change a title or hide a line.
import type { ComponentPlan, Plan } from "../model/plan.ts";

/** Control characters but for line ends and tabs, and the marks that reorder text. */
const UNPRINTABLE = /\r(?!\n)|(?![\r\n\t])\p{Cc}|[\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** The text with each such character written out as `\u{1b}`. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same plan with every text in it made printable; problems are when they are rendered. */
export function printablePlan(plan: Plan): Plan {
  const oddities = plan.oddities.map((oddity) => ({ ...oddity, tag: printable(oddity.tag), because: printable(oddity.because) }));
  return { ...plan, oddities, components: plan.components.map(printableComponent) };
}

function printableComponent(component: ComponentPlan): ComponentPlan {
  const { because, reasons, files, changelog } = component;
  return {
    ...component,
    because: printable(because),
    reasons: reasons.map((reason) => ({ ...reason, subject: printable(reason.subject), because: printable(reason.because) })),
    files: files.map(({ path, before, after }) => ({ path: printable(path), before: before === null ? null : printable(before), after: printable(after) })),
    changelog: printable(changelog),
  };
}
