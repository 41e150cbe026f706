// `merge_group`, as webhooks have it.
import type { CommitObject } from "../../git/types.ts";
import type { MergeGroup } from "../../world/types.ts";
import { simpleCommitShape } from "./commit.ts";

export const mergeGroupShape = ({ headSha, headBranch, baseSha, base }: MergeGroup, commit: CommitObject) => ({
  head_sha: headSha,
  head_ref: `refs/heads/${headBranch}`,
  base_sha: baseSha,
  base_ref: `refs/heads/${base}`,
  head_commit: simpleCommitShape(commit),
});
