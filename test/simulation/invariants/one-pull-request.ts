import { releasePulls } from "../deeds.ts";
import type { Invariant } from "./invariant.ts";

export const onePullRequest: Invariant = {
  number: 7,
  says: "at most one open release pull request per line",
  watch(scene) {
    return () =>
      scene.places.flatMap(({ repository, team }) => {
        const lines = team.components === "two" && team.per === "component" ? 2 : 1;
        const open = releasePulls(scene, repository, "open");
        const heads = open.map(({ pull }) => pull?.head);
        const isTwice = heads.some((head, index) => heads.indexOf(head) !== index);
        return open.length > lines || isTwice ? [`${String(open.length)} are open for ${String(lines)} lines: ${heads.join(", ")}`] : [];
      });
  },
};
