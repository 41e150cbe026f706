// What a person may ask of `npm run sandbox`.
import { parseArgs } from "node:util";

export const USAGE = `npm run sandbox -- [options]

A stand-in for GitHub on this machine, with a repository, the app at work on
it, and a page to watch and to click. Nothing leaves the machine, and Ctrl-C
leaves nothing behind.

  --from DIR       a copy of this local git repository instead of the sample
  --playbook FILE  put this file into the copy as .github/release-steward.yml
  --runs-succeed   runs of workflows succeed by themselves; without it each waits
                   until somebody says on its page how it goes
  --port PORT      where the page is; default 4680, or any free port when that
                   is taken
`;
const HIGHEST_PORT = 65_535;

export type Options = {
  readonly from: string | null;
  readonly playbook: string | null;
  /** 0 for any that is free; null when none was asked for. */
  readonly port: number | null;
  readonly runsSucceed: boolean;
  readonly wantsHelp: boolean;
};

/** A text says what is wrong with the words. */
export function readOptions(words: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        from: { type: "string" },
        playbook: { type: "string" },
        port: { type: "string" },
        "runs-succeed": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { from = null, playbook = null, port = null, help, "runs-succeed": runsSucceed } = values;
    if (port !== null && !(/^\d{1,5}$/.test(port) && Number(port) <= HIGHEST_PORT)) return `expected a port such as 4680, found "${port}"`;
    if (playbook !== null && from === null) return "`--playbook` needs `--from`: the sample has a playbook of its own";
    return { from, playbook, port: port === null ? null : Number(port), runsSucceed, wantsHelp: help };
  } catch (error) {
    // Node goes on about how to escape a dash; its first sentence says it.
    return error instanceof Error ? (error.message.split(/\.\s/, 1)[0] ?? "") : String(error);
  }
}
