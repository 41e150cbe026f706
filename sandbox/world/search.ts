// The search for issues and pull requests, with the qualifiers that ordinary clients use
// (https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests). What is not known
// is refused: a search that passes over a word would find too much.
import { may, mayRead, need } from "./access.ts";
import { type Actor, ApiError, type Issue, type Repository, type User, type World } from "./types.ts";

export type Found = { readonly repository: Repository; readonly issue: Issue };
type Test = (found: Found) => boolean;
type Qualifier = (value: string, asker: User | null) => Test;
type Word = { readonly isNot: boolean; readonly key: string | null; readonly value: string };

const WORD = /(?<not>-)?(?:(?<key>[a-z][a-z-]*):)?(?<value>"[^"]*"|[^\s"]+)/giu;
const TEXTS = new Set(["title", "body", "comments"]);
const RANGE = /^(?<sign>>=|<=|>|<)?(?<from>[^.]*(?:\.(?!\.)[^.]*)*)(?:\.\.(?<to>.+))?$/u;
const DAY_MS = 86_400_000;

const refuse = (message: string): ApiError => new ApiError(422, "Validation Failed", [{ resource: "Search", field: "q", code: "invalid", message }]);

const wordsOf = (query: string): readonly Word[] =>
  [...query.matchAll(WORD)].map(({ groups = {} }) => ({
    isNot: groups["not"] !== undefined,
    key: groups["key"]?.toLowerCase() ?? null,
    value: (groups["value"] ?? "").replace(/^"(.*)"$/u, "$1"),
  }));

const isCalled = (user: User, login: string): boolean =>
  [user.login, user.login.replace(/\[bot\]$/u, "")].some((name) => name.toLowerCase() === login.replace(/^app\//u, "").toLowerCase());

const commentsOf = ({ repository, issue }: Found) => [...repository.comments.values()].filter((comment) => comment.issue === issue);

/** A moment, or the day that a date without a time names. `2026-01-01..2026-02-01`, `>=2026-01-01`, `*` for no bound. @throws ApiError 422 */
const span = (text: string): ((at: number | null) => boolean) => {
  const boundsOf = (moment: string): readonly [number, number] => {
    const start = Date.parse(moment);
    if (Number.isNaN(start)) throw refuse(`"${text}" is not a recognized date/time format.`);
    return [start, moment.includes("T") ? start : start + DAY_MS - 1];
  };
  const { sign = "", from = "", to } = RANGE.exec(text)?.groups ?? {};
  if (to !== undefined) {
    const first = from === "*" ? -Infinity : boundsOf(from)[0];
    const last = to === "*" ? Infinity : boundsOf(to)[1];
    return (at) => at !== null && at >= first && at <= last;
  }
  const [start, end] = boundsOf(from);
  const fits: Readonly<Record<string, (at: number) => boolean>> = {
    ">=": (at) => at >= start,
    "<=": (at) => at <= end,
    ">": (at) => at > end,
    "<": (at) => at < start,
    "": (at) => at >= start && at <= end,
  };
  return (at) => at !== null && fits[sign]?.(at) === true;
};
const dated =
  (momentOf: (issue: Issue) => number | null): Qualifier =>
  (value) => {
    const isWithin = span(value);
    return ({ issue }) => isWithin(momentOf(issue));
  };

const STATES: Readonly<Record<string, Test>> = {
  pr: ({ issue }) => issue.pull !== null,
  "pull-request": ({ issue }) => issue.pull !== null,
  issue: ({ issue }) => issue.pull === null,
  open: ({ issue }) => issue.state === "open",
  closed: ({ issue }) => issue.state === "closed",
  merged: ({ issue }) => (issue.pull?.merged ?? null) !== null,
  unmerged: ({ issue }) => issue.pull?.merged === null,
  draft: ({ issue }) => issue.pull?.isDraft === true,
  public: ({ repository }) => !repository.isPrivate,
  private: ({ repository }) => repository.isPrivate,
  archived: ({ repository }) => repository.isArchived,
};
const KINDS = new Set(["pr", "pull-request", "issue"]);
const OPEN_OR_CLOSED = new Set(["open", "closed"]);
const stateTest = (key: string, value: string, among: { readonly has: (name: string) => boolean } = { has: () => true }): Test => {
  const name = value.toLowerCase();
  const test = Object.hasOwn(STATES, name) && among.has(name) ? STATES[name] : undefined;
  if (test === undefined) throw refuse(`The stand-in does not know the qualifier ${key}:${value}.`);
  return test;
};

const EMPTY: Readonly<Record<string, Test>> = {
  label: ({ issue }) => issue.labels.length === 0,
  assignee: ({ issue }) => issue.assignees.length === 0,
  milestone: ({ issue }) => issue.milestone === null,
};

const me = (login: string, asker: User | null): string => (login === "@me" ? (asker?.login ?? "") : login);
const flag =
  (test: Test): Qualifier =>
  (value) =>
  (found) =>
    test(found) === (value.toLowerCase() === "true");

const QUALIFIERS: Readonly<Record<string, Qualifier>> = {
  repo:
    (value) =>
    ({ repository }) =>
      `${repository.owner.login}/${repository.name}`.toLowerCase() === value.toLowerCase(),
  org:
    (value) =>
    ({ repository }) =>
      isCalled(repository.owner, value),
  user:
    (value) =>
    ({ repository }) =>
      isCalled(repository.owner, value),
  is: (value) => stateTest("is", value),
  type: (value) => stateTest("type", value, KINDS),
  state: (value) => stateTest("state", value, OPEN_OR_CLOSED),
  draft: flag(({ issue }) => issue.pull?.isDraft === true),
  archived: flag(({ repository }) => repository.isArchived),
  no: (value) => EMPTY[value.toLowerCase()] ?? stateTest("no", value, new Set()),
  author:
    (value, asker) =>
    ({ issue }) =>
      isCalled(issue.author, me(value, asker)),
  assignee:
    (value, asker) =>
    ({ issue }) =>
      issue.assignees.some((user) => value === "*" || isCalled(user, me(value, asker))),
  commenter: (value, asker) => (found) => commentsOf(found).some(({ author }) => isCalled(author, me(value, asker))),
  "review-requested":
    (value, asker) =>
    ({ issue }) =>
      (issue.pull?.requestedUsers ?? []).some((user) => isCalled(user, me(value, asker))),
  "reviewed-by":
    (value, asker) =>
    ({ issue }) =>
      (issue.pull?.reviews ?? []).some(({ author }) => isCalled(author, me(value, asker))),
  // Several labels in one qualifier are alternatives; several qualifiers are all wanted.
  label:
    (value) =>
    ({ issue }) =>
      value.split(",").some((name) => issue.labels.some((label) => label.name.toLowerCase() === name.trim().toLowerCase())),
  milestone:
    (value) =>
    ({ issue }) =>
      issue.milestone !== null && (value === "*" || issue.milestone.title.toLowerCase() === value.toLowerCase()),
  head:
    (value) =>
    ({ issue }) =>
      issue.pull !== null && issue.pull.head.startsWith(value),
  base:
    (value) =>
    ({ issue }) =>
      issue.pull !== null && issue.pull.base.startsWith(value),
  created: dated((issue) => issue.createdAt),
  updated: dated((issue) => issue.updatedAt),
  closed: dated((issue) => issue.closedAt),
  merged: dated((issue) => issue.pull?.merged?.at ?? null),
};

const textTest = (value: string, places: ReadonlySet<string>): Test => {
  const wanted = value.toLowerCase();
  const has = (text: string | null): boolean => (text ?? "").toLowerCase().includes(wanted);
  return (found) =>
    (places.has("title") && has(found.issue.title)) ||
    (places.has("body") && has(found.issue.body)) ||
    (places.has("comments") && commentsOf(found).some(({ body }) => has(body)));
};

const ORDERS: Readonly<Record<string, (found: Found) => number>> = {
  created: ({ issue }) => issue.createdAt,
  updated: ({ issue }) => issue.updatedAt,
  comments: (found) => commentsOf(found).length,
};

/** Repositories that are named must be there: an answer of nothing would read as "there is none". @throws ApiError 422 */
const requireRepositories = (world: World, actor: Actor | null, words: readonly Word[]): void => {
  for (const { key, value, isNot } of words) {
    if (key !== "repo" || isNot) continue;
    const repository = world.repositories.get(value.toLowerCase());
    if (repository === undefined || !mayRead(actor, repository))
      throw refuse(
        "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.",
      );
  }
};

const mayFind = (actor: Actor | null, { repository, issue }: Found): boolean =>
  mayRead(actor, repository) && (actor === null || may(actor, repository, need(issue.pull === null ? "issues" : "pull_requests", "read")));

/** Newest first, or as `sort:` says; what the asker may not read is not found. @throws ApiError 422 for what the stand-in can't search for */
export const searchIssues = (world: World, actor: Actor | null, query: string, order: string | null = null, direction = "desc"): readonly Found[] => {
  const words = wordsOf(query);
  requireRepositories(world, actor, words);
  const valuesOf = (key: string): readonly string[] => words.filter((word) => word.key === key).map(({ value }) => value.toLowerCase());
  const [sort = order ?? "created", way = direction] = (valuesOf("sort").at(-1) ?? "").split(/-(?=asc$|desc$)/u).filter((part) => part !== "");
  const keyOf = Object.hasOwn(ORDERS, sort) ? ORDERS[sort] : undefined;
  if (keyOf === undefined) throw refuse(`The stand-in does not sort by ${sort}.`);
  const places = valuesOf("in").flatMap((value) => value.split(","));
  if (places.some((place) => !TEXTS.has(place))) throw refuse(`The stand-in does not search in:${places.join(",")}.`);
  const inTexts = places.length === 0 ? TEXTS : new Set(places);
  const tests = words.flatMap(({ key, value, isNot }): Test[] => {
    if (key === "sort" || key === "in") return [];
    const qualifier = key !== null && Object.hasOwn(QUALIFIERS, key) ? QUALIFIERS[key] : undefined;
    if (key !== null && qualifier === undefined) throw refuse(`The stand-in does not know the qualifier ${key}:.`);
    const test = qualifier?.(value, actor?.user ?? null) ?? textTest(value, inTexts);
    return [isNot ? (found) => !test(found) : test];
  });
  const all = [...world.repositories.values()].flatMap((repository) => [...repository.issues.values()].map((issue) => ({ repository, issue })));
  const found = all.filter((one) => mayFind(actor, one) && tests.every((test) => test(one)));
  const ascending = found.toSorted((one, other) => keyOf(one) - keyOf(other) || one.issue.id - other.issue.id);
  return way === "asc" ? ascending : ascending.toReversed();
};
