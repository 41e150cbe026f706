import { everSaid, type Invariant } from "./invariant.ts";

/** What permits one more run: each of them is counted once for each step that it can be about. */
const AGAIN = /^\/release retry\b/m;

export const oneDispatch: Invariant = {
  number: 3,
  says: "each step of a release is dispatched at most once, and once more for each time that somebody said so",
  watch({ places, app }) {
    return () =>
      places.flatMap(({ repository }) => {
        const started = [...repository.actions.runs.values()].filter(({ event, actor }) => event === "workflow_dispatch" && actor === app.bot);
        const again = [...repository.comments.values()].filter((comment) => everSaid(comment).some((text) => AGAIN.test(text))).length;
        const groups = Map.groupBy(started, ({ workflow, given }) => `${workflow.path} ${JSON.stringify(given)}`);
        return [...groups].flatMap(([what, runs]) =>
          runs.length > 1 + again ? [`${what} was dispatched ${String(runs.length)} times, and people said again ${String(again)} times`] : [],
        );
      });
  },
};
