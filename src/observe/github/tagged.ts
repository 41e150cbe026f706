// Tags that were asked for: this app's check runs on the commit, and every release of that tag, drafts included.
import type { Hosted, HostedRelease, Sha, Wanted } from "../../model/snapshot.ts";
import { checksAt, checksQuestion } from "./checks.ts";
import { type Fields, fieldsAt, fieldsOf, fieldsOrNullAt, flagAt, numberAt, textAt, timeAt } from "./fields.ts";
import type { Moment, Named } from "./moment.ts";
import { PAGE, type Page, pageAt, readPages } from "./pages.ts";
import { type App, isBot } from "./people.ts";
import type { Question } from "./question.ts";

type Asked = NonNullable<Wanted["hosted"]>["tags"][number];
type Tagged = Hosted["tagged"] extends ReadonlyMap<string, infer Value> ? Value : never;

const RELEASE = "databaseId tagName isDraft isPrerelease author { login }";

/** Only a list shows drafts, and a list may lag behind: the release of each tag is asked for by name as well. */
export async function readTagged(moment: Moment, tags: readonly Asked[]): Promise<[string, Tagged][]> {
  if (tags.length === 0) return [];
  const [all, found] = await Promise.all([
    readPages(moment.ask, "releases", releasesPage, "databaseId"),
    Promise.all(
      tags.map(async ({ name, at }): Promise<[string, Omit<Tagged, "releases">, Fields | null]> => {
        const [state, published] = await Promise.all([readCommit(moment, name, at), moment.ask(releaseQuestion(name))]);
        return [name, state, published];
      }),
    ),
  ]);
  return Promise.all(
    found.map(async ([name, state, published]): Promise<[string, Tagged]> => {
      const releases = all.filter((release) => textAt(release, "tagName") === name);
      const isListed = published === null || releases.some((release) => numberAt(release, "databaseId") === numberAt(published, "databaseId"));
      return [name, { ...state, releases: await Promise.all([...releases, ...(isListed ? [] : [published])].map((release) => releaseOf(moment, release))) }];
    }),
  );
}

/** Until the tag stands, what the app began to do stands on the commit alone. */
async function readCommit(moment: Moment, name: string, at: Sha | null): Promise<Omit<Tagged, "releases">> {
  const sha = moment.tags.find((tag) => tag.name === name)?.sha ?? null;
  const place = sha ?? at;
  const commit = place === null ? null : await moment.ask(checksQuestion(place));
  if (place === null || commit === null) return { sha, committedAt: null, checks: [] };
  return { sha, committedAt: timeAt(commit, "committedDate"), checks: await checksAt(moment, commit, place) };
}

async function releaseOf(named: Named, release: Fields): Promise<HostedRelease> {
  const id = numberAt(release, "databaseId");
  return {
    id,
    tag: textAt(release, "tagName"),
    isDraft: flagAt(release, "isDraft"),
    isPrerelease: flagAt(release, "isPrerelease"),
    isOwn: (await authorOf(named, id, release)) === named.app.login,
  };
}

/** GraphQL says `User` here, so that for a bot it may name nobody, or leave out what marks a bot: then REST is asked. */
async function authorOf({ rest, owner, repo, app }: Named, id: number, release: Fields): Promise<string> {
  const author = fieldsOrNullAt(release, "author");
  const login = author === null ? null : textAt(author, "login");
  if (login !== null && (isBot(login) || !isNameOf(login, app))) return login;
  const { data } = await rest("GET /repos/{owner}/{repo}/releases/{release_id}", { owner, repo, release_id: id });
  return textAt(fieldsAt(fieldsOf(data, "release"), "author"), "login");
}

function isNameOf(login: string, app: App): boolean {
  return app.login === `${login}[bot]`;
}

function releasesPage(after: string | null): Question<Page> {
  return {
    key: `releases ${after}`,
    fields: (bind) => ({
      releases: `releases(first: $page, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: DESC }) { ${PAGE} nodes { ${RELEASE} } }`,
    }),
    fragments: [],
    weight: 100,
    read: (answer) => pageAt(answer, "releases"),
    again: () => releasesPage(after),
  };
}

function releaseQuestion(tag: string): Question<Fields | null> {
  return {
    key: `release ${tag}`,
    fields: (bind) => ({ release: `release(tagName: ${bind("String!", tag)}) { ${RELEASE} }` }),
    fragments: [],
    weight: 1,
    read: (answer) => fieldsOrNullAt(answer, "release"),
    again: () => releaseQuestion(tag),
  };
}
