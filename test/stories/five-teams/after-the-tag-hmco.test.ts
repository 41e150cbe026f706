// HMCo from the merge to production, as the team's own guide lists it: one pull request an environment, a day in staging,
// the window, two people's approvals, and the sync by hand.
import { describe, expect, test } from "@jest/globals";
import { headline } from "./open-example.ts";
import { dieAfter, gateOf, goOn, SOON_MS, stepRow } from "./rollout-team.ts";
import { hmcoBeforeMerge, promotionTo, toProduction, toStaging } from "./rollouts-hmco.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

async function merged() {
  const before = await hmcoBeforeMerge();
  await before.team.merge(before.pull);
  await before.team.settle(SOON_MS);
  return before;
}

const pinIn = (environment: string): string => `environments/${environment}/argocd-applications.yaml`;

describe("HMCo after the tag", () => {
  test("dev, staging, a day, the window, two approvals, on call and the way back, synced by hand, told [H-01, H-05, H-06, H-11, H-13, H-20, H-21, H-22, H-24, H-36, H-37, H-43, H-44, H-45, H-47, H-48, H-50, H-51]", async () => {
    const { team, pull } = await merged();
    expect(Object.keys(team.tags())).toEqual(["vault-1.0.0", "vault-1.1.0"]);
    const dev = promotionTo(team, "dev");
    expect([dev.title, dev.pull?.isDraft]).toEqual(["chore: promote vault 1.1.0 to dev", false]);
    // No rung is skipped: nothing leads to staging or to production yet.
    expect(team.releasePullRequests()).toEqual([dev]);
    expect([stepRow(team, pull, "staging"), stepRow(team, pull, "prod")]).toEqual(["later · waits for `dev`", "later · waits for `staging`"]);
    await team.merge(dev);
    await team.settle(SOON_MS);
    expect(await team.read(pinIn("dev"))).toMatch(/path: helm\/charts\/vault, targetRevision: vault-1\.1\.0/);
    expect(await team.read(pinIn("dev"))).toMatch(/path: helm\/charts\/storage, targetRevision: main/);

    const staging = promotionTo(team, "staging");
    expect([staging.pull?.isDraft, staging.labels.map(({ name }) => name)]).toEqual([false, ["promotion", "staging"]]);
    await team.merge(staging);
    await team.settle(SOON_MS);
    team.waitMs(23 * HOUR_MS);
    team.wake();
    await team.settle(SOON_MS);
    expect(headline(team, pull)).toMatch(/^vault 1\.1\.0 waits at staging until Fri /);
    expect(team.releasePullRequests()).toEqual([]);
    team.wake();
    await team.settle(2 * HOUR_MS);

    const prod = promotionTo(team, "prod");
    expect([prod.pull?.isDraft, prod.labels.map(({ name }) => name)]).toEqual([true, ["promotion", "prod"]]);
    expect(gateOf(team, pull, "prod/window")).toBe("⏳ waits · opens Tue 14:00 UTC");
    // Kim leads and Sam operates: neither stands for the other, and Lee for nobody.
    await team.approve(prod, "lee");
    await team.approve(prod, "kim");
    await team.tick(pull, "prod/oncall", "kim");
    await team.tick(pull, "prod/way-back", "sam");
    await team.settle(SOON_MS);
    expect(gateOf(team, pull, "prod/led")).toMatch(/^✓ open · @kim approved/);
    expect(gateOf(team, pull, "prod/operated")).toMatch(/^✗ closed · .*@kim approved `[\da-f]{7}`, which does not count here: it needs sre/);
    expect(gateOf(team, pull, "prod/oncall")).toContain("@kim's tick of `prod/oncall` does not count: it needs sre");
    expect(gateOf(team, pull, "prod/way-back")).toContain("@sam's tick of `prod/way-back` does not count: it needs team-lead");
    await team.approve(prod, "sam");
    await team.tick(pull, "prod/oncall", "sam");
    await team.tick(pull, "prod/way-back", "kim");
    await team.settle(SOON_MS);
    expect(headline(team, pull)).toBe("vault 1.1.0 waits at prod until Tue 14:00 UTC");
    expect(prod.pull?.isDraft).toBe(true);
    team.wake();
    await team.settle(7 * DAY_MS);
    expect(prod.pull?.isDraft).toBe(false);
    expect(stepRow(team, pull, "prod")).toMatch(/^✗ needs people · #\d+ waits to be merged/);
    await team.merge(prod);
    await team.settle(SOON_MS);
    expect(await team.read(pinIn("prod"))).toMatch(/path: helm\/charts\/vault, targetRevision: vault-1\.1\.0/);

    // Production is synced by hand.
    await team.tick(pull, "prod/synced", "kim");
    await team.settle(SOON_MS);
    expect(gateOf(team, pull, "prod/synced")).toContain("@kim's tick of `prod/synced` does not count");
    await team.tick(pull, "prod/synced", "sam");
    await team.settle(SOON_MS);
    expect(stepRow(team, pull, "prod")).toMatch(/^✓ done · runs there since 2026-01-06 14:/);
    await team.tick(pull, "announce/prod: Slack", "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("vault 1.1.0 is verified");
    expect(team.releasePullRequests()).toEqual([]);
    team.wake();
    expect(await team.settle()).toEqual([]);
  });

  test("a promotion that somebody closes keeps the next rung back until it is asked for again [H-44]", async () => {
    const { team, pull } = await merged();
    await team.closePull(promotionTo(team, "dev"));
    await team.settle(SOON_MS);
    expect(headline(team, pull)).toBe("vault 1.1.0 waits at dev for people");
    expect(stepRow(team, pull, "dev")).toMatch(/^✗ needs people · #\d+ was closed without being merged · reopen it, or `\/release retry dev`/);
    expect(stepRow(team, pull, "staging")).toBe("later · waits for `dev`");
    await team.say(pull, "/release retry dev", "kim");
    await team.settle(SOON_MS);
    await toStaging(team);
    await toProduction(team, pull);
    expect(stepRow(team, pull, "prod")).toMatch(/^✗ needs people · runs there since .*; waits for synced/);
  });

  test("the promotion is opened once, though the answer to that was lost [H-11]", async () => {
    const { team, pull } = await hmcoBeforeMerge();
    const { wasKilled } = dieAfter(team, ({ said }) => said.includes("createPullRequest"));
    await team.merge(pull);
    expect(await goOn(team, pull)).toBe(0);
    expect([wasKilled(), team.releasePullRequests().map(({ title }) => title)]).toEqual([true, ["chore: promote vault 1.1.0 to dev"]]);
    await toStaging(team);
    await toProduction(team, pull);
    await team.tick(pull, "prod/synced", "sam");
    await team.settle(SOON_MS);
    await team.tick(pull, "announce/prod: Slack", "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("vault 1.1.0 is verified");
  });
});
