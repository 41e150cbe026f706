// What a person has to mend before a repository can be read, with the exact remedy. A failed read always ends here
// and never as "there is none".

/** A repository that cannot be read as it is. `hint` is what to do about it; null when the message says it already. */
export class RepositoryProblem extends Error {
  readonly hint: string | null;

  constructor(message: string, hint: string | null) {
    super(message);
    this.name = "RepositoryProblem";
    this.hint = hint;
  }
}

/** What git said when it failed. `words` is its standard error; `code` is null when a signal ended it. */
export type Failure = { readonly directory: string; readonly command: string; readonly code: number | null; readonly words: string };

type Cause = { readonly sign: RegExp; readonly explain: (failure: Failure) => { readonly what: string; readonly hint: string | null } };

/** In order: the first sign that git's words show decides. Signs are literal texts of git's source, untranslated (LC_ALL=C). */
const CAUSES: readonly Cause[] = [
  {
    sign: /dubious ownership|unsafe repository/,
    explain: ({ directory, words }) => ({
      what: `${directory}: the repository belongs to another user, so git does not read it`,
      hint: /git config --global --add safe\.directory \S.*/.exec(words)?.[0] ?? `git config --global --add safe.directory ${directory}`,
    }),
  },
  {
    sign: /safe\.bareRepository/,
    explain: ({ directory }) => ({ what: `${directory}: git is set to refuse bare repositories`, hint: "git config --global safe.bareRepository all" }),
  },
  {
    sign: /cannot change to/,
    explain: ({ directory }) => ({ what: `${directory}: there is no such folder`, hint: "name a working copy or a bare repository with `--repo`" }),
  },
  {
    sign: /not a git repository|must be run in a work tree/i,
    explain: ({ directory }) => ({ what: `${directory}: not a git repository`, hint: "name a working copy or a bare repository with `--repo`" }),
  },
  {
    sign: /promisor remote|lazy fetching/,
    explain: ({ directory }) => ({
      what: `${directory}: a partial clone that lacks objects which are needed here, and nothing is fetched behind your back`,
      hint: "git fetch --refetch --no-filter origin",
    }),
  },
  {
    sign: /unknown (repository )?extension|unknown repository format|Expected git repo version/,
    explain: ({ directory }) => ({ what: `${directory}: the repository's format is newer than the git installed here`, hint: "install a newer git" }),
  },
  {
    sign: /corrupt|bad object|missing object|missing blob|bad tree|bad commit|bad tag|unable to read|Could not read|unable to unpack|unable to parse|inflate|loose object|object file|packfile|ignoring broken ref|Not a valid object|Not a valid commit|bad signature|error in object|unable to find/i,
    explain: ({ directory }) => ({
      what: `${directory}: something in the repository is damaged or missing`,
      hint: "git fsck --full names it; a fresh clone is the usual repair",
    }),
  },
];

/** The problem behind a failed command, ending in the command, its exit code and git's own words. */
export function problemOf(failure: Failure): RepositoryProblem {
  const cause = CAUSES.find(({ sign }) => sign.test(failure.words))?.explain(failure);
  const words = oneLine(failure.words);
  const end = failure.code === null ? "was ended by a signal" : `ended with exit code ${failure.code}`;
  const details = `\`git ${failure.command}\` ${end}${words === "" ? "" : `: ${words}`}`;
  return new RepositoryProblem(cause === undefined ? `${failure.directory}: ${details}` : `${cause.what} (${details})`, cause?.hint ?? null);
}

/** Git quotes names of the repository, so nothing that steers a terminal may pass. */
function oneLine(words: string): string {
  return words
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 2000);
}

export function gitIsMissing(): RepositoryProblem {
  return new RepositoryProblem("git was not found on the PATH", "install git 2.30 or newer: https://git-scm.com/downloads");
}

export function gitIsTooOld(version: string): RepositoryProblem {
  return new RepositoryProblem(`git ${version} is too old: release-steward needs 2.30 or newer`, "install a newer git: https://git-scm.com/downloads");
}

/** For a search or a range that ran into the end of a shallow clone. */
export function historyIsCutOff(directory: string, forWhat: string): RepositoryProblem {
  return new RepositoryProblem(`${directory}: a shallow clone, and ${forWhat} goes beyond what it has`, "git fetch --unshallow --tags");
}
