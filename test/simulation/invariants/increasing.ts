import semver from "semver";
import { eachNew, type Invariant } from "./invariant.ts";
import { versionOf } from "./version-tags.ts";

export const increasing: Invariant = {
  number: 6,
  says: "versions increase along a line, and a commit is in one release of it",
  watch({ places, witness: { tagMoves } }) {
    const fresh = eachNew(tagMoves);
    return async () => {
      const wrong: string[] = [];
      for (const { isByApp, repository, tag, after, before } of fresh()) {
        const made = versionOf(places, repository, tag);
        const sha = after === null ? null : await repository.git.resolve(after);
        if (!isByApp || made === null || sha === null || before !== null) continue;
        for (const [name, other] of repository.git.refs()) {
          const old = name.startsWith("refs/tags/") ? versionOf(places, repository, name.slice("refs/tags/".length)) : null;
          const oldSha = await repository.git.resolve(other);
          if (old === null || oldSha === null || old.component !== made.component || old.version === made.version) continue;
          const isEarlier = await repository.git.isAncestor(oldSha, sha);
          const wasThere = !tagMoves.some(
            (move) => move.repository === repository && move.tag === name.slice("refs/tags/".length) && move.after !== null && !move.isByApp,
          );
          if (isEarlier && oldSha !== sha && semver.gte(old.version, made.version)) wrong.push(`${tag} follows ${name}`);
          if (isEarlier && oldSha === sha && wasThere) wrong.push(`${tag} and ${name} are the same commit`);
        }
      }
      return wrong;
    };
  },
};
