// Questions about the graph of commits.
import { remembered } from "./remember.ts";
import { runGit } from "./run-git.ts";
import type { GitRepository } from "./types.ts";

export function openHistory(directory: string): Pick<GitRepository, "log" | "count" | "mergeBase" | "isAncestor"> {
  return {
    log: remembered(async ({ include, exclude, paths, since, until, limit, skip }) => {
      if (include.length === 0) return [];
      const bounds = [
        ...(since === undefined ? [] : [`--max-age=${Math.ceil(since / 1000)}`]),
        ...(until === undefined ? [] : [`--min-age=${Math.floor(until / 1000)}`]),
        ...(limit === undefined ? [] : [`--max-count=${limit}`]),
        ...(skip === undefined ? [] : [`--skip=${skip}`]),
      ];
      // Through the input, because a command line ends after some thousand commits.
      const commits = [...include, ...(exclude ?? []).map((sha) => `^${sha}`)];
      const lines = [...commits, "--", ...(paths ?? []).filter((path) => path !== "")];
      const { stdout } = await runGit(directory, ["rev-list", "--date-order", ...bounds, "--stdin"], { input: `${lines.join("\n")}\n` });
      return stdout.toString().split("\n").slice(0, -1);
    }, 200),
    count: remembered(async (include, exclude) => {
      const { stdout } = await runGit(directory, ["rev-list", "--count", include, `^${exclude}`]);
      return Number(stdout.toString());
    }),
    mergeBase: remembered(async (one, other) => {
      const { code, stdout } = await runGit(directory, ["merge-base", one, other], { accept: [0, 1] });
      return code === 0 ? stdout.toString().trim() : null;
    }),
    isAncestor: remembered(async (ancestor, descendant) => {
      const { code } = await runGit(directory, ["merge-base", "--is-ancestor", ancestor, descendant], { accept: [0, 1] });
      return code === 0;
    }),
  };
}
