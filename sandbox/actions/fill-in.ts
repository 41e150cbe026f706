// `${{ … }}` in a `run-name`, as far as it only names things: `inputs.tag`, `github.ref_name`, `'text'`, and `||` between
// them. What is more than that is left as it is written: a guess would look like an answer.
const EXPRESSION = /\$\{\{([^}]*)\}\}/gu;
const NAME = /^[A-Za-z_][\w.-]*$/u;
const TEXT = /^'([^']*)'$/u;

const valueAt = (context: unknown, path: readonly string[]): unknown => {
  let value = context;
  for (const part of path) value = typeof value === "object" && value !== null && Object.hasOwn(value, part) ? Reflect.get(value, part) : null;
  return value;
};

/** Null for what cannot be computed here. */
const valueOf = (expression: string, context: unknown): string | null => {
  const text = TEXT.exec(expression)?.[1];
  if (text !== undefined) return text;
  if (!NAME.test(expression)) return null;
  const value = valueAt(context, expression.split("."));
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};

export const fillIn = (template: string, context: unknown): string =>
  template.replace(EXPRESSION, (written, expression: string) => {
    const values = expression.split("||").map((part) => valueOf(part.trim(), context));
    if (values.includes(null)) return written;
    return values.find((value) => value !== "" && value !== "false") ?? values.at(-1) ?? written;
  });
