// Which pull requests and commits a text already names, so that what a person wrote is not told twice and a listing can be checked.

export type Named = { readonly hasPullRequest: (number: number) => boolean; readonly hasCommit: (sha: string) => boolean };

/** Reads `#12`, and the address of a pull request, issue or commit of this repository. `other/name#12` is somebody else's. */
export function namedIn(text: string, repositoryUrl: string | null): Named {
  const numbers = new Set<number>();
  for (const [, digits] of text.matchAll(/(?<![\w/&-])#(\d{1,9})(?!\w)/g)) numbers.add(Number(digits));
  const base = repositoryUrl?.toLowerCase();
  for (const { 1: kind, 2: digits, index } of text.matchAll(/\/(pull|issues)\/(\d{1,9})(?!\d)/g)) {
    if (kind !== undefined && base !== undefined && text.slice(Math.max(0, index - base.length), index).toLowerCase() === base) numbers.add(Number(digits));
  }
  const shas = new Set<string>();
  for (const [sha] of text.matchAll(/(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/g)) shas.add(sha);
  const lengths = new Set([...shas].map(({ length }) => length));
  return { hasPullRequest: (number) => numbers.has(number), hasCommit: (sha) => [...lengths].some((length) => shas.has(sha.slice(0, length))) };
}

export function hasMention({ hasPullRequest, hasCommit }: Named, { pullRequest, sha }: { readonly pullRequest: number | null; readonly sha: string }): boolean {
  return (pullRequest !== null && hasPullRequest(pullRequest)) || hasCommit(sha);
}
