// HTML as a type of its own: only this file can make it from text, so nothing reaches a page unescaped by accident.
const markup = Symbol("html");

/** Markup that is safe to put on a page. Only `html` and `trusted` make it. */
export type Html = { readonly [markup]: string };
/** What a template takes: text is escaped, markup and lists of it are kept, null and false are nothing. */
export type Content = Html | string | number | null | false | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand between tags and inside quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

/** A template whose values are escaped. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { [markup]: strings.map((part, index) => part + (index < values.length ? textOf(values[index] ?? null) : "")).join("") };
}

/** Takes text as markup. Only for what a sanitiser or this project wrote. */
export function trusted(text: string): Html {
  return { [markup]: text };
}

/** The markup as text, for the answer's body. */
export function textOf(content: Content): string {
  if (content === null || content === false) return "";
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return isList(content) ? content.map(textOf).join("") : content[markup];
}

/** Items with something between them. */
export function joined(items: readonly Content[], between: Content): Content {
  return items.map((item, index) => (index === 0 ? item : [between, item]));
}

function isList(content: Html | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}
