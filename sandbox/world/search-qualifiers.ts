// What a search for issues and pull requests may ask of each of them by name
// (https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests).
import { ApiError, type Comment, type Issue, type Repository, type User } from "./types.ts";

export type Found = { readonly repository: Repository; readonly issue: Issue };
export type Test = (found: Found) => boolean;
type Qualifier = (value: string, asker: User | null) => Test;

const RANGE = /^(?<sign>>=|<=|>|<)?(?<from>[^.]*(?:\.(?!\.)[^.]*)*)(?:\.\.(?<to>.+))?$/u;
const DAY_MS = 86_400_000;

/** 422 for a search that would find something else than what was asked for. */
export const refuse = (message: string): ApiError => new ApiError(422, "Validation Failed", [{ resource: "Search", field: "q", code: "invalid", message }]);

const isCalled = (user: User, login: string): boolean =>
  [user.login, user.login.replace(/\[bot\]$/u, "")].some((name) => name.toLowerCase() === login.replace(/^app\//u, "").toLowerCase());

export const commentsOf = ({ repository, issue }: Found): Comment[] => [...repository.comments.values()].filter((comment) => comment.issue === issue);

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

export const QUALIFIERS: Readonly<Record<string, Qualifier>> = {
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
