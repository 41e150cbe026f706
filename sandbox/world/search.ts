// The search for issues and pull requests, with the qualifiers that ordinary clients use
// (https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests). What is not known
// is refused: a search that passes over a word would find too much.
import { may, mayRead, need } from "./access.ts";
import { commentsOf, type Found, QUALIFIERS, refuse, type Test } from "./search-qualifiers.ts";
import type { Actor, World } from "./types.ts";

export type { Found } from "./search-qualifiers.ts";

type Word = { readonly isNot: boolean; readonly key: string | null; readonly value: string };

const WORD = /(?<not>-)?(?:(?<key>[a-z][a-z-]*):)?(?<value>"[^"]*"|[^\s"]+)/giu;
const TEXTS = new Set(["title", "body", "comments"]);

const wordsOf = (query: string): readonly Word[] =>
  [...query.matchAll(WORD)].map(({ groups = {} }) => ({
    isNot: groups["not"] !== undefined,
    key: groups["key"]?.toLowerCase() ?? null,
    value: (groups["value"] ?? "").replace(/^"(.*)"$/u, "$1"),
  }));

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
