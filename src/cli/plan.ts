// `release-steward plan`: one look at a repository, one plan, three ways to print it.
import { parseArgs } from "node:util";
import type { Plan } from "../model/plan.ts";
import { openRepository } from "../observe/git/index.ts";
import type { View } from "./plan-text.ts";
import { formatNamed, unknownComponent } from "./choices.ts";
import { pullRequestsOf } from "./pull-requests.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

const USAGE = `release-steward plan [options]

What the next release of each component would be, why, and what its pull request would contain.
Needs git and nothing else: no network, no account, and no playbook (defaults are detected and printed).

  --repo DIR        a working copy or a bare repository (default: this folder)
  --ref REF         the branch, tag or commit to plan for (default: what is checked out)
  --playbook FILE   this playbook instead of the repository's .github/release-steward.yml
  --component NAME  only this component
  --format FORMAT   text (default), json or markdown
  --no-color        plain text on a terminal, too

Exit code: 0 planned, 1 problems, 2 wrong usage.
`;

const FORMATS = ["text", "json", "markdown"] as const;
type Format = (typeof FORMATS)[number];

export async function plan(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      repo: { type: "string", default: "." },
      ref: { type: "string" },
      playbook: { type: "string" },
      component: { type: "string" },
      format: { type: "string", default: "text" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    terminal.write(USAGE);
    return 0;
  }
  const format = formatNamed(values.format, FORMATS, "plan", terminal);
  if (format === null) return 2;
  // Git answers its first questions while the deciding half is loaded.
  const [observer, { playbookFor }, { propose }] = await Promise.all([
    openRepository(values.repo, { ref: values.ref ?? null, onProgress: terminal.progress }),
    import("./playbook-for.ts"),
    import("../reconcile.ts"),
  ]);
  try {
    const found = await playbookFor(observer, values.playbook ?? null, terminal);
    if (found === null) return 1;
    const whole = await propose(observer, found.playbook, found.snapshot);
    terminal.progress(null);
    const chosen = values.component === undefined ? whole : onlyComponent(whole, values.component);
    if (chosen === null) {
      terminal.warn(unknownComponent(values.component ?? "", whole, "plan"));
      return 2;
    }
    terminal.write(
      await printed(chosen, format, {
        detected: found.playbook.path === null ? found.playbook : null,
        notices: found.notices,
        hasColor: terminal.hasColor,
        snapshot: found.snapshot,
      }),
    );
    return hasErrors(chosen) ? 1 : 0;
  } finally {
    terminal.progress(null);
    observer.close();
  }
}

async function printed(chosen: Plan, format: Format, view: View): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify((await import("./plan-json.ts")).planAsJson(chosen), null, 2)}\n`;
    case "markdown":
      return (await import("./plan-markdown.ts")).planAsMarkdown(chosen);
    case "text":
      return (await import("./plan-text.ts")).planAsText(chosen, view);
  }
}

function onlyComponent(whole: Plan, name: string): Plan | null {
  const components = whole.components.filter((component) => component.name === name);
  if (components.length === 0) return null;
  return { ...whole, components, actions: pullRequestsOf(whole).filter((action) => action.components.includes(name)) };
}

function hasErrors(chosen: Plan): boolean {
  const all = [...chosen.problems, ...chosen.components.flatMap((component) => component.problems)];
  return all.some((problem) => problem.severity === "error");
}
