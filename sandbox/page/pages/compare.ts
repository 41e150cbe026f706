// What lies between two revisions: the commits that one has and the other lacks, and the files that differ.
import { html } from "../html.ts";
import { commitList, readCommits } from "../parts/commits.ts";
import { fileChanges } from "../parts/diff.ts";
import { revisionIn } from "../parts/revision.ts";
import type { Page } from "../visit.ts";

const MOST_COMMITS = 250;

export const compare: Page = {
  path: /^\/compare\/(?<base>.+?)\.\.\.(?<head>.+)$/u,
  show: async (visit) => {
    const { git } = visit.repository;
    const base = await revisionIn(visit.repository, visit.parameters["base"] ?? "");
    const head = await revisionIn(visit.repository, visit.parameters["head"] ?? "");
    if (base === null || head === null || base.path !== "" || head.path !== "") return null;
    const commits = await readCommits(visit, await git.log({ include: [head.sha], exclude: [base.sha], limit: MOST_COMMITS }));
    const main = html`<h1>From <code class="branch">${base.name}</code> to <code class="branch">${head.name}</code></h1>
      <div class="card">${commits.length === 0 ? html`<p class="quiet pad">No commits.</p>` : commitList(visit, commits)}</div>
      ${fileChanges(await git.diff(await git.mergeBase(base.sha, head.sha), head.sha))}`;
    return { title: `${base.name} to ${head.name}`, tab: "commits", main };
  },
  forms: {},
};
