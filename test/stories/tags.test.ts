// Tags after their release: what was released stays where it was reviewed, and tags that move along only move forward.
import { describe, expect, test } from "@jest/globals";
import { type Team, startTeam } from "../fixtures/team.ts";

const IMAGES = `on:
  push: {tags: ["v*.*.*"]}
jobs:
  build: {runs-on: ubuntu-latest, steps: [{run: make image}]}
`;
const PLAYBOOK = `
schema: 1
components: {app: {path: .}}
versioning: {source: conventional-commits}
release: {tag: {moving: [stable, "v{major}"]}}
artifacts:
  - {workflow: images.yml, trigger: tag}
`;
const MINUTES = 60_000;

async function begun(playbook = PLAYBOOK): Promise<Team> {
  const team = await startTeam({ playbook, files: { ".github/workflows/images.yml": IMAGES } });
  await team.tag("v1.0.0");
  return team;
}

/** A change, its release pull request, merged. */
async function release(team: Team, title: string) {
  await team.contribute(title);
  await team.settle(10 * MINUTES);
  const pull = team.releasePullRequest();
  const sha = await team.merge(pull);
  await team.settle(10 * MINUTES);
  return { pull, sha };
}

const moveTag = async (team: Team, name: string, before: string | null, after: string | null): Promise<void> => {
  await team.standIn.operations.updateRefs(team.person("kim"), team.repository, [{ name: `refs/tags/${name}`, before, after, force: true }]);
};

describe("tags that move along", () => {
  test("lead to the newest release as soon as it is out, and say so [L-30]", async () => {
    const team = await begun();
    const first = await release(team, "feat: dark mode");
    expect(team.tags()).toMatchObject({ "v1.1.0": first.sha, stable: first.sha, v1: first.sha });
    await team.finish("images.yml");
    await team.settle(10 * MINUTES);
    const second = await release(team, "feat!: no more light mode");
    expect(team.tags()).toMatchObject({ "v2.0.0": second.sha, stable: second.sha, v1: first.sha, v2: second.sha });
    expect(team.status(second.pull)).toContain("`stable` leads to v2.0.0; this app moves it");
  });

  test("stay where somebody put them on purpose", async () => {
    const team = await begun();
    const before = team.head();
    await team.push("chore: nothing to release");
    await team.tag("stable");
    const { pull } = await release(team, "feat: dark mode");
    expect(team.tags()["stable"]).not.toBe(team.tags()["v1.1.0"]);
    expect(team.status(pull)).toContain("it is left alone");
    expect(before).not.toBe(team.tags()["stable"]);
  });
});

describe("the tag of a release", () => {
  test("that somebody moves freezes the release and says how to put it back; put back, it goes on [C-25]", async () => {
    const team = await begun();
    const { pull, sha } = await release(team, "feat: dark mode");
    const elsewhere = await team.push("docs: after the release");
    await moveTag(team, "v1.1.0", sha, elsewhere);
    await team.finish("images.yml");
    await team.settle(10 * MINUTES);
    expect(team.status(pull)).toContain("### v1.1.0 is frozen");
    expect(team.status(pull)).toContain(`git push --force origin ${sha}:refs/tags/v1.1.0`);
    await moveTag(team, "v1.1.0", elsewhere, sha);
    await team.finish("images.yml"); // the tag was pushed anew
    await team.settle(10 * MINUTES);
    expect(team.status(pull)).toContain("### v1.1.0 is verified");
  });

  test("that somebody deletes is not made again: the release is frozen", async () => {
    const team = await begun();
    const { pull, sha } = await release(team, "feat: dark mode");
    await moveTag(team, "v1.1.0", sha, null);
    await team.settle(10 * MINUTES);
    expect(team.tags()["v1.1.0"]).toBeUndefined();
    expect(team.status(pull)).toContain("is frozen");
    expect(team.status(pull)).toContain("somebody deleted `v1.1.0`");
    await moveTag(team, "v1.1.0", null, sha);
    await team.finish("images.yml");
    await team.settle(10 * MINUTES);
    expect(team.status(pull)).toContain("### v1.1.0 is verified");
  });

  test("that is moved when all is over keeps the next release back", async () => {
    const team = await begun();
    const { sha } = await release(team, "feat: dark mode");
    await team.finish("images.yml");
    await team.settle(10 * MINUTES);
    const elsewhere = await team.push("docs: after the release");
    await moveTag(team, "v1.1.0", sha, elsewhere);
    await team.contribute("fix: contrast");
    await team.settle(10 * MINUTES);
    const next = team.releasePullRequest();
    expect(team.gate(next, "tag")).toContain(`instead of ${sha.slice(0, 7)}, which was reviewed: somebody moved it`);
    await team.merge(next);
    await team.settle(10 * MINUTES);
    expect(team.tags()["v1.1.1"]).toBeUndefined();
  });
});

describe("a release that is published after its artifacts", () => {
  test("stays a draft until they are there", async () => {
    const team = await begun(
      `${PLAYBOOK}  - {workflow: notify.yml, trigger: workflow_dispatch, after: images}\n`.replace("release: {", "release: {publish: after-artifacts, "),
    );
    await team.push("ci: notify", {
      ".github/workflows/notify.yml": "on: {workflow_dispatch: {}}\njobs:\n  tell: {runs-on: ubuntu-latest, steps: [{run: tell}]}\n",
    });
    const { pull } = await release(team, "feat: dark mode");
    expect(team.releases().map(({ isDraft, tag }) => [tag, isDraft])).toEqual([["v1.1.0", true]]);
    expect(team.status(pull)).toContain("is rolling out");
    await team.finish("images.yml");
    await team.settle(10 * MINUTES);
    await team.finish("notify.yml");
    await team.settle(10 * MINUTES);
    expect(team.releases().map(({ isDraft, tag }) => [tag, isDraft])).toEqual([["v1.1.0", false]]);
    expect(team.status(pull)).toContain("### v1.1.0 is verified");
  });
});
