import type { Invariant } from "./invariant.ts";

export const peopleSurvive: Invariant = {
  number: 8,
  says: "what people wrote survives",
  watch({ places }) {
    return async () => {
      const lost: string[] = [];
      for (const { repository, written } of places) {
        for (const { number, token, where } of written) {
          const pull = repository.issues.get(number);
          if (pull?.pull == null || pull.state !== "open" || pull.pull.merged !== null) continue;
          if (where === "body" && !(pull.body ?? "").includes(token)) lost.push(`${token} is gone from the text of #${String(number)}`);
          if (where === "branch" && (await repository.git.entry(pull.pull.headSha, `docs/${token}.md`)) === null)
            lost.push(`${token} is gone from the branch of #${String(number)}`);
        }
      }
      return lost;
    };
  },
};
