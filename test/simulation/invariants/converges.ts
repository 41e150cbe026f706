// What is left open has to be said: a merged release that is not published has a status that names what is next, and changes
// that are not released have a pull request, a question or a reason.
import { RECORD_OPENING } from "../../../src/model/plan.ts";
import { releasePulls } from "../deeds.ts";
import type { Invariant } from "./invariant.ts";

export const converges: Invariant = {
  number: 15,
  says: "with finitely many faults it converges, or shows what it waits for",
  watch(scene) {
    const { places, queue, witness, app } = scene;
    return async (moment) => {
      const bugs = witness.outcomes
        .filter(({ kind }) => kind === "bug" || kind === "too long")
        .map(({ key }) => `a look at ${key} ended in a bug: ${witness.errors.at(-1) ?? ""}`);
      if (moment !== "end") return bugs;
      const { failing } = await queue.counts();
      const unsaid = places.flatMap(({ repository }) =>
        releasePulls(scene, repository, "merged").flatMap((pull) => {
          const sha = pull.pull?.merged?.sha ?? "";
          const hasTag = [...repository.git.refs()].some(
            ([name]) => name.startsWith("refs/tags/") && witness.tagMoves.some(({ tag, isByApp }) => isByApp && name === `refs/tags/${tag}`),
          );
          const status = [...repository.comments.values()].filter(
            ({ issue, author, body }) => issue === pull && author === app.bot && body.includes(RECORD_OPENING),
          );
          const checks = [...repository.checkRuns.values()].filter(({ headSha, suite }) => headSha === sha && suite.app === app);
          // Merged into a branch that has another name by now, it is proposed again.
          const isProposed = releasePulls(scene, repository, "open").some(({ number }) => number > pull.number);
          return hasTag || isProposed || status.length > 0 || checks.length > 0
            ? []
            : [`#${String(pull.number)} was merged, and nothing says what became of it`];
        }),
      );
      return [...bugs, ...(failing > 0 ? [`${String(failing)} keys fail for ever: ${witness.errors.at(-1) ?? "no error was logged"}`] : []), ...unsaid];
    };
  },
};
