import type { Said } from "./said.ts";

/** Whether a blocker is to be moved, for which the milestones have to be read. */
export function wantsMilestones({ judged }: Said): boolean {
  return judged.some((one) => one.verdict === "accepted" && one.commands.some(({ verb }) => verb === "defer"));
}
