// Whether a version satisfies the requirement of a Helm chart. Helm's ranges are those of npm with four differences:
// a comma joins as a space does, `=>` and `=<` are spellings of `>=` and `<=`, `!=` exists, and a range that mentions
// a pre-release admits the pre-releases of every version in it. (Masterminds/semver, README, "Checking Version Constraints".)
import { satisfies, validRange } from "semver";

const MAX_RANGE_LENGTH = 256;

/** Null when the range can't be read. `version` is a SemVer version, without `v`. */
export function satisfiesHelm(version: string, range: string): boolean | null {
  if (range.length > MAX_RANGE_LENGTH) return null;
  const answers = new Set(range.split("||").map((alternative) => satisfiesAll(version, alternative)));
  return answers.has(null) ? null : answers.has(true);
}

function satisfiesAll(version: string, alternative: string): boolean | null {
  const words = alternative
    .replaceAll(",", " ")
    .replaceAll("=>", ">=")
    .replaceAll("=<", "<=")
    .replaceAll(/(!=|[<>=~^]+)\s+/g, "$1");
  const excluded = words.split(/\s+/).filter((word) => word.startsWith("!="));
  const wanted = words.split(/\s+/).filter((word) => !word.startsWith("!="));
  const ranges = [wanted.join(" "), ...excluded.map((word) => word.slice(2))];
  if (ranges.some((one, index) => (one.trim() === "" && (index > 0 || excluded.length === 0)) || validRange(one) === null)) return null;
  const includePrerelease = /\d-[0-9A-Za-z]/.test(alternative);
  return ranges.every((one, index) => satisfies(version, one, { includePrerelease }) === (index === 0));
}
