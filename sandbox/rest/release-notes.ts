// Notes of a release as GitHub writes them: a line for each pull request that was merged since the release before
// (https://docs.github.com/en/repositories/releasing-projects-on-github/automatically-generated-release-notes). What a
// `.github/release.yml` says about them is not looked at.
import type { Sha } from "../git/types.ts";
import { ApiError, type Repository, type World } from "../world/types.ts";
import { pageOfRepository } from "./shapes/links.ts";
import { issuePage } from "./shapes/issue.ts";

type Asked = { readonly tag: string; readonly target: string | null; readonly previous: string | null };

/** The newest published release that the commit has behind it. */
const releaseBefore = async ({ git, releases }: Repository, tag: string, sha: Sha): Promise<string | null> => {
  for (const release of [...releases.values()].toReversed()) {
    const at = release.isDraft || release.tag === tag ? null : await git.resolve(`refs/tags/${release.tag}`);
    if (at !== null && (await git.isAncestor(at, sha))) return release.tag;
  }
  return null;
};

/** @throws ApiError 404 for a target or a tag that is not there */
export const releaseNotes = async (world: World, repository: Repository, { tag, target, previous }: Asked) => {
  const { git, defaultBranch, issues } = repository;
  const sha = (await git.resolve(`refs/tags/${tag}`)) ?? (await git.resolve(target ?? defaultBranch));
  if (sha === null) throw new ApiError(404, "Not Found");
  const before = previous ?? (await releaseBefore(repository, tag, sha));
  const from = before === null ? null : await git.resolve(`refs/tags/${before}`);
  if (before !== null && from === null) throw new ApiError(404, "Not Found");
  const commits = new Set(await git.log({ include: [sha], exclude: from === null ? [] : [from] }));
  const merged = [...issues.values()].filter(({ pull }) => pull?.merged !== null && pull?.merged !== undefined && commits.has(pull.merged.sha));
  const lines = merged.map((issue) => `* ${issue.title} by @${issue.author.login} in ${issuePage(world, repository, issue)}`);
  const page = pageOfRepository(world, repository);
  const changes = lines.length === 0 ? "" : `## What's Changed\n${lines.join("\n")}\n\n\n`;
  return { name: tag, body: `${changes}**Full Changelog**: ${page}/${before === null ? `commits/${tag}` : `compare/${before}...${tag}`}` };
};
