// Text that must not stand in what is released, such as a floating image tag: each place is named with line and column.
import picomatch from "picomatch";
import { RE2JS } from "re2js";
import type { Problem } from "../../model/problem.ts";
import { placeOf } from "../prose/place.ts";
import { closed, defineGate, type Finding, type NamedGate, NOTHING_MORE, open, type OptionsOf, unknown } from "./define.ts";
import { code, counted, keyOfGate, listed, shortened } from "./phrases.ts";
import type { Subject } from "./subject.ts";
import { INSTEAD_OF_TEXT } from "./unread.ts";

/** Places that are annotated, and those that are told in words: more than that nobody reads before correcting some. */
const PROBLEMS_MAX = 200;
const DETAILS_MAX = 20;

export const forbid = defineGate({
  kind: "forbid",
  summary: "No line of the files matches the pattern. Files of components that are not released now do not count.",
  wants({ paths }, subject) {
    const { inScope } = filesOf(paths, subject);
    const missing = inScope.filter((path) => subject.file(path) === undefined);
    return missing.length === 0 ? NOTHING_MORE : { files: missing };
  },
  evaluate(options, subject, gate) {
    const { inScope, isAnywhere } = filesOf(options.paths, subject);
    const globs = listed(options.paths.map((glob) => code(glob)));
    const key = code(keyOfGate(gate.gate));
    if (!isAnywhere) return unknown(`no file matches ${globs}: nothing was looked at`, `correct \`paths\` in ${key}`);
    if (inScope.length === 0) return open(`what is released holds no file of ${globs}`);
    const found = search(inScope, options, subject, gate);
    if (found.count > 0)
      return closed(
        `${counted(found.count, "line")} ${found.count === 1 ? "holds" : "hold"} what is forbidden: ${firstPlace(found)}`,
        `correct ${found.count === 1 ? "it" : "them"}, or the pattern in ${key}`,
        extrasOf(found),
      );
    const [large] = found.tooLarge;
    if (large !== undefined)
      return unknown(`${code(large)} ${INSTEAD_OF_TEXT["too-large"]}`, `split it, or leave it out of \`paths\` in ${key}`, extrasOf(found));
    return open(`nothing forbidden in ${counted(inScope.length - found.skipped.length, "file")}`, extrasOf(found));
  },
  owner: () => null,
});

/** The files of what is released, sorted, and whether the globs match anything at all in the repository. */
function filesOf(
  globs: readonly string[],
  { tree, components, allComponents }: Subject,
): { readonly inScope: readonly string[]; readonly isAnywhere: boolean } {
  const matches = picomatch([...globs], { dot: true });
  const found = [...tree].filter((path) => matches(path)).toSorted();
  const released = new Set(components.map(({ path }) => path));
  const folders = new Set(allComponents.map(({ path }) => path));
  const inScope = found.filter((path) => {
    const home = homeOf(path, folders);
    return home === null || released.has(home);
  });
  return { inScope, isAnywhere: found.length > 0 };
}

/** Folder of the deepest component that holds the file; null when none does. */
function homeOf(path: string, folders: ReadonlySet<string>): string | null {
  for (let slash = path.lastIndexOf("/"); slash !== -1; slash = path.lastIndexOf("/", slash - 1)) {
    const folder = path.slice(0, slash);
    if (folders.has(folder)) return folder;
    if (slash === 0) break;
  }
  return folders.has(".") ? "." : null;
}

type Search = { readonly problems: readonly Problem[]; readonly count: number; readonly tooLarge: readonly string[]; readonly skipped: readonly string[] };

function search(paths: readonly string[], { pattern }: OptionsOf<"forbid">, { file }: Subject, { gate }: NamedGate): Search {
  const compiled = RE2JS.compile(pattern);
  const problems: Problem[] = [];
  const tooLarge: string[] = [];
  const skipped: string[] = [];
  let count = 0;
  for (const path of paths) {
    const state = file(path);
    if (state === undefined) throw new Error(`Bug: ${path} was never asked for`);
    if (state.is === "too-large") tooLarge.push(path);
    else if (state.is !== "text") skipped.push(`${code(path)} was not looked into: it ${INSTEAD_OF_TEXT[state.is]}`);
    else {
      for (const { line, column, text } of hits(state.text, compiled)) {
        count += 1;
        if (problems.length < PROBLEMS_MAX) problems.push(problemAt({ path, line, column, text, pattern, gate }));
      }
    }
  }
  return { problems, count, tooLarge, skipped };
}

type Hit = { readonly line: number; readonly column: number; readonly text: string };

/** The first match of each line; the engine takes time in proportion to the line. */
function* hits(text: string, pattern: RE2JS): Generator<Hit> {
  for (const [index, line] of text.split(/\r\n|[\r\n]/).entries()) {
    const matcher = pattern.matcher(line);
    if (matcher.find()) yield { line: index + 1, column: matcher.start() + 1, text: line };
  }
}

/** How much of a long line is shown before the match. */
const CONTEXT = 20;

function problemAt({ path, line, column, text, pattern, gate }: Hit & { readonly path: string; readonly pattern: string; readonly gate: string }): Problem {
  const start = text.length <= 80 ? 0 : Math.max(0, column - 1 - CONTEXT);
  return {
    severity: "error",
    message: `expected no match of ${code(pattern)}, found "${shortened(text.slice(start), 80)}"`,
    path,
    line,
    column,
    hint: `the gate \`${gate}\` forbids it`,
  };
}

function firstPlace({ problems, count }: Search): string {
  const place = problems[0] === undefined ? "" : code(placeOf(problems[0]) ?? "", 200);
  return count === 1 ? place : `${place} and ${String(count - 1)} more`;
}

function extrasOf({ problems, count, tooLarge, skipped }: Search): Pick<Finding, "details" | "problems"> {
  const told = problems.slice(0, DETAILS_MAX).map((problem) => `${code(placeOf(problem) ?? "", 200)}: ${problem.message}`);
  const more =
    count > told.length
      ? [`and ${String(count - told.length)} more${count > problems.length ? `, of which the first ${String(PROBLEMS_MAX)} places are annotated` : ""}`]
      : [];
  const unread = tooLarge.map((path) => `${code(path)} was not looked into: it ${INSTEAD_OF_TEXT["too-large"]}`);
  return {
    problems,
    details: [
      ...told,
      ...more,
      ...unread.slice(0, DETAILS_MAX),
      ...skipped.slice(0, DETAILS_MAX),
      ...(skipped.length > DETAILS_MAX ? [`and ${String(skipped.length - DETAILS_MAX)} more files that are no text`] : []),
    ],
  };
}
