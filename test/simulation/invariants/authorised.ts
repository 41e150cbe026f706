import type { Reaction } from "../../../sandbox/world/types.ts";
import type { Invariant } from "./invariant.ts";

const MAY = new Set(["kim", "lee", "mo", "ann"]);

export const authorised: Invariant = {
  number: 5,
  says: "no command is accepted of somebody who may not give it",
  watch({ places, app }) {
    const judged = new Set<Reaction>();
    return () =>
      places.flatMap(({ repository }) =>
        [...repository.comments.values()].flatMap((comment) => {
          const accepted = comment.reactions.find(({ user, content }) => user === app.bot && content === "rocket");
          if (accepted === undefined || judged.has(accepted)) return [];
          judged.add(accepted);
          return MAY.has(comment.author.login) ? [] : [`${comment.author.login} was heard: ${comment.body}`];
        }),
      );
  },
};
