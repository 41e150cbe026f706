// A migration of LakeRunner, agreed and merged as 1.12.0: what comes after the tag begins here. Its charts are a second
// repository of the account.
import { commitTo, mergePull } from "../../../sandbox/scenarios/people.ts";
import type { Sha } from "../../../sandbox/git/types.ts";
import type { Issue, Repository } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { report } from "./open-example.ts";
import { lakerunner } from "./repositories.ts";
import { goOn, openRolloutTeam } from "./rollout-team.ts";

export const LAKERUNNER_CHECKS = ["test (1.24.x)", "test (1.25.x)", "integration-test (1.25.x)"];
export const MINUTES = 60_000;
export const HOURS = 60 * MINUTES;

const MIGRATION = { "lrdb/migrations/0042_index.up.sql": "CREATE INDEX;\n" };

export type Rolling = { readonly team: Team; readonly pull: Issue; readonly merged: Sha; readonly charts: Repository };

/** Everything that is asked before the merge is there; nobody has merged yet. */
export async function agreedLakerunner(isWatched = true): Promise<Omit<Rolling, "merged">> {
  const team = await openRolloutTeam(lakerunner, {}, { tags: ["v1.11.0"], isWatched });
  const charts = await team.standIn.addRepository("cardinalhq", "charts", { collaborators: { kim: "admin" } });
  await commitTo(team.standIn, charts, "main", {
    message: "chore: begin",
    files: { "lakerunner/Chart.yaml": "apiVersion: v2\nname: lakerunner\nversion: 3.4.5\nappVersion: v1.11.0\n" },
    login: "kim",
  });
  await team.contribute("feat: index the log table", "squash", MIGRATION);
  await team.settle();
  const pull = team.releasePullRequest();
  await report(team, pull, [...LAKERUNNER_CHECKS, "Check Migration File Integrity"]);
  await team.say(pull, ["security", "load", "customers"].map((gate) => `/release evidence ${gate} https://example.org/${gate}`).join("\n"), "kim");
  await team.approve(pull, "kim");
  await team.settle();
  return { team, pull, charts };
}

/** 1.12.0 is merged; nobody has tagged anything. */
export async function mergedLakerunner(): Promise<Rolling> {
  const agreed = await agreedLakerunner();
  const merged = await agreed.team.merge(agreed.pull);
  await agreed.team.settle(10 * MINUTES);
  return { ...agreed, merged };
}

/** Somebody tags the candidate; GitHub builds it. As below, returns how often a person had to have something started again. */
export async function tagCandidate(team: Team, pull: Issue, tag: string, sha: Sha): Promise<number> {
  await team.tag(tag, sha);
  return await goOn(team, pull);
}

/** Its build succeeds, and people put it into staging and look. */
export async function stage(team: Team, pull: Issue): Promise<number> {
  await team.finish("build-rc.yml");
  let asked = await goOn(team, pull);
  await team.tick(pull, "staging/deployed", "olga");
  asked += await goOn(team, pull);
  await team.say(pull, "/release evidence staging/staged https://example.org/suite", "kim");
  return asked + (await goOn(team, pull));
}

/** What the jobs of promote-release.yml do before its run succeeds: the tag, with the token of the run. */
export async function promote(team: Team, tag: string, sha: Sha): Promise<void> {
  const actor = team.standIn.workflowActor(team.repository);
  await team.standIn.operations.updateRefs(actor, team.repository, [{ name: `refs/tags/${tag}`, before: null, after: sha, force: false }]);
  await team.finish("promote-release.yml");
}

/** From the merge to the publication: the merged commit is its own candidate. */
export async function releaseCandidate(team: Team, pull: Issue, tag: string): Promise<void> {
  const sha = pull.pull?.merged?.sha ?? "";
  await tagCandidate(team, pull, `${tag}-rc1`, sha);
  await stage(team, pull);
  await promote(team, tag, sha);
  await goOn(team, pull);
}

/** The candidate was tested, and the workflow that promotes it runs. */
export async function atPromotion(): Promise<Rolling> {
  const rolling = await mergedLakerunner();
  await tagCandidate(rolling.team, rolling.pull, "v1.12.0-rc1", rolling.merged);
  await stage(rolling.team, rolling.pull);
  return rolling;
}

const WATCHED = ["error rate", "response times", "database", "support tickets"];

/** Everything from the merge until it is verified. */
export async function lakerunnerToTheEnd({ team, pull, charts }: Omit<Rolling, "merged">): Promise<number> {
  const merged = await team.merge(pull);
  let asked = await goOn(team, pull);
  asked += await tagCandidate(team, pull, "v1.12.0-rc1", merged);
  asked += await stage(team, pull);
  await promote(team, "v1.12.0", merged);
  asked += await goOn(team, pull);
  await mergeChart(team, charts);
  await team.say(pull, '/release evidence "customer email" https://example.org/mail', "kim");
  await team.say(pull, "/release evidence production/backup s3://backups/7", "olga");
  asked += await goOn(team, pull);
  await team.tick(pull, "production/deployed", "olga");
  asked += await goOn(team, pull);
  team.waitMs(24 * HOURS);
  team.wake();
  asked += await goOn(team, pull);
  for (const seen of WATCHED) await team.tick(pull, seen, "olga");
  return asked + (await goOn(team, pull));
}

/** Those who look after the charts merge what was proposed to them. */
export async function mergeChart(team: Team, charts: Repository): Promise<Issue> {
  const [chart, ...others] = [...charts.issues.values()];
  if (chart === undefined || others.length > 0) throw new Error(`one pull request was expected in the charts, found ${String(charts.issues.size)}`);
  await mergePull(team.standIn, charts, chart, "kim", "squash");
  return chart;
}
