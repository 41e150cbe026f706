// `repository`, `full-repository`, and the short forms of webhooks and checks.
import { isAtLeast } from "../../world/roles.ts";
import { nodeId } from "../../world/node-id.ts";
import type { Permission, Repository, World } from "../../world/types.ts";
import { apiOfRepository, fullNameOf, pageOfRepository } from "./links.ts";
import { moment } from "./moment.ts";
import { userShape } from "./user.ts";

const PLAIN = [
  "forks",
  "teams",
  "hooks",
  "events",
  "tags",
  "languages",
  "stargazers",
  "contributors",
  "subscribers",
  "subscription",
  "merges",
  "downloads",
  "deployments",
];
/** Address templates (RFC 6570) by the first part of their field's name. */
const TEMPLATES = {
  keys: "/keys{/key_id}",
  collaborators: "/collaborators{/collaborator}",
  issue_events: "/issues/events{/number}",
  assignees: "/assignees{/user}",
  branches: "/branches{/branch}",
  blobs: "/git/blobs{/sha}",
  git_tags: "/git/tags{/sha}",
  git_refs: "/git/refs{/sha}",
  trees: "/git/trees{/sha}",
  statuses: "/statuses/{sha}",
  commits: "/commits{/sha}",
  git_commits: "/git/commits{/sha}",
  comments: "/comments{/number}",
  issue_comment: "/issues/comments{/number}",
  contents: "/contents/{+path}",
  compare: "/compare/{base}...{head}",
  archive: "/{archive_format}{/ref}",
  issues: "/issues{/number}",
  pulls: "/pulls{/number}",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  labels: "/labels{/name}",
  releases: "/releases{/id}",
};

/** What the schemas of an address-rich thing ask for, and nobody reads. */
const addressesOf = (url: string): Record<string, string> => ({
  ...Object.fromEntries(PLAIN.map((name) => [`${name}_url`, `${url}/${name}`])),
  ...Object.fromEntries(Object.entries(TEMPLATES).map(([name, template]) => [`${name}_url`, `${url}${template}`])),
});

export const repositoryShape = (world: World, repository: Repository) => {
  const url = apiOfRepository(world, repository);
  const page = pageOfRepository(world, repository);
  const openIssues = [...repository.issues.values()].filter(({ state }) => state === "open").length;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullNameOf(repository),
    private: repository.isPrivate,
    owner: userShape(world, repository.owner),
    html_url: page,
    description: null,
    fork: false,
    url,
    ...addressesOf(url),
    created_at: moment(repository.createdAt),
    updated_at: moment(repository.pushedAt),
    pushed_at: moment(repository.pushedAt),
    git_url: `${page.replace(/^https?/u, "git")}.git`,
    ssh_url: `git@stand-in:${fullNameOf(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.isArchived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? "private" : "public",
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
};

export const permissionsShape = (role: Permission) => ({
  admin: isAtLeast(role, "admin"),
  maintain: isAtLeast(role, "maintain"),
  push: isAtLeast(role, "write"),
  triage: isAtLeast(role, "triage"),
  pull: isAtLeast(role, "read"),
});

/** `role` is that of who asks; null for nobody. */
export const fullRepositoryShape = (world: World, repository: Repository, role: Permission | null) => ({
  ...repositoryShape(world, repository),
  network_count: 0,
  subscribers_count: 0,
  temp_clone_token: null,
  allow_merge_commit: repository.settings.allowMerge,
  allow_squash_merge: repository.settings.allowSquash,
  allow_rebase_merge: repository.settings.allowRebase,
  allow_auto_merge: false,
  delete_branch_on_merge: repository.settings.deleteBranchOnMerge,
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
  merge_commit_title: "MERGE_MESSAGE",
  merge_commit_message: "PR_TITLE",
  ...(role === null ? {} : { permissions: permissionsShape(role) }),
});

/** As `installation` webhooks list them. */
export const shortRepositoryShape = (repository: Repository) => ({
  id: repository.id,
  node_id: nodeId("R", repository.id),
  name: repository.name,
  full_name: fullNameOf(repository),
  private: repository.isPrivate,
});

/** As the sides of a pull request in a check. */
export const namedRepositoryShape = (world: World, repository: Repository) => ({
  id: repository.id,
  url: apiOfRepository(world, repository),
  name: repository.name,
});
