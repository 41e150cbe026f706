// What people do, as the operations of the stand-in. What GitHub refuses them does not happen; where there is nothing to do
// it to, nothing happens.
import { commitTo, mergePull, openPull, reportCheck } from "../../sandbox/scenarios/people.ts";
import { ApiError, type Comment, type Issue, type Repository, type WorkflowRun } from "../../sandbox/world/types.ts";
import { StaleRef } from "../../sandbox/git/types.ts";
import { workflowNamed } from "../../sandbox/actions/workflows.ts";
import { DESK_MARKER } from "../../src/model/plan.ts";
import { PLAYBOOK_PATH } from "../../src/world.ts";
import type { ChangeKind, HumanDeed } from "./history.ts";
import type { Place, Scene } from "./scene.ts";
import { BLOCKER, CI_CHECK, componentsOf, playbookOf } from "./team.ts";

const SUBJECTS: Readonly<Record<ChangeKind, string>> = {
  feature: "feat: more of it",
  fix: "fix: less of that",
  breaking: "feat!: another way",
  chore: "chore: tidy up",
  "nothing said": "Work on things",
  "odd text": "fix(<b>): @kim | `x` <!-- --> \u202e #1 closes /release ship",
};
const LABELS: Partial<Readonly<Record<ChangeKind, string>>> = { feature: "feature", fix: "bug", breaking: "breaking-change", chore: "chore" };

const HEADING = "## Highlights";

/** The one that is chosen, whatever the number; null where there is none. */
function chosen<Thing>(things: readonly Thing[], pick: number): Thing | null {
  return things[pick % Math.max(things.length, 1)] ?? null;
}

/** The app's pull requests from a release branch, oldest first. */
export function releasePulls({ app }: Pick<Scene, "app">, repository: Repository, state: "open" | "merged" | "closed"): Issue[] {
  return [...repository.issues.values()].filter(({ pull, author, state: now }) => {
    if (pull === null || author.login !== app.bot.login) return false;
    if (state === "merged") return pull.merged !== null;
    return pull.merged === null && now === state;
  });
}

/** @throws whatever is not a refusal of GitHub */
export async function perform(scene: Scene, place: Place, deed: HumanDeed): Promise<void> {
  try {
    await scene.time.during(doIt(scene, place, deed));
  } catch (error) {
    if (!(error instanceof ApiError) && !(error instanceof StaleRef)) throw error;
  }
}

async function doIt(scene: Scene, place: Place, deed: HumanDeed): Promise<void> {
  const { standIn, app } = scene;
  const { repository, team } = place;
  const { operations, world } = standIn;
  const main = repository.defaultBranch;
  const pulls = (state: "open" | "merged" | "closed"): Issue[] => releasePulls(scene, repository, state);
  /** A file of a component that nothing else looks at. */
  const something = (): Record<string, string> => {
    const { folder } = chosen(componentsOf(team), (place.changes.made += 1)) ?? { folder: "" };
    const id = world.nextId();
    return { [`${folder}src/file${String(id)}.txt`]: `${place.secret} ${String(id)}\n` };
  };
  const person = standIn.actorFor;

  switch (deed.do) {
    case "push":
      await commitTo(standIn, repository, main, { message: SUBJECTS[deed.says], files: something(), login: deed.by });
      return;
    case "contribute": {
      const label = LABELS[deed.says];
      const pull = await openPull(standIn, repository, {
        branch: `topic-${String(world.nextId())}`, title: SUBJECTS[deed.says], files: something(), login: deed.by, ...(label === undefined ? {} : { labels: [label] }),
      }); // prettier-ignore
      await mergePull(standIn, repository, pull, "kim", deed.method);
      return;
    }
    case "merge release": {
      const pull = chosen(pulls("open"), deed.pick);
      if (pull !== null) await mergePull(standIn, repository, pull, deed.by, deed.method);
      return;
    }
    case "close release":
    case "reopen release": {
      const [from, to] = deed.do === "close release" ? (["open", "closed"] as const) : (["closed", "open"] as const);
      const pull = chosen(pulls(from), deed.pick);
      if (pull !== null) await operations.editIssue(person("kim"), repository, pull, { state: to });
      return;
    }
    case "write notes": {
      const pull = chosen(pulls("open"), deed.pick);
      const at = pull?.body?.indexOf(HEADING) ?? -1;
      if (pull === null || pull.body === null || at === -1) return;
      const token = `written-${String(world.nextId())}`;
      const end = at + HEADING.length;
      await operations.editIssue(person("lee"), repository, pull, { body: `${pull.body.slice(0, end)}\n\n${token}\n${pull.body.slice(end)}` });
      place.written.push({ number: pull.number, token, where: "body", isLookedFor: "always" });
      return;
    }
    case "push to release branch": {
      const pull = chosen(pulls("open"), deed.pick);
      const facts = pull?.pull ?? null;
      if (pull === null || facts === null) return;
      const token = `written-${String(world.nextId())}`;
      await commitTo(standIn, repository, facts.head, { message: "docs: a word more", files: { [`docs/${token}.md`]: `${token}\n` }, login: "lee" });
      place.written.push({ number: pull.number, token, where: "branch", isLookedFor: "always" });
      return;
    }
    case "delete release branch": {
      const pull = chosen(pulls("open"), deed.pick);
      const name = `refs/heads/${pull?.pull?.head ?? ""}`;
      const before = repository.git.refs().get(name);
      if (before !== undefined) await operations.updateRefs(person("kim"), repository, [{ name, before, after: null, force: true }]);
      return;
    }
    case "approve": {
      const pull = chosen([...pulls("open"), ...pulls("merged").slice(-1)], deed.pick);
      if (pull !== null) await operations.review(person(deed.by), repository, pull, { state: "APPROVED", body: "" });
      return;
    }
    case "dismiss": {
      const reviews = pulls("open").flatMap((pull) => (pull.pull?.reviews ?? []).map((review) => ({ pull, review })));
      const one = chosen(reviews, deed.pick);
      if (one !== null) await operations.dismissReview(person("kim"), repository, one.pull, one.review);
      return;
    }
    case "say": {
      const where = chosen(conversations(scene, repository, deed.where), deed.pick);
      if (where !== null) await operations.comment(person(deed.by), repository, where, deed.words);
      return;
    }
    case "edit comment": {
      const comment = chosen(commentsOfPeople(scene, repository), deed.pick);
      if (comment !== null) await operations.editComment(person(deed.by), repository, comment, deed.words);
      return;
    }
    case "delete comment": {
      const comment = chosen([...repository.comments.values()], deed.pick);
      if (comment !== null) await operations.deleteComment(person("kim"), repository, comment);
      return;
    }
    case "open blocker":
      await operations.openIssue(person(deed.by), repository, { title: "It is broken", body: null, labels: [BLOCKER], milestone: null });
      return;
    case "close blocker": {
      const blockers = [...repository.issues.values()].filter(({ labels, state }) => state === "open" && labels.some(({ name }) => name === BLOCKER));
      const one = chosen(blockers, deed.pick);
      if (one !== null) await operations.editIssue(person("kim"), repository, one, { state: "closed" });
      return;
    }
    case "report ci": {
      const heads = [...pulls("open"), ...pulls("merged").slice(-1)].flatMap(({ pull }) =>
        pull === null ? [] : [pull.merged?.sha ?? pull.headSha, pull.headSha],
      );
      const sha = chosen(heads, deed.pick);
      if (sha !== null && repository.owner.login === "acme")
        await reportCheck(standIn, repository, sha, CI_CHECK, deed.conclusion === "pending" ? null : deed.conclusion);
      return;
    }
    case "finish run": {
      const run = chosen(unfinished(repository), deed.pick);
      if (run !== null) await operations.finishRun(repository, run, deed.conclusion);
      return;
    }
    case "run by hand": {
      const workflow = await workflowNamed(world, repository, "deploy.yml");
      if (workflow !== null)
        await operations.dispatchWorkflow(person("kim"), repository, workflow, { ref: main, inputs: { environment: "staging", version: "by hand" } });
      return;
    }
    case "tick": {
      const pull = chosen(pulls(deed.where === "release" ? "open" : "merged"), deed.pick);
      const boxes = [...repository.comments.values()].filter(({ issue, author, body }) => issue === pull && author === app.bot && body.includes("- [ ]"));
      const comment = boxes.at(-1);
      if (comment !== undefined) await operations.editComment(person(deed.by), repository, comment, comment.body.replace("- [ ]", "- [x]"));
      return;
    }
    case "delete tag":
    case "move tag": {
      const tags = [...repository.git.refs()].filter(([name]) => name.startsWith("refs/tags/"));
      const one = chosen(tags, deed.pick);
      const after = deed.do === "delete tag" ? null : (repository.git.refs().get(`refs/heads/${main}`) ?? null);
      if (one !== null) await operations.updateRefs(person("kim"), repository, [{ name: one[0], before: one[1], after, force: true }]);
      return;
    }
    case "tag by hand": {
      const after = repository.git.refs().get(`refs/heads/${main}`) ?? null;
      await operations.updateRefs(person("kim"), repository, [{ name: `refs/tags/${deed.version}`, before: null, after, force: false }]);
      return;
    }
    case "delete release": {
      const release = chosen([...repository.releases.values()], deed.pick);
      if (release !== null) await operations.deleteRelease(person("kim"), repository, release);
      return;
    }
    case "revoke":
      if (deed.who !== "kim") repository.collaborators.set(deed.who, "read");
      return;
    case "restore":
      repository.collaborators.set(deed.who, deed.who === "kim" ? "admin" : "write");
      return;
    case "rename branch": {
      const branches = [main, ...pulls("open").map(({ pull }) => pull?.head ?? main)];
      const from = chosen(branches, deed.pick) ?? main;
      await operations.renameBranch(person("kim"), repository, from, `${from}-${String(world.nextId())}`);
      return;
    }
    case "rename repository":
      await operations.editRepository(person("kim"), repository, { name: `tool-${String(deed.pick)}` });
      return;
    case "archive":
    case "unarchive":
      await operations.editRepository(person("kim"), repository, { isArchived: deed.do === "archive" });
      return;
    case "break playbook":
      place.rules.haveChanged = true;
      await commitTo(standIn, repository, main, { message: "chore: change the rules", files: { [PLAYBOOK_PATH]: "schema: 1\ncomponents: [" }, login: "kim" });
      return;
    case "mend playbook":
      await commitTo(standIn, repository, main, { message: "chore: change the rules", files: { [PLAYBOOK_PATH]: playbookOf(team) }, login: "kim" });
      return;
    case "change playbook":
      place.rules.haveChanged = true;
      await commitTo(standIn, repository, main, { message: "chore: change the rules", files: { [PLAYBOOK_PATH]: playbookOf(team, deed.gates) }, login: "kim" });
      return;
    case "nothing":
      return;
  }
}

function conversations(scene: Scene, repository: Repository, where: "release" | "merged" | "desk"): Issue[] {
  if (where === "desk") return [...repository.issues.values()].filter(({ pull, body }) => pull === null && (body ?? "").includes(DESK_MARKER));
  return releasePulls(scene, repository, where === "release" ? "open" : "merged");
}

function commentsOfPeople({ app }: Scene, repository: Repository): Comment[] {
  return [...repository.comments.values()].filter(({ author }) => author !== app.bot);
}

function unfinished(repository: Repository): WorkflowRun[] {
  return [...repository.actions.runs.values()].filter(({ status }) => status !== "completed");
}
