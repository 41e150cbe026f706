import type { Invariant } from "./invariant.ts";

export const peopleSurvive: Invariant = {
  number: 8,
  says: "what people wrote survives",
  watch({ places }) {
    return async (moment) => {
      const lost: string[] = [];
      for (const { repository, written } of places) {
        for (const { number, token, where, isLookedFor } of written) {
          if (isLookedFor === "end" && moment === "step") continue;
          const pull = repository.issues.get(number);
          const facts = pull?.pull ?? null;
          if (pull === undefined || facts === null || pull.state !== "open" || facts.merged !== null) continue;
          if (where === "body" && !(pull.body ?? "").includes(token)) lost.push(`${token} is gone from the text of #${String(number)}`);
          if (where === "branch" && (await repository.git.entry(facts.headSha, `docs/${token}.md`)) === null)
            lost.push(`${token} is gone from the branch of #${String(number)}`);
        }
      }
      return lost;
    };
  },
};
