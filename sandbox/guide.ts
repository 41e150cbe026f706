// Things to try, as the page and the terminal show them.
import type { Guide, GuideStep } from "./page/visit.ts";
import type { Comment, Issue, Release, Repository } from "./world/types.ts";

type Place = { readonly home: string; /** Takes a copy, with the name and token of somebody who may push. */ readonly clone: readonly string[] };

/**
 * @param cloneUrl with the name and token of somebody who may push
 * @param isSample whether it is the sample, of which we know what its release waits for and who may approve it
 */
export function guideFor(repository: Repository, address: string, cloneUrl: string, isSample: boolean): Guide {
  const { owner, name } = repository;
  const place = { home: `${address}/${owner.login}/${name}`, clone: [`$ git clone ${cloneUrl}`, `$ cd ${name}`] };
  const merging = [merge(place, isSample), look(place)];
  if (!isSample) return [pushAnything(place, repository), ...merging];
  return [unblock(place, repository), TICK, APPROVE, ...merging, watch(place, repository), pushFeature(place, repository)];
}

function unblock({ home }: Place, { issues }: Repository): GuideStep {
  const blocker = [...issues.values()].find(isBlocker);
  return {
    title: "See why the release waits, and close its blocker",
    lines: [
      "Open the release pull request shown above: its status comment says what it waits for, who can change that, and how. Then close the blocker that it names:",
      `${home}/issues${blocker === undefined ? "" : `/${String(blocker.number)}`}`,
      "Within a few seconds there is one reason less. To be told so, say `/release status` in a comment on the pull request.",
    ],
    done: ({ issues: later }) => [...later.values()].every((issue) => !isBlocker(issue) || issue.state === "closed"),
  };
}

const TICK: GuideStep = {
  title: "Tick the box",
  lines: ["In the status comment, tick that the light was seen from the pier. Who ticked it and when stands beside it, and in the comment's history."],
  done: (repository) => releaseComments(repository).some(({ author, edits }) => author.type === "Bot" && edits.some(({ editor }) => editor.type === "User")),
};

const APPROVE: GuideStep = {
  title: "Approve it as somebody else",
  lines: [
    "Only the team `maintainers` can approve, and you act as somebody who is not in it. Switch to mia at the top of the page, and approve under “Review the changes”. Then the check says that it is ready to merge.",
  ],
  done: (repository) => releasePulls(repository).some(({ pull }) => pull?.reviews.some(({ state, author }) => state === "APPROVED" && author.type === "User")),
};

function merge({ home }: Place, isSample: boolean): GuideStep {
  return {
    title: "Merge it",
    lines: [
      `${home}/pulls`,
      `Read the release pull request, ${isSample ? "write a sentence under Highlights if you like, " : ""}and merge it: squash, merge or rebase.`,
    ],
    done: (repository) => releasePulls(repository).some(({ pull }) => pull !== null && pull.merged !== null),
  };
}

function look({ home }: Place): GuideStep {
  return { title: "See the tag and the release", lines: [`${home}/releases`, "The tag is at exactly the commit that was merged."], done: isReleased };
}

function watch({ home }: Place, { actions }: Repository): GuideStep {
  const how = actions.runsSucceed
    ? "It has succeeded by itself, as `--runs-succeed` asks for."
    : "Nothing is executed here: open its run and let it succeed or fail, as somebody who may write.";
  return {
    title: "Watch what the tag started",
    lines: [`${home}/actions`, `The tag starts the workflow Publish, and the app follows it. ${how} Then see what the merged release pull request says.`],
    done: ({ actions: { runs }, releases }) =>
      [...runs.values()].some(({ status, headBranch }) => status === "completed" && isOfBot([...releases.values()].find(({ tag }) => tag === headBranch))),
  };
}

function pushFeature({ clone }: Place, { defaultBranch }: Repository): GuideStep {
  return {
    title: "Push a change and watch the release pull request follow",
    lines: [
      ...clone,
      "$ echo 'export const colour = \"green\";' > colour.js && git add .",
      `$ git commit -m "feat: shine green" && git push origin ${defaultBranch}`,
      "Within a few seconds a release pull request says the next minor version, and why. It waits again: an approval counts for what was approved.",
    ],
    done: (repository) => releasePulls(repository).some(({ body }) => (body ?? "").includes("shine green")),
  };
}

function pushAnything({ clone }: Place, { defaultBranch }: Repository): GuideStep {
  return {
    title: "Push a change and watch the release pull request follow",
    lines: [
      ...clone,
      "Change a file of what is released, and say in the commit's subject what it is, such as feat: or fix:.",
      `$ git commit -am "feat: …" && git push origin ${defaultBranch}`,
      "Within a few seconds the pull request says the next version, and why.",
    ],
    done: (repository) => releasePulls(repository).some(({ edits }) => edits.filter(({ editor }) => editor.type === "Bot").length > 1),
  };
}

function isBlocker({ labels }: Issue): boolean {
  return labels.some(({ name }) => name === "release-blocker");
}

function releasePulls({ issues }: Repository): readonly Issue[] {
  return [...issues.values()].filter(({ pull, author }) => pull !== null && author.type === "Bot");
}

/** What was said on them. */
function releaseComments(repository: Repository): readonly Comment[] {
  const pulls = releasePulls(repository);
  return [...repository.comments.values()].filter(({ issue }) => pulls.includes(issue));
}

function isReleased({ releases }: Repository): boolean {
  return [...releases.values()].some(isOfBot);
}

/** Published, by the app. */
function isOfBot(release: Release | undefined): boolean {
  return release !== undefined && release.author.type === "Bot" && !release.isDraft;
}
