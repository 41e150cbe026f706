// Links that people write without knowing: `#12`, `owner/name#12`, `@name`, a commit's SHA. Only what exists is linked.
import type { Repository, World } from "../../world/types.ts";
import { commitPath, issuePath } from "../addresses.ts";
import { escapeText } from "../html.ts";

const REFERENCE =
  /(?<![\w/@#.&-])(?:(?<other>[\w-]+\/[\w.-]+)?#(?<number>\d{1,9})\b|@(?<login>[a-z\d](?:[a-z\d-]*[a-z\d])?)(?:\[bot\])?|(?<sha>[0-9a-f]{7,40})\b)(?![\w@/])/giu;
const SHA = /(?<![\w/@#.-])[0-9a-f]{7,40}(?![\w@/-])/gu;
const SHORT_SHA_LENGTH = 7;

/** The commits that a text names, whole SHA by the way it is written. */
export async function commitsNamedIn(text: string, repository: Repository): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(text.match(SHA))];
  const commits = await Promise.all(names.map(async (name) => [name, await repository.git.resolve(name)] as const));
  return new Map(commits.flatMap(([name, sha]) => (sha?.startsWith(name) === true ? [[name, sha] as const] : [])));
}

/** Escaped text with its references as links. */
export function linkReferences(escaped: string, repository: Repository, world: World, commits: ReadonlyMap<string, string>): string {
  return escaped.replace(
    REFERENCE,
    (written: string, other: string | undefined, number: string | undefined, login: string | undefined, named: string | undefined) => {
      if (number !== undefined) return issueLink(written, other ?? null, Number(number), repository, world);
      if (login !== undefined) return personLink(written, login, world);
      const sha = commits.get(named ?? "");
      return sha === undefined ? written : `<a href="${escapeText(commitPath(repository, sha))}"><code>${sha.slice(0, SHORT_SHA_LENGTH)}</code></a>`;
    },
  );
}

function issueLink(written: string, other: string | null, number: number, repository: Repository, world: World): string {
  const where = other === null ? repository : world.repositories.get(other.toLowerCase());
  const issue = where?.issues.get(number);
  if (where === undefined || issue === undefined || (where.isPrivate && where !== repository)) return written;
  return `<a href="${escapeText(issuePath(where, issue))}" title="${escapeText(issue.title)}">${written}</a>`;
}

function personLink(written: string, login: string, world: World): string {
  const owned = [...world.users.values()].some(
    (user) => user.login.toLowerCase() === login.toLowerCase() || user.login.toLowerCase() === `${login.toLowerCase()}[bot]`,
  );
  return owned ? `<strong class="mention">${written}</strong>` : written;
}
