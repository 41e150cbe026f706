// Names in which `*` stands for any text. Compared piece by piece, so that no pattern can take more than a look at each
// place of the name.

/** `test (*)` fits every entry of a build matrix. Upper and lower case differ: a caller who does not care lowers both. */
export function fits(pattern: string, name: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces.shift() ?? "";
  const last = pieces.pop();
  if (last === undefined) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  const until = name.length - last.length;
  let at = first.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= until;
}
