// Fills `{name}` placeholders of a template from the playbook. Which names a key allows is checked when the playbook is read.

/** Replaces each `{name}` that `values` holds. Any other braces stay as they stand; a filled-in value is not read again. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([a-z0-9_]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole));
}
