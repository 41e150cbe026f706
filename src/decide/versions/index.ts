// Versions: what the tags say, which version follows, and where the rest of the repository disagrees.
export { isoDate } from "./calendar.ts";
export { type CandidateTag, nextCandidate } from "./candidates.ts";
export type { Claim } from "./claim.ts";
export { type ClassifiedTags, classifyTags } from "./classify-tags.ts";
export { driftOf } from "./drift.ts";
export { type Next, nextTrain, nextVersion } from "./next.ts";
export { compareVersions, newestFirst } from "./order.ts";
export type { VersionTag } from "./settle.ts";
export { tagFormat, tagOf } from "./tag-format.ts";
