// What is made from each other changes together: a generated file with its source, a chart's copy with the original.
import picomatch from "picomatch";
import { closed, defineGate, NOTHING_MORE, open } from "./define.ts";
import { code, listed } from "./phrases.ts";

export const pathsTogether = defineGate({
  kind: "paths_together",
  summary: "Since the last release something has changed below each of the globs, or below none of them.",
  wants: () => NOTHING_MORE,
  evaluate({ paths: globs }, { paths }) {
    const found = globs.map((glob) => {
      const matches = picomatch(glob, { dot: true });
      return { glob, path: paths.find((path) => matches(path)) ?? null };
    });
    const touched = found.flatMap(({ glob, path }) => (path === null ? [] : [{ glob, path }]));
    const untouched = found.filter(({ path }) => path === null).map(({ glob }) => code(glob));
    const [first] = touched;
    if (first === undefined) return open(`nothing changed in ${listed(untouched)}`);
    const details = touched.map(({ glob, path }) => `${code(glob)}: ${code(path)} changed`);
    if (untouched.length === 0) return open(`${listed(touched.map(({ glob }) => code(glob)))} changed together`, { details });
    return closed(
      `${code(first.path)} changed, and nothing in ${listed(untouched, 5, "or")}`,
      `bring ${listed(untouched)} up to date with it: if they are generated, generate them again`,
      { details: [...details, ...untouched.map((glob) => `${glob}: nothing changed`)] },
    );
  },
  owner: () => null,
});
