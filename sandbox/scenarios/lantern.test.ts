// The sample of the sandbox, as a new user finds it before the app has done anything.
import { describe, expect, it } from "@jest/globals";
import { readPlaybook } from "../../src/playbook/read.ts";
import { guideFor } from "../guide.ts";
import { startStandIn } from "../start.ts";
import type { StandIn } from "../stand-in.ts";
import type { Actor, Repository } from "../world/types.ts";
import { addLantern } from "./lantern.ts";
import { commitTo, openPull } from "./people.ts";

type Sample = { readonly standIn: StandIn; readonly repository: Repository; readonly bot: Actor };

async function inSample(use: (sample: Sample) => Promise<void>): Promise<void> {
  const standIn = await startStandIn({ clock: "manual", git: "memory", deliver: () => Promise.resolve(200) });
  try {
    const repository = await addLantern(standIn);
    const app = standIn.addApp({
      slug: "release-steward",
      publicKey: "",
      permissions: { contents: "write", issues: "write", pull_requests: "write", checks: "write" },
      events: ["push", "pull_request"],
      webhook: { url: "http://127.0.0.1:4000/hook", secret: "secret" },
    });
    await use({ standIn, repository, bot: { is: "installation", user: app.bot, installation: standIn.install(app, "harbour") } });
  } finally {
    await standIn.close();
  }
}

function headOf({ git }: Repository): string {
  return git.refs().get("refs/heads/main")!;
}

function buildsOf({ checkRuns }: Repository, sha: string): readonly (string | null)[] {
  return [...checkRuns.values()].filter(({ name, headSha }) => name === "build" && headSha === sha).map(({ conclusion }) => conclusion);
}

describe("the sample", () => {
  it("has a playbook without problems, whose gates ask for a check, no blocker, a tick and a team's approval", async () => {
    await inSample(async ({ repository }) => {
      const entry = (await repository.git.entry(headOf(repository), ".github/release-steward.yml"))!;
      const text = (await repository.git.blob(entry.sha))!.toString("utf8");
      const read = readPlaybook(text, ".github/release-steward.yml");
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      const { playbook, warnings } = read.value;
      expect(warnings).toEqual([]);
      expect(Object.entries(playbook.gates).map(([name, { kind }]) => [name, kind])).toEqual([
        ["ci", "check"],
        ["blockers", "no_open_issues"],
        ["tried", "evidence"],
        ["agreed", "approval"],
      ]);
      expect(playbook.roles).toEqual({ maintainers: ["@harbour/maintainers"] });
    });
  });

  it("is built: its head, and once every head that is pushed or proposed", async () => {
    await inSample(async ({ standIn, repository }) => {
      expect(buildsOf(repository, headOf(repository))).toEqual(["success"]);
      const pushed = await commitTo(standIn, repository, "main", { message: "feat: shine green", files: { "colour.js": "green\n" }, login: "lee" });
      const { pull } = await openPull(standIn, repository, { branch: "red", title: "feat: shine red", files: { "colour.js": "red\n" }, login: "lee" });
      await standIn.operations.comment(standIn.actorFor("ann"), repository, repository.issues.get(1)!, "All in turn, so this is done after the builds.");
      expect([buildsOf(repository, pushed), buildsOf(repository, pull!.headSha)]).toEqual([["success"], ["success"]]);
    });
  });

  it("lets nothing be merged that the app has not let through", async () => {
    await inSample(async ({ standIn: { operations, actorFor }, standIn, repository, bot }) => {
      const pull = await openPull(standIn, repository, { branch: "red", title: "feat: shine red", files: { "colour.js": "red\n" }, login: "lee" });
      const merge = () => operations.mergePullRequest(actorFor("ann"), repository, pull, { method: "squash", sha: null, title: null, message: null });
      await expect(merge()).rejects.toThrow('Required status check "Release Steward" is expected.');
      await operations.createCheckRun(bot, repository, pull.pull!.headSha, { name: "Release Steward", conclusion: "success" });
      await merge();
      expect(pull.pull!.merged).not.toBeNull();
    });
  });
});

it("leads through what the release waits for, and says what is done", async () => {
  await inSample(async ({ standIn: { operations, actorFor }, repository, bot }) => {
    const guide = guideFor(repository, "http://127.0.0.1:4680", "http://lee:token@127.0.0.1:4680/harbour/lantern.git", true);
    const done = (): readonly string[] => guide.filter((step) => step.done?.(repository) === true).map(({ title }) => title);
    expect(guide.flatMap(({ lines }) => lines)).toContain("http://127.0.0.1:4680/harbour/lantern/issues/4");
    expect(done()).toEqual([]);

    await operations.updateRefs(bot, repository, [{ name: "refs/heads/release/next", before: null, after: await emptyCommit(repository), force: false }]);
    const fields = { title: "Release lantern 1.4.1", body: "", head: "release/next", base: "main", isDraft: false };
    const release = await operations.openPullRequest(bot, repository, fields);
    const status = await operations.comment(bot, repository, release, "- [ ] tried: The light was seen from the pier");
    await operations.editComment(bot, repository, status, "- [ ] tried: The light was seen from the pier\n\nEvaluated again.");
    expect(done()).toEqual([]);

    await operations.editIssue(actorFor("ann"), repository, repository.issues.get(4)!, { state: "closed" });
    await operations.editComment(actorFor("ann"), repository, status, "- [x] tried: The light was seen from the pier");
    await operations.review(actorFor("mia"), repository, release, { state: "APPROVED", body: "" });
    expect(done()).toEqual(["See why the release waits, and close its blocker", "Tick the box", "Approve it as somebody else"]);

    await operations.createRelease(bot, repository, { tag: "v1.4.1", target: headOf(repository) });
    expect(done().slice(3)).toEqual(["See the tag and the release"]);
    const run = [...repository.actions.runs.values()].at(-1)!;
    expect(run).toMatchObject({ name: "Publish", headBranch: "v1.4.1", status: "queued" });
    await operations.finishRun(repository, run, "failure");
    expect(done().slice(3)).toEqual(["See the tag and the release", "Watch what the tag started"]);
  });
});

async function emptyCommit(repository: Repository): Promise<string> {
  const { git } = repository;
  const head = (await git.commit(headOf(repository)))!;
  return git.writeCommit({ ...head, parents: [head.sha], message: "chore: release lantern 1.4.1\n", signature: null });
}
