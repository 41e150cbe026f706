// `commit` (with its accounts), `git-commit` (as git has it), `simple-commit` and their parts.
import type { CommitObject, FileChange, Person, Sha } from "../../git/types.ts";
import { nodeId } from "../../world/node-id.ts";
import { userByEmail } from "../../world/people.ts";
import { signedPayload, verificationOf } from "../../world/signature.ts";
import type { Repository, World } from "../../world/types.ts";
import { apiOfRepository, encodedPath, pageOfRepository } from "./links.ts";
import { moment } from "./moment.ts";
import { userOrNullShape } from "./user.ts";

export const gitUserShape = (person: Person) => ({ name: person.name, email: person.email, date: moment(person.at) });

const verificationShape = (commit: CommitObject) => {
  const { isVerified, reason } = verificationOf(commit);
  return {
    verified: isVerified,
    reason,
    signature: commit.signature,
    payload: commit.signature === null ? null : signedPayload(commit),
    verified_at: isVerified ? moment(commit.committer.at) : null,
  };
};

/** GitHub leaves the last line end of a message out. */
const messageOf = (commit: CommitObject): string => commit.message.trimEnd();

export const gitCommitShape = (world: World, repository: Repository, commit: CommitObject) => {
  const url = apiOfRepository(world, repository);
  const page = pageOfRepository(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("C", `${repository.id}:${commit.sha}`),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: gitUserShape(commit.author),
    committer: gitUserShape(commit.committer),
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: messageOf(commit),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/git/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
    verification: verificationShape(commit),
  };
};

export const commitShape = (world: World, repository: Repository, commit: CommitObject) => {
  const url = apiOfRepository(world, repository);
  const page = pageOfRepository(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("C", `${repository.id}:${commit.sha}`),
    commit: {
      author: gitUserShape(commit.author),
      committer: gitUserShape(commit.committer),
      message: messageOf(commit),
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: verificationShape(commit),
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: userOrNullShape(world, userByEmail(world, commit.author.email)),
    committer: userOrNullShape(world, userByEmail(world, commit.committer.email)),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
  };
};

export const simpleCommitShape = (commit: CommitObject) => ({
  id: commit.sha,
  tree_id: commit.tree,
  message: messageOf(commit),
  timestamp: moment(commit.committer.at),
  author: { name: commit.author.name, email: commit.author.email },
  committer: { name: commit.committer.name, email: commit.committer.email },
});

/** `diff-entry`; `at` is the commit that the file is shown at. */
export const fileShape = (world: World, repository: Repository, at: Sha, change: FileChange) => {
  const path = encodedPath(change.path);
  return {
    sha: change.sha,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${pageOfRepository(world, repository)}/blob/${at}/${path}`,
    raw_url: `${pageOfRepository(world, repository)}/raw/${at}/${path}`,
    contents_url: `${apiOfRepository(world, repository)}/contents/${path}?ref=${at}`,
    ...(change.patch === null ? {} : { patch: change.patch }),
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  };
};
