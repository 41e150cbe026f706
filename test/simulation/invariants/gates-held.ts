// The gates are judged anew here, from the stand-in's world, after every step: a gate that was open at no moment since the
// look began was not open when the tag was made.
import type { Issue, Repository } from "../../../sandbox/world/types.ts";
import { releasePulls } from "../deeds.ts";
import type { GateName } from "../history.ts";
import type { Place, Scene } from "../scene.ts";
import { BLOCKER, CI_CHECK } from "../team.ts";
import { eachNew, everSaid, type Invariant } from "./invariant.ts";
import { movesOfVersions } from "./version-tags.ts";

/** Lists may be so old. */
const STALE_MS = 60_000;
const REVIEWERS: ReadonlySet<string> = new Set(["mo", "ann"]);

type Open = Readonly<Partial<Record<GateName, boolean>>>;

function openGates({ app }: Scene, { repository }: Place, pull: Issue): Open {
  const { merged, headSha, reviews } = pull.pull ?? { merged: null, headSha: "", reviews: [] };
  const checked = [...repository.checkRuns.values()].filter(({ name, headSha: sha }) => name === CI_CHECK && (sha === headSha || sha === merged?.sha));
  const said = [...repository.comments.values()].filter(({ author }) => author !== app.bot);
  return {
    ci: checked.some(({ conclusion }) => conclusion === "success"),
    blockers: ![...repository.issues.values()].some(({ state, labels }) => state === "open" && labels.some(({ name }) => name === BLOCKER)),
    reviewed: reviews.some(({ state, author }) => state === "APPROVED" && REVIEWERS.has(author.login)),
    rehearsed:
      said.some(({ body }) => /^\/release evidence/m.test(body)) ||
      // A tick counts for the release, however often the app has written the comment anew since.
      [...repository.comments.values()].some(
        (comment) => comment.issue === pull && comment.author === app.bot && everSaid(comment).some((text) => text.includes("- [x]")),
      ),
  };
}

const isOverridden = (repository: Repository, gate: GateName): boolean =>
  [...repository.comments.values()].some((comment) => everSaid(comment).some((text) => text.includes(`/release override ${gate}`)));

export const gatesHeld: Invariant = {
  number: 4,
  says: "no tag is made unless every gate was open",
  watch(scene) {
    const { places, witness, time } = scene;
    const fresh = eachNew(witness.tagMoves);
    const lastOpen = new Map<string, number>();
    return () => {
      for (const place of places)
        for (const pull of [...releasePulls(scene, place.repository, "open"), ...releasePulls(scene, place.repository, "merged")])
          for (const [gate, isOpen] of Object.entries(openGates(scene, place, pull)))
            if (isOpen) lastOpen.set(`${place.repository.owner.login} ${String(pull.number)} ${gate}`, time.now());
      return movesOfVersions(places, fresh()).flatMap(({ repository, tag, after, look, at }) => {
        const place = places.find((one) => one.repository === repository);
        if (after === null || place === undefined) return [];
        const pull = releasePulls(scene, repository, "merged").find(({ pull: facts }) => facts?.merged?.sha === after);
        if (pull === undefined) return [];
        const asked = place.team.gates.filter((gate) => !isOverridden(repository, gate) && !place.rules.haveChanged);
        return asked.flatMap((gate) => {
          const openAt = lastOpen.get(`${repository.owner.login} ${String(pull.number)} ${gate}`) ?? -Infinity;
          return openAt >= (look?.startedAt ?? at) - STALE_MS ? [] : [`${tag} was made although ${gate} was not open`];
        });
      });
    };
  },
};
