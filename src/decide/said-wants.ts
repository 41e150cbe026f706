// What accepted commands need to know beside what gates ask.
import type { Command, WhatIf } from "./commands/types.ts";
import type { Said } from "./said.ts";

/** Whether a blocker is to be moved, for which the milestones have to be read. */
export function wantsMilestones(said: Said): boolean {
  return accepted(said).some(({ verb }) => verb === "defer");
}

/** What people want to know the consequences of. */
export function assumptionsIn(said: Said): readonly WhatIf[] {
  return accepted(said).flatMap((command) => (command.verb === "simulate" ? [command.whatIf] : []));
}

function accepted({ judged }: Said): readonly Command[] {
  return judged.flatMap((one) => (one.verdict === "accepted" ? one.commands : []));
}
