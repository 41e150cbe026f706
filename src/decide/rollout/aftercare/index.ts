// What is left to be done for a release that is out: its milestone, those who are told, and the look back.
export { cadenceWords } from "./cadence.ts";
export type { Care } from "./care.ts";
export { mentionCare } from "./mention.ts";
export { milestoneCare } from "./milestone.ts";
export { retrospectiveCare } from "./retrospective.ts";
