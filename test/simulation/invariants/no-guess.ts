import type { Asked, Happening, TagMove } from "../witness.ts";
import { eachNew, type Invariant } from "./invariant.ts";

const CLOSES = ({ event }: Happening): boolean => (event.is === "issue" && event.action === "closed") || event.is === "delete";

export const noGuess: Invariant = {
  number: 9,
  says: "a look in which a read failed makes no version and destroys nothing",
  watch({ witness }) {
    const fresh = eachNew(witness.happenings);
    const freshTags = eachNew(witness.tagMoves);
    const failedBefore = ({ look, at }: Pick<TagMove, "look" | "at">): Asked | undefined =>
      look === null ? undefined : witness.asked.find((asked) => asked.look === look && isFailedRead(asked) && asked.at <= at);
    return () => [
      ...freshTags().flatMap((move) =>
        move.isByApp && failedBefore(move) !== undefined ? [`${move.tag} was moved after a read had failed: ${String(failedBefore(move)?.path)}`] : [],
      ),
      ...fresh().flatMap((one) =>
        one.isByApp && CLOSES(one) && failedBefore(one) !== undefined
          ? [`something was closed or deleted after a read had failed: ${String(failedBefore(one)?.path)}`]
          : [],
      ),
    ];
  },
};

/** A stale answer did not fail. */
const isFailedRead = ({ isWrite, fault }: Asked): boolean => !isWrite && fault !== null && fault.is !== "stale";
