import { eachNew, type Invariant } from "./invariant.ts";
import { movesOfVersions } from "./version-tags.ts";

export const oneTag: Invariant = {
  number: 1,
  says: "at most one version tag per component and version, and the app never moves one",
  watch({ places, witness: { tagMoves } }) {
    const fresh = eachNew(tagMoves);
    return () =>
      movesOfVersions(places, fresh())
        .filter(({ before }) => before !== null)
        .map(({ tag, before, after }) => `the app moved ${tag} from ${String(before)} to ${String(after)}`);
  },
};
