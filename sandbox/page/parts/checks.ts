// Check runs and statuses of a commit: the newest of each name, with the word for how it stands.
import type { CheckRun, Repository } from "../../world/types.ts";
import { webAddress } from "../addresses.ts";
import type { Content } from "../html.ts";
import { badge, type Tone } from "./badge.ts";

export type CheckLine = {
  readonly name: string;
  readonly by: string;
  readonly tone: Tone;
  readonly word: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly run: CheckRun | null;
};

const CONCLUSIONS: Readonly<Record<string, { readonly tone: Tone; readonly word: string }>> = {
  success: { tone: "good", word: "✓ passed" },
  failure: { tone: "bad", word: "✗ failed" },
  startup_failure: { tone: "bad", word: "✗ did not start" },
  timed_out: { tone: "bad", word: "✗ timed out" },
  action_required: { tone: "bad", word: "✗ action required" },
  cancelled: { tone: "bad", word: "✗ cancelled" },
  error: { tone: "bad", word: "✗ error" },
  neutral: { tone: "calm", word: "– neutral" },
  skipped: { tone: "calm", word: "– skipped" },
  stale: { tone: "calm", word: "– stale" },
  waiting: { tone: "wait", word: "○ waits for approval" },
  queued: { tone: "wait", word: "○ queued" },
  pending: { tone: "wait", word: "○ pending" },
  in_progress: { tone: "wait", word: "○ running" },
};

/** One line for each name, sorted: what failed first. */
export function checksOf(repository: Repository, sha: string): readonly CheckLine[] {
  const lines = new Map<string, CheckLine>();
  for (const status of repository.statuses.filter((status) => status.sha === sha)) {
    lines.set(`status ${status.context}`, {
      name: status.context,
      by: status.creator.login,
      ...wordsFor(status.state),
      title: status.description,
      link: webAddress(status.targetUrl),
      run: null,
    });
  }
  for (const run of repository.checkRuns.values()) {
    if (run.headSha !== sha) continue;
    lines.set(`${run.suite.app.id} ${run.name}`, {
      name: run.name,
      by: run.suite.app.slug,
      ...wordsFor(run.conclusion ?? run.status),
      title: run.output.title,
      link: webAddress(run.detailsUrl),
      run,
    });
  }
  const order: readonly Tone[] = ["bad", "wait", "good", "done", "calm"];
  return [...lines.values()].sort((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone) || one.name.localeCompare(other.name));
}

/** One mark for all of them, or null without any. */
export function checkMark(lines: readonly CheckLine[]): Content {
  if (lines.length === 0) return null;
  const failed = lines.filter(({ tone }) => tone === "bad").length;
  const waiting = lines.filter(({ tone }) => tone === "wait").length;
  if (failed > 0) return badge("bad", `✗ ${failed} of ${lines.length} checks not passed`);
  if (waiting > 0) return badge("wait", `○ ${waiting} of ${lines.length} checks not done`);
  return badge("good", `✓ ${lines.length} ${lines.length === 1 ? "check" : "checks"} passed`);
}

export function wordsFor(state: string): { readonly tone: Tone; readonly word: string } {
  return CONCLUSIONS[state] ?? { tone: "calm", word: `? ${state}` };
}
