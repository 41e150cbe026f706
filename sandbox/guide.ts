// Three things to try, as the page and the terminal show them.
import type { Guide, GuideStep } from "./page/visit.ts";
import type { Issue, Repository } from "./world/types.ts";

/**
 * @param cloneUrl with the name and token of somebody who may push
 * @param isSample whether it is the sample, of which we know a change that makes the next version a minor one
 */
export function guideFor(
  { owner, name, defaultBranch }: Pick<Repository, "owner" | "name" | "defaultBranch">,
  address: string,
  cloneUrl: string,
  isSample: boolean,
): Guide {
  const home = `${address}/${owner.login}/${name}`;
  const clone = [`$ git clone ${cloneUrl}`, `$ cd ${name}`];
  const push: GuideStep = isSample
    ? {
        title: "Push a change and watch the release pull request follow",
        lines: [
          ...clone,
          "$ echo 'export const colour = \"green\";' > colour.js && git add .",
          `$ git commit -m "feat: shine green" && git push origin ${defaultBranch}`,
          "Within a few seconds the pull request says the next minor version, and why.",
        ],
        done: (repository) => releasePulls(repository).some(({ body }) => (body ?? "").includes("shine green")),
      }
    : {
        title: "Push a change and watch the release pull request follow",
        lines: [
          ...clone,
          "Change a file of what is released, and say in the commit's subject what it is, such as feat: or fix:.",
          `$ git commit -am "feat: …" && git push origin ${defaultBranch}`,
          "Within a few seconds the pull request says the next version, and why.",
        ],
        done: (repository) => releasePulls(repository).some(({ edits }) => edits.filter(({ editor }) => editor.type === "Bot").length > 1),
      };
  return [
    push,
    {
      title: "Merge it",
      lines: [
        `${home}/pulls`,
        `Read the release pull request, ${isSample ? "write a sentence under Highlights if you like, " : ""}and merge it: squash, merge or rebase.`,
      ],
      done: (repository) => releasePulls(repository).some(({ pull }) => pull !== null && pull.merged !== null),
    },
    { title: "See the tag and the release", lines: [`${home}/releases`, "$ git pull && git log --oneline --decorate -3"], done: isReleased },
  ];
}

function releasePulls({ issues }: Repository): readonly Issue[] {
  return [...issues.values()].filter(({ pull, author }) => pull !== null && author.type === "Bot");
}

function isReleased({ releases }: Repository): boolean {
  return [...releases.values()].some(({ author, isDraft }) => author.type === "Bot" && !isDraft);
}
