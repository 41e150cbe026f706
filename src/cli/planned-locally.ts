// A plan for a local repository.
import type { Plan } from "../model/plan.ts";
import { openRepository } from "../observe/git/index.ts";
import { propose } from "../reconcile.ts";
import { playbookFor } from "./playbook-for.ts";
import type { Terminal } from "./terminal.ts";

type Options = { readonly directory: string; readonly ref: string | null; readonly playbook: string | null };

/** Null when the playbook has problems: they have been printed. */
export async function planLocally({ directory, ref, playbook }: Options, terminal: Terminal): Promise<Plan | null> {
  const observer = await openRepository(directory, { ref, onProgress: terminal.progress });
  try {
    const found = await playbookFor(observer, playbook, terminal);
    return found === null ? null : await propose(observer, found.playbook, found.snapshot);
  } finally {
    observer.close();
  }
}
