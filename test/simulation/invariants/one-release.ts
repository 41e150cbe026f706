import type { Sha } from "../../../sandbox/git/types.ts";
import type { Repository } from "../../../sandbox/world/types.ts";
import { releasePulls } from "../deeds.ts";
import { eachNew, type Invariant } from "./invariant.ts";
import { movesOfVersions } from "./version-tags.ts";

export const oneRelease: Invariant = {
  number: 2,
  says: "at most one release per tag, and what the app publishes is the commit that was reviewed and merged",
  watch(scene) {
    const { places, witness, app } = scene;
    const fresh = eachNew(witness.happenings);
    const freshTags = eachNew(witness.tagMoves);
    /** Where a tag led at that moment: it may have been moved since. */
    const ledTo = (repository: Repository, name: string, at: number): Sha | null =>
      (witness.tagMoves.findLast((move) => move.repository === repository && move.tag === name && move.at <= at) ?? { after: null }).after;
    return async () => {
      const twice = places.flatMap(({ repository }) => {
        const tags = [...repository.releases.values()].filter(({ isDraft }) => !isDraft).map(({ tag }) => tag);
        return tags.filter((tag, index) => tags.indexOf(tag) !== index).map((tag) => `${tag} is published twice`);
      });
      const published = fresh().flatMap(({ at, repository, event }) =>
        event.is === "release" && event.action === "published" && event.release.author === app.bot
          ? [{ repository, tag: event.release.tag, after: ledTo(repository, event.release.tag, at) }]
          : [],
      );
      const elsewhere = await Promise.all(
        [...movesOfVersions(places, freshTags()), ...published].map(async ({ repository, tag, after }) => {
          // Null: deleted, by whomever.
          const commit = after === null ? null : await repository.git.resolve(after);
          const isMerge = releasePulls(scene, repository, "merged").some(({ pull }) => pull?.merged?.sha === commit);
          return commit === null || isMerge ? [] : [`${tag} is ${commit}, which is no merge of a release pull request`];
        }),
      );
      return [...twice, ...elsewhere.flat()];
    };
  },
};
