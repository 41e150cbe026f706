// The text that a release's notes start from, where a team keeps one: `release.notes.template`.
import { fill } from "../fill.ts";

/** Names of the placeholders; other braces stay as they are. */
type TemplateValues = {
  readonly component: string;
  readonly version: string;
  readonly tag: string;
  /** Empty for a first release. */
  readonly previousTag: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** Address of everything that changed; empty where there is none. */
  readonly compare: string;
};

/** The notes where the template wants them, else behind it. */
export function fromTemplate(template: string, notes: string, { previousTag, ...values }: TemplateValues): string {
  const text = withoutFrontMatter(template.replaceAll("\r\n", "\n")).trim();
  const filled = fill(text, { ...values, previous_tag: previousTag, notes: notes.trim() });
  return text.includes("{notes}") ? `${filled}\n` : `${filled}\n\n${notes.trim()}\n`.trimStart();
}

/** The notes' own line that leads to all changes would say it twice. */
export function showsCompare(template: string | null): boolean {
  return template?.includes("{compare}") ?? false;
}

/** A template of an issue begins with its name and labels between two lines `---`. A rule alone is a rule. */
function withoutFrontMatter(text: string): string {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const end = lines[0]?.trimEnd() === "---" ? lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---") : -1;
  return end === -1 ? text : lines.slice(end + 1).join("\n");
}
