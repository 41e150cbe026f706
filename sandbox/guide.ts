// Three things to try, as the page and the terminal show them.
import type { Guide } from "./page/index.ts";
import type { Repository } from "./world/types.ts";

function isReleased({ releases }: Repository): boolean {
  return [...releases.values()].some(({ author, isDraft }) => author.type === "Bot" && !isDraft);
}

/** @param cloneUrl with the name and token of somebody who may push */
export function guideFor({ owner, name, defaultBranch }: Pick<Repository, "owner" | "name" | "defaultBranch">, address: string, cloneUrl: string): Guide {
  const home = `${address}/${owner.login}/${name}`;
  return [
    {
      title: "Push a change and watch the release pull request follow",
      lines: [
        `$ git clone ${cloneUrl} && cd ${name}`,
        "$ echo 'export const colour = \"green\";' > light-colour.js && git add light-colour.js",
        `$ git commit -m "feat: shine green" && git push origin ${defaultBranch}`,
        "Within a few seconds the pull request says the next minor version, and why.",
      ],
      done: (repository) =>
        [...repository.issues.values()].some(({ pull, author, body }) => pull !== null && author.type === "Bot" && (body ?? "").includes("shine green")),
    },
    {
      title: "Merge it",
      lines: [`Open ${home}/pulls, read the release pull request, write a sentence under Highlights if you like, and merge it: squash, merge or rebase.`],
      done: (repository) => [...repository.issues.values()].some(({ pull, author }) => pull !== null && pull.merged !== null && author.type === "Bot"),
    },
    { title: "See the tag and the release", lines: [`${home}/releases`, "$ git fetch --tags && git log --oneline --decorate -3"], done: isReleased },
  ];
}
