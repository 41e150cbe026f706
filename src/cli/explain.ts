// `release-steward explain`: why a release does not move, before its merge and after it, and what would move it. The same
// decision as the app's, read with a token and written nowhere; or of a local repository, where what only GitHub knows is
// unknown.
import { parseArgs } from "node:util";
import type { LineReport, Plan } from "../model/plan.ts";
import type { RolloutReport } from "../model/rollout.ts";
import { formatNamed, unknownComponent } from "./choices.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

const USAGE = `release-steward explain [options]

Why each release waits: every gate with its state, the reason, who can open it, and when time does; and of each
release that is under way, how far it has come.

  --github OWNER/NAME  a repository on GitHub, read with GITHUB_TOKEN (or GH_TOKEN); nothing is written
  --app SLUG           the app that keeps its release pull requests (default: release-steward)
  --repo DIR           a working copy instead; what only GitHub knows is unknown there (default: this folder)
  --ref REF            the branch, tag or commit to look at in it (default: what is checked out)
  --playbook FILE      this playbook instead of the repository's own
  --component NAME     only the release of this component
  --tag TAG            only the release with this tag: its steps after the merge, which GitHub alone knows
  --format FORMAT      text (default), markdown (as the app's comment has it) or json
  --no-color           plain text on a terminal, too

GITHUB_API_URL names another server, such as https://github.example.com/api/v3.
Exit code: 0 every release may be made or is verified, 1 something waits, is under way or has problems, 2 wrong usage.
`;

const FORMATS = ["text", "markdown", "json"] as const;
type Format = (typeof FORMATS)[number];

export async function explain(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      github: { type: "string" },
      app: { type: "string", default: "release-steward" },
      repo: { type: "string", default: "." },
      ref: { type: "string" },
      playbook: { type: "string" },
      component: { type: "string" },
      tag: { type: "string" },
      format: { type: "string", default: "text" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    terminal.write(USAGE);
    return 0;
  }
  const format = formatNamed(values.format, FORMATS, "explain", terminal);
  if (format === null) return 2;
  if (values.tag !== undefined && values.github === undefined) {
    terminal.warn(ONLY_GITHUB_KNOWS);
    return 2;
  }
  const playbook = values.playbook ?? null;
  const plan =
    values.github === undefined
      ? await (await import("./planned-locally.ts")).planLocally({ directory: values.repo, ref: values.ref ?? null, playbook }, terminal)
      : await (
          await import("./planned-on-github.ts")
        ).planOnGitHub({ repository: values.github, app: values.app, playbook, tag: values.tag ?? null }, terminal);
  terminal.progress(null);
  if (plan === null) return 1;
  const reports = linesFor(plan, values.component ?? null);
  if (reports === null) {
    terminal.warn(unknownComponent(values.component ?? "", plan, "explain"));
    return 2;
  }
  const tag = values.tag ?? null;
  const shown = { lines: tag === null ? reports : [], rollouts: rolloutsFor(plan, values.component ?? null, tag) };
  if (tag !== null && shown.rollouts.length === 0) {
    terminal.warn(unknownTag(tag, plan));
    return 2;
  }
  terminal.write(await printed(shown, plan, format, terminal));
  return isSettled(shown) ? 0 : 1;
}

const ONLY_GITHUB_KNOWS =
  "release-steward explain: --tag: what followed a tag is written on GitHub only\n  hint: name the repository with `--github OWNER/NAME`\n";

type Shown = Pick<Plan, "lines" | "rollouts">;

function isSettled({ lines, rollouts }: Shown): boolean {
  return lines.every(({ gates }) => gates.every(({ state }) => state === "open")) && rollouts.every(({ state }) => state === "verified");
}

function rolloutsFor({ rollouts }: Plan, component: string | null, tag: string | null): readonly RolloutReport[] {
  return rollouts.filter((rollout) => (component === null || rollout.component === component) && (tag === null || rollout.tag === tag));
}

function unknownTag(tag: string, { rollouts }: Plan): string {
  const known = rollouts.map((rollout) => rollout.tag).join(", ");
  return `release-steward explain: the app followed no release that has the tag "${tag}"\n  hint: ${known === "" ? "none is under way" : `under way: ${known}`}\n`;
}

/** Null when there is no such component. */
function linesFor({ lines, components }: Plan, name: string | null): readonly LineReport[] | null {
  if (name === null) return lines;
  if (components.every((component) => component.name !== name)) return null;
  return lines.filter(({ releases }) => releases.some(({ component }) => component === name));
}

async function printed({ lines, rollouts }: Shown, plan: Plan, format: Format, { hasColor }: Terminal): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify({ schema: 1, head: plan.head, lines, rollouts }, null, 2)}\n`;
    case "markdown":
      return `${(await import("../decide/prose/board.ts")).statusAnswer(lines, rollouts)}\n`;
    case "text": {
      const look = { hasColor, width: process.stdout.columns || 100 };
      const proposed = lines.length === 0 && rollouts.length > 0 ? [] : [(await import("./explain-text.ts")).explainText(lines, look)];
      const underWay = rollouts.length === 0 ? [] : [(await import("./rollout-text.ts")).rolloutText(rollouts, look)];
      return [...proposed, ...underWay].join("\n");
    }
  }
}
