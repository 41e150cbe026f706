// For the tests beside it: a scene whose repository has workflows, and what they did.
import { inScene, REPO, type Scene } from "../fixture.ts";
import { commitFiles } from "../git/fixture.ts";
import type { WorkflowRun } from "../world/types.ts";

export const DISPATCHES = `${REPO}/actions/workflows/images.yml/dispatches`;

export type Workflows = Scene & {
  /** Oldest first. */
  readonly runs: () => readonly WorkflowRun[];
  /** `path event branch`, oldest first. */
  readonly started: () => readonly string[];
};

/** `files`: the text of each workflow by the name of its file. They are on main when `use` begins, and nothing has run. */
export const withWorkflows = (files: Readonly<Record<string, string>>, use: (scene: Workflows) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    const { actions, git } = scene.repository;
    const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [`.github/workflows/${name}`, text]));
    // Past the operations: nobody is told, so nothing starts.
    const after = await commitFiles(git, [scene.headOf("main") ?? ""], texts, "ci: workflows");
    await git.updateRefs([{ name: "refs/heads/main", after }]);
    scene.installation.permissions = { ...scene.installation.permissions, actions: "write" };
    const runs = (): WorkflowRun[] => [...actions.runs.values()];
    await use({
      ...scene,
      runs,
      started: () => runs().map(({ workflow, event, headBranch }) => `${workflow.path.slice(".github/workflows/".length)} ${event} ${headBranch}`),
    });
  });
