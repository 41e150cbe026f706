// The commit messages that GitHub proposes when it merges, with its default settings.
import type { CommitObject } from "../git/types.ts";
import { userByEmail } from "./people.ts";
import type { Issue, Pull, Repository, World } from "./types.ts";

export type MergeMessage = { readonly title: string; readonly body: string };

const split = (message: string): MergeMessage => {
  const [title = "", ...rest] = message.trimEnd().split("\n");
  return { title, body: rest.join("\n").trim() };
};

/** "Merge pull request #5 from owner/branch", and the title of the pull request below it. */
export const mergeMessage = (repository: Repository, issue: Issue, pull: Pull): MergeMessage => ({
  title: `Merge pull request #${issue.number} from ${repository.owner.login}/${pull.head}`,
  body: issue.title,
});

/** Everybody but the author of the squash commit, once each, as trailers. */
const coAuthors = (world: World, issue: Issue, commits: readonly CommitObject[]): string[] => {
  const lines = commits
    .filter(({ author }) => userByEmail(world, author.email)?.login !== issue.author.login)
    .map(({ author }) => `Co-authored-by: ${author.name} <${author.email}>`);
  return [...new Set(lines)];
};

/** One commit: its own subject and body. Several: the title of the pull request and a list of their messages. */
export const squashMessage = (world: World, issue: Issue, commits: readonly CommitObject[]): MergeMessage => {
  const [only] = commits;
  const isSingle = commits.length === 1 && only !== undefined;
  const single = isSingle ? split(only.message) : null;
  const body = single === null ? commits.map(({ message }) => `* ${message.trim()}`).join("\n\n") : single.body;
  const trailers = coAuthors(world, issue, commits).join("\n");
  const rule = isSingle ? "" : "---------";
  return {
    title: `${single === null ? issue.title : single.title} (#${issue.number})`,
    body: trailers === "" ? body : [body, rule, trailers].filter((part) => part !== "").join("\n\n"),
  };
};
