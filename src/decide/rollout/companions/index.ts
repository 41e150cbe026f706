// Pull requests that follow a release: what has to be read for one, and where it stands.
export type { CompanionFinding } from "./finding.ts";
export { judgeCompanion } from "./judge.ts";
export type { CompanionQuestion } from "./seen.ts";
export { companionAsked, type CompanionRelease, type CompanionTarget } from "./target.ts";
