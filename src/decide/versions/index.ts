// Versions: what the tags say, which version follows, and where the rest of the repository disagrees.
export { isoDate } from "./calendar.ts";
export { nextCandidate } from "./candidates.ts";
export type { Claim } from "./claim.ts";
export { type ClassifiedTags, classifyTags } from "./classify-tags.ts";
export { driftOf } from "./drift.ts";
export { nextTrain, nextVersion } from "./next.ts";
export { compareVersions } from "./order.ts";
export { isPrerelease } from "./prerelease.ts";
export type { VersionTag } from "./settle.ts";
export { tagFormat } from "./tag-format.ts";
