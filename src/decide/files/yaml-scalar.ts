// How a string is written as a YAML scalar so that every reader takes it for that string: YAML 1.2 and 1.1 alike,
// and the readers of Go, Python, Ruby and Java that release tools and clusters use.

export type ScalarStyle = "plain" | "single" | "double";

/** `style` is kept, but a plain scalar that some reader would take for something else is put in double quotes. */
export function scalarOf(text: string, style: ScalarStyle): string {
  if (style === "single") return `'${text.replaceAll("'", "''")}'`;
  return style === "plain" && readsAsText(text) ? text : doubleQuoted(text);
}

/** Characters that mean nothing to YAML at any place of a value, in block and in flow style. */
const UNREMARKABLE = /^[A-Za-z0-9](?:[A-Za-z0-9._+/@:-]*[A-Za-z0-9._+/@-])?$/;

/** What some reader takes for a boolean, null, number, time or date: a superset, since quotes do no harm. */
const MEANT_OTHERWISE = [
  /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i,
  /^[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9_]*)?$/i,
  /^0[box][0-9a-f_]*$/i,
  /^[0-9][0-9_]*(?::[0-9_]+)+(?:\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/,
];

function readsAsText(text: string): boolean {
  return UNREMARKABLE.test(text) && !MEANT_OTHERWISE.some((pattern) => pattern.test(text));
}

/** YAML's double quotes take every escape of JSON. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text);
}
