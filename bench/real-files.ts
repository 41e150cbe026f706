// Edits the version files of real repositories in memory and proves that nothing but the value changed:
//   node bench/real-files.ts CLONE...
// For each Chart.yaml, values file, package.json, pyproject.toml and Cargo.toml at the head: one value is written, then
// every byte outside of it is compared, and YAML is read by two independent readers.
import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { load } from "js-yaml";
import { parse } from "yaml";
import { locateValue, updateValue } from "../src/decide/files/index.ts";
import type { Place } from "../src/model/playbook.ts";

const NEW = "9.8.7";
const PLACES: readonly { readonly file: RegExp; readonly at: Place }[] = [
  { file: /(^|\/)Chart\.yaml$/, at: { by: "yaml", path: "version" } },
  { file: /(^|\/)Chart\.yaml$/, at: { by: "yaml", path: "appVersion" } },
  { file: /(^|\/)values[^/]*\.ya?ml$/, at: { by: "yaml", path: "image.tag" } },
  { file: /(^|\/)package\.json$/, at: { by: "json", path: "version" } },
  { file: /(^|\/)pyproject\.toml$/, at: { by: "toml", path: "project.version" } },
  { file: /(^|\/)Cargo\.toml$/, at: { by: "toml", path: "package.version" } },
];

const counts = { tried: 0, absent: 0, refused: 0, wrong: 0, oneReader: 0 };
for (const clone of process.argv.slice(2)) {
  for (const path of git(clone, "ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")) {
    for (const { at } of PLACES.filter(({ file }) => file.test(path))) check(path, git(clone, "cat-file", "blob", `HEAD:${path}`), at);
  }
}
console.log(
  `${counts.tried} values written, ${counts.wrong} wrong; ${counts.refused} refused with a reason, ${counts.absent} files without the key, ${counts.oneReader} judged by one reader alone`,
);
process.exitCode = counts.wrong === 0 && counts.tried > 0 ? 0 : 1;

function check(path: string, text: string, at: Place): void {
  const before = locateValue(text, at, path);
  if (!before.ok) {
    const isAbsent = before.problems.every(({ message }) => /no .*key|missing|has no|there is no/i.test(message));
    counts[isAbsent ? "absent" : "refused"] += 1;
    if (!isAbsent) console.log(`refused ${path}: ${before.problems[0]?.message ?? ""}`);
    return;
  }
  const after = updateValue(text, at, NEW, path);
  if (!after.ok) {
    counts.refused += 1;
    console.log(`refused ${path}: ${after.problems[0]?.message ?? ""}`);
    return;
  }
  counts.tried += 1;
  const spots = locateValue(after.value, at, path);
  const isWritten = spots.ok && spots.value.every(({ value }) => value === NEW);
  const [was] = before.value;
  const [is] = spots.ok ? spots.value : [];
  // Quotes may be added; they are within one byte on either side of the value.
  const isElsewhereSame =
    was !== undefined &&
    is !== undefined &&
    text.slice(0, was.start) === after.value.slice(0, was.start) &&
    text.slice(was.end) === after.value.slice(after.value.length - (text.length - was.end));
  const isReadAlike = at.by !== "yaml" || readersAgree(after.value);
  if (!isWritten || !isElsewhereSame || !isReadAlike) {
    counts.wrong += 1;
    console.log(`WRONG ${path} (${JSON.stringify(at)})`);
  }
}

function readersAgree(text: string): boolean {
  try {
    return isDeepStrictEqual(parse(text, { version: "1.2", logLevel: "silent" }), load(text));
  } catch {
    // A file that one of them never could read, for a fault elsewhere in it.
    counts.oneReader += 1;
    return true;
  }
}

function git(clone: string, ...words: string[]): string {
  return execFileSync("git", ["-C", clone, ...words], { encoding: "utf8", maxBuffer: 1 << 28 });
}
