import { eachNew, type Invariant } from "./invariant.ts";

export const promotionOrder: Invariant = {
  number: 14,
  says: "a version reaches production only after staging",
  watch({ witness, app }) {
    const fresh = eachNew(witness.happenings);
    return () =>
      fresh().flatMap(({ event, repository }) => {
        if (event.is !== "workflow run" || event.action !== "requested" || event.run.actor !== app.bot || event.run.given["environment"] !== "production")
          return [];
        const { version } = event.run.given;
        const isSkipped = [...repository.comments.values()].some(({ body }) => body.includes("/release skip"));
        const staged = [...repository.actions.runs.values()].some(
          ({ given, conclusion }) => given["environment"] === "staging" && given["version"] === version && conclusion === "success",
        );
        return staged || isSkipped ? [] : [`${String(version)} was put into production without having been in staging`];
      });
  },
};
