// The real world of one repository: GitHub read by the observer, written by act, its playbook read from the default branch.
import { act } from "./act/act.ts";
import type { TagSigner } from "./act/signing/tag-signer.ts";
import type { GitHub } from "./github/types.ts";
import type { Plan } from "./model/plan.ts";
import type { Sha, Snapshot } from "./model/snapshot.ts";
import type { HostedObserver, World } from "./reconcile.ts";
import type { PlaybookReader } from "./read-playbooks-once.ts";

/** The one place where the app looks for a playbook. */
export const PLAYBOOK_PATH = ".github/release-steward.yml";

export type WorldOptions = {
  readonly observer: HostedObserver & {
    readonly earlier: (path: string) => AsyncIterable<{ readonly sha: Sha; readonly text: string }>;
    readonly opened: (number: number) => void;
    readonly openedDesk: (number: number) => void;
  };
  readonly github: GitHub;
  readonly repositoryId: number;
  /** Null: tags are not signed. */
  readonly signer: TagSigner | null;
  readonly log: (plan: Plan) => void;
  readonly readPlaybook: PlaybookReader;
};

export function worldOf({ observer, github, repositoryId, signer, log, readPlaybook }: WorldOptions): World {
  return {
    ...observer,
    log,
    playbook(first) {
      const state = first.files.get(PLAYBOOK_PATH);
      if (state === undefined || state.is === "missing") return misnamed(first);
      if (state.is === "text") {
        const result = readPlaybook(state.text, PLAYBOOK_PATH);
        return result.ok ? { ok: true, value: result.value.playbook } : result;
      }
      const message = `expected a text file of at most 64 KB, found a ${state.is} one`;
      return { ok: false, problems: [{ severity: "error", message, path: PLAYBOOK_PATH, line: null, column: null, hint: null }] };
    },
    async lastGoodPlaybook() {
      for await (const { sha, text } of observer.earlier(PLAYBOOK_PATH)) {
        const result = readPlaybook(text, PLAYBOOK_PATH);
        if (result.ok) return { playbook: result.value.playbook, sha };
      }
      return null;
    },
    readPlaybook,
    async act(actions, { hosted }) {
      if (hosted === null) throw new Error("Bug: there is nothing to act on in a local repository");
      return await act(actions, {
        github,
        repository: { id: repositoryId, nodeId: hosted.id },
        signer,
        onOpened: observer.opened,
        onDesk: observer.openedDesk,
      });
    },
  };
}

/** A playbook under the other spelling would be passed over in silence. */
function misnamed({ paths }: Snapshot): ReturnType<World["playbook"]> {
  const other = PLAYBOOK_PATH.replace(/\.yml$/, ".yaml");
  if (!paths.has(other)) return null;
  return {
    ok: false,
    problems: [{ severity: "error", message: `the playbook is looked for at ${PLAYBOOK_PATH}`, path: other, line: 1, column: null, hint: "rename this file" }],
  };
}
