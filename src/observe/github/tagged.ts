// Tags that were asked for: this app's check runs on the commit, and every release of that tag, drafts included.
import { Transient } from "../../model/errors.ts";
import type { Hosted, HostedRelease, Sha, Wanted } from "../../model/snapshot.ts";
import { checksAt, checksQuestion } from "./checks.ts";
import { type Fields, fieldsAt, fieldsOf, fieldsOrNullAt, flagAt, numberAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import type { Moment, Named } from "./moment.ts";
import { PAGE, type Page, pageAt, readOn, readPages } from "./pages.ts";
import { type App, isBot } from "./people.ts";
import type { Question } from "./question.ts";
import { nullIfRefused } from "./refusal.ts";

type Asked = NonNullable<Wanted["hosted"]>["tags"][number];
type Tagged = Hosted["tagged"] extends ReadonlyMap<string, infer Value> ? Value : never;

const LISTED = "id tagName";
const ASSETS_PAGE = 100;
const ASSETS = `${PAGE} nodes { id name }`;
const RELEASE = `id databaseId tagName isDraft isPrerelease description author { login } releaseAssets(first: ${ASSETS_PAGE}) { ${ASSETS} }`;

/** Only a list shows drafts, and a list may lag behind: the release of each tag is asked for by name as well. */
export async function readTagged(moment: Moment, tags: readonly Asked[]): Promise<[string, Tagged][]> {
  if (tags.length === 0) return [];
  const [all, found] = await Promise.all([
    readPages(moment.ask, "releases", releasesPage, "id"),
    Promise.all(
      tags.map(async ({ name, at }): Promise<[string, Omit<Tagged, "releases">, Fields | null]> => {
        const [state, published] = await Promise.all([readCommit(moment, name, at), moment.ask(releaseQuestion(name))]);
        return [name, state, published];
      }),
    ),
  ]);
  return Promise.all(
    found.map(async ([name, state, published]): Promise<[string, Tagged]> => {
      const listed = all.filter((release) => textAt(release, "tagName") === name).map((release) => textAt(release, "id"));
      if (published !== null) moment.learn(releaseByIdQuestion(textAt(published, "id")), { release: published });
      const ids = new Set([...listed, ...(published === null ? [] : [textAt(published, "id")])]);
      const releases = await Promise.all(Array.from(ids, (id) => readRelease(moment, id)));
      return [name, { ...state, releases }];
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

/** @throws Transient when it is listed and not there: it was deleted since, or has just been made and is not known everywhere */
async function readRelease(named: Named, nodeId: string): Promise<HostedRelease> {
  const release = await named.ask(releaseByIdQuestion(nodeId)).catch(nullIfRefused);
  if (release === null) throw new Transient("GitHub lists a release that it does not find.");
  const id = numberAt(release, "databaseId");
  const assets = await readOn(`files of the release ${nodeId}`, pageAt(release, "releaseAssets"), (after) => named.ask(assetsPage(nodeId, after)), "id");
  return {
    id,
    tag: textAt(release, "tagName"),
    isDraft: flagAt(release, "isDraft"),
    isPrerelease: flagAt(release, "isPrerelease"),
    isOwn: (await authorOf(named, id, release)) === named.app.login,
    body: textOrNullAt(release, "description") ?? "",
    assets: assets.map((asset) => textAt(asset, "name")),
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
      releases: `releases(first: $page, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: DESC }) { ${PAGE} nodes { ${LISTED} } }`,
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
    weight: 1 + ASSETS_PAGE,
    read: (answer) => fieldsOrNullAt(answer, "release"),
    again: () => releaseQuestion(tag),
  };
}

/** A list of everything that was ever released holds no texts and no files: those come with the release itself. */
function releaseByIdQuestion(nodeId: string): Question<Fields | null> {
  return {
    key: `release by id ${nodeId}`,
    fields: (bind) => ({ release: `node(id: ${bind("ID!", nodeId)}) { ... on Release { ${RELEASE} } }` }),
    fragments: [],
    isAtRoot: true,
    weight: 1 + ASSETS_PAGE,
    read: (answer) => fieldsOrNullAt(answer, "release"),
    again: () => releaseByIdQuestion(nodeId),
  };
}

/** Null when the release was deleted meanwhile. */
function assetsPage(nodeId: string, after: string): Question<Page | null> {
  return {
    key: `files of release ${nodeId} ${after}`,
    fields: (bind) => ({
      release: `node(id: ${bind("ID!", nodeId)}) { ... on Release { releaseAssets(first: $page, after: ${bind("String", after)}) { ${ASSETS} } } }`,
    }),
    fragments: [],
    isAtRoot: true,
    weight: ASSETS_PAGE,
    read(answer) {
      const release = fieldsOrNullAt(answer, "release");
      return release === null ? null : pageAt(release, "releaseAssets");
    },
    again: null,
  };
}
