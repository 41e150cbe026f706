import { releasePulls } from "../deeds.ts";
import { eachNew, type Invariant } from "./invariant.ts";
import { isVersionTag } from "./version-tags.ts";

export const oneRelease: Invariant = {
  number: 2,
  says: "at most one release per tag, and what the app publishes is the commit that was reviewed and merged",
  watch(scene) {
    const { places, witness, app } = scene;
    const fresh = eachNew(witness.happenings);
    const freshTags = eachNew(witness.tagMoves);
    return () => {
      const twice = places.flatMap(({ repository }) => {
        const tags = [...repository.releases.values()].filter(({ isDraft }) => !isDraft).map(({ tag }) => tag);
        return tags.filter((tag, index) => tags.indexOf(tag) !== index).map((tag) => `${tag} is published twice`);
      });
      const mergedIn = (repository: (typeof places)[number]["repository"]) =>
        new Set(releasePulls(scene, repository, "merged").map(({ pull }) => pull?.merged?.sha));
      const elsewhere = freshTags().flatMap(({ isByApp, repository, tag, after }) => {
        if (!isByApp || after === null || !isVersionTag(places, repository, tag)) return [];
        return [{ repository, tag, after }];
      });
      const published = fresh().flatMap(({ repository, event }) =>
        event.is === "release" && event.action === "published" && event.release.author === app.bot
          ? [{ repository, tag: event.release.tag, after: repository.git.refs().get(`refs/tags/${event.release.tag}`) ?? null }]
          : [],
      );
      return Promise.all(
        [...elsewhere, ...published].map(async ({ repository, tag, after }) => {
          const commit = after === null ? null : await repository.git.resolve(after);
          // Somebody may have deleted the tag between its making and this look.
          return commit === null || mergedIn(repository).has(commit) ? [] : [`${tag} is ${commit}, which is no merge of a release pull request`];
        }),
      ).then((found) => [...twice, ...found.flat()]);
    };
  },
};
