// What has to hold whatever happens. Numbers and words are those of the design.
import type { Comment } from "../../../sandbox/world/types.ts";
import type { Scene } from "../scene.ts";

export type Invariant = {
  readonly number: number;
  readonly says: string;
  /**
   * Called once for a scene. What it returns is called after each step and once at the end, when all is quiet, and says what
   * does not hold; it remembers how far it has looked.
   */
  readonly watch: (scene: Scene) => (moment: "step" | "end") => readonly string[] | Promise<readonly string[]>;
};

/** Each thing of a list that only grows, once. */
export function eachNew<Thing>(list: readonly Thing[]): () => readonly Thing[] {
  let seen = 0;
  return () => {
    const fresh = list.slice(seen);
    seen = list.length;
    return fresh;
  };
}

/** What it says, and all that it said before it was edited. */
export const everSaid = ({ body, edits }: Comment): readonly string[] => [body, ...edits.map((edit) => edit.body)];
