// Reading GitHub's answers: what is not there is a bug, never a guess.

export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) at = typeof at === "object" && at !== null ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined;
  return at;
}

export function stringAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  if (typeof found !== "string") throw new Error(`Bug: GitHub's answer has no text at ${path.join(".")}`);
  return found;
}

export function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = valueAt(value, ...path);
  if (typeof found !== "number") throw new Error(`Bug: GitHub's answer has no number at ${path.join(".")}`);
  return found;
}
