// HMCo right before a merge, and the pull requests that promote a chart after it.
import type { Issue } from "../../../sandbox/world/types.ts";
import type { Team } from "../../fixtures/story.ts";
import { report } from "./open-example.ts";
import { hmco, prodApplications } from "./repositories.ts";
import { type BeforeMerge, goOn, openRolloutTeam, SOON_MS } from "./rollout-team.ts";

const FILES = {
  "helm/charts/vault/values.yaml": "image:\n  repository: vault\n  tag: 1.17.2\n",
  "environments/prod/argocd-applications.yaml": prodApplications("null"),
};

export async function hmcoBeforeMerge(isWatched = true): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const team = await openRolloutTeam(hmco, {}, { tags: ["vault-1.0.0"], files: FILES, isWatched });
  await team.contribute("feat: rotate keys", "squash", { "helm/charts/vault/templates/rotate.yaml": "kind: CronJob\n" });
  await team.settle();
  const pull = team.releasePullRequest();
  await report(team, pull, ["Kubernetes Manifest Validation", "Helm Chart Validation", "SBOM Generation and Signing", "End-to-End Tests"]);
  await team.settle();
  return { team, pull };
}

/** The open pull request of the app that moves that environment's pin. */
export function promotionTo(team: Team, environment: string): Issue {
  const found = team.releasePullRequests().filter(({ pull }) => pull?.head.includes(environment));
  const [one, ...others] = found;
  if (one === undefined || others.length > 0)
    throw new Error(
      `expected one pull request to ${environment} among ${team
        .releasePullRequests()
        .map(({ title, pull }) => `${title} (${pull?.head ?? ""})`)
        .join(", ")}`,
    );
  return one;
}

const DAY_MS = 24 * 60 * 60_000;

/** Until the chart runs in staging, and has run there for a day. */
export async function toStaging(team: Team): Promise<void> {
  await team.merge(promotionTo(team, "dev"));
  await team.settle(SOON_MS);
  await team.merge(promotionTo(team, "staging"));
  await team.settle(DAY_MS + SOON_MS);
}

/** What two different people answer for, and the moment when it may happen. */
export async function toProduction(team: Team, pull: Issue): Promise<void> {
  const promotion = promotionTo(team, "prod");
  await team.approve(promotion, "kim");
  await team.approve(promotion, "sam");
  await team.tick(pull, "prod/oncall", "sam");
  await team.tick(pull, "prod/way-back", "kim");
  await team.settle(7 * DAY_MS);
  await team.merge(promotion);
  await team.settle(SOON_MS);
}

/** Dev, staging, a day, prod in its window, synced by hand, told. */
export async function hmcoToTheEnd(isWatched: boolean): Promise<BeforeMerge> {
  const { team, pull } = await hmcoBeforeMerge(isWatched);
  const toTheEnd = async (): Promise<number> => {
    await team.merge(pull);
    const asked = await goOn(team, pull);
    await toStaging(team);
    await toProduction(team, pull);
    await team.tick(pull, "prod/synced", "sam");
    await team.settle(SOON_MS);
    await team.tick(pull, "announce/prod: Slack", "kim");
    await team.settle();
    return asked;
  };
  return { team, pull, toTheEnd };
}
