import type { Asked, Happening, TagMove } from "../witness.ts";
import { eachNew, type Invariant } from "./invariant.ts";
import { movesOfVersions } from "./version-tags.ts";

const isClosing = ({ event }: Happening): boolean => (event.is === "issue" && event.action === "closed") || event.is === "delete";

export const noGuess: Invariant = {
  number: 9,
  says: "a look in which a read failed makes no version and destroys nothing",
  watch({ places, witness }) {
    const fresh = eachNew(witness.happenings);
    const freshTags = eachNew(witness.tagMoves);
    /** What failed and was asked again with success before that moment has not failed; nor what was read before all was read anew. */
    const failedBefore = ({ look, at }: Pick<TagMove, "look" | "at">): Asked | undefined => {
      const whole = look === null ? [] : witness.asked.filter((asked) => asked.look === look && asked.at <= at);
      const sofar = whole.slice(Math.max(whole.findLastIndex(isBeginning), 0));
      return sofar.find((asked, index) => isFailedRead(asked) && !isAskedAgain(asked, sofar.slice(index)));
    };
    return () => [
      ...movesOfVersions(places, freshTags()).flatMap((move) => saidOf(failedBefore(move), `${move.tag} was moved`)),
      ...fresh().flatMap((one) => (one.isByApp && isClosing(one) ? saidOf(failedBefore(one), "something was closed or deleted") : [])),
    ];
  },
};

const saidOf = (failed: Asked | undefined, what: string): readonly string[] =>
  failed === undefined ? [] : [`${what} after a read had failed: ${failed.path}`];

/** A stale answer did not fail. */
const isFailedRead = (asked: Asked): boolean => !asked.isWrite && asked.fault !== null && asked.fault.is !== "stale" && !isAside(asked) && !isNobody(asked);

/** Of whom GitHub knows nothing it says so with 404: a bot, or a name that somebody misspelt. They may do nothing. */
const isNobody = ({ path, fault }: Asked): boolean => fault?.is === "answer" && fault.status === 404 && /\/collaborators\/[^/]+\/permission$/.test(path);

/**
 * What became of a run, and what a pull request that is told of its release closes, is asked of releases that are made, each by
 * itself: what is not known holds back its own step, and no other release.
 */
const isAside = ({ path, question }: Asked): boolean =>
  path.includes("/actions/") || [...question.matchAll(/q\d+_(\w+):/g)].map(([, name]) => name).join() === "subject";

/** Of a look that remembers nothing: it begins with the repository itself. */
const isBeginning = ({ method, path, fault }: Asked): boolean => method === "GET" && fault === null && /\/repositories\/\d+$/.test(path);

/** As it was, or in several questions that ask for all of it: a long one is tried in parts. */
function isAskedAgain({ question }: Asked, later: readonly Asked[]): boolean {
  const answered = later.filter(({ fault }) => fault === null || fault.is === "stale");
  if (answered.some((again) => again.question === question)) return true;
  const known = new Set(answered.flatMap((again) => valuesOf(again.question)));
  const wanted = valuesOf(question);
  return wanted.length > 0 && wanted.every((value) => known.has(value));
}

/** What a GraphQL document was asked about; nothing for REST. */
function valuesOf(question: string): readonly string[] {
  const [path = ""] = question.split(" ", 1);
  if (!path.endsWith("/graphql")) return [];
  const { variables = {} } = JSON.parse(question.slice(path.length)) as { readonly variables?: object };
  // A page that was too long is asked for again as shorter ones.
  return Object.entries(variables).flatMap(([name, value]) => (name === "page" ? [] : [JSON.stringify(value)]));
}
