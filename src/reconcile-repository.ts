// One look at one hosted repository: the loop, with GitHub as its world.
import type { TagSigner } from "./act/signing/tag-signer.ts";
import type { EpochMs } from "./model/time.ts";
import type { Plan } from "./model/plan.ts";
import { githubObserver, openMemory } from "./observe/github/index.ts";
import { playbooksReadOnce } from "./read-playbooks-once.ts";
import { reconcile } from "./reconcile.ts";
import type { ReconcileRepository } from "./start-steward.ts";
import type { Logger } from "./web/log.ts";
import { PLAYBOOK_PATH, worldOf } from "./world.ts";

/** `signer`: null when tags are not signed. */
type Options = { readonly now: () => EpochMs; readonly log: Logger; readonly signer: TagSigner | null };

/** One for a process: what it remembers of one repository makes its next look cheaper. */
export function reconcilerFor({ now, log, signer }: Options): ReconcileRepository {
  const memory = openMemory();
  const readPlaybook = playbooksReadOnce();
  return async (lease, github, { repositoryId }, app) => {
    const startedAt = now();
    const observer = githubObserver(github, { id: repositoryId }, { app: { ...app, signs: signer?.kind ?? null }, now, playbookPath: PLAYBOOK_PATH, memory });
    const report = (plan: Plan): void =>
      log.info(
        { key: lease.key, headSha: plan.head, actions: plan.actions.map(({ kind }) => kind), wakeAt: plan.wakeAt, tookMs: now() - startedAt },
        "decided",
      );
    return await reconcile(worldOf({ observer, github, repositoryId, signer, log: report, readPlaybook }));
  };
}
