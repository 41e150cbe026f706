// What is announced: one release at one moment of its life, and which communications are due then.
import type { Words } from "../../../model/plan.ts";
import type { Communication, Playbook, PolicyName } from "../../../model/playbook.ts";
import type { Bump } from "../../../model/version.ts";
import type { ReleaseValues } from "../release-values.ts";

export type Announced = {
  readonly values: ReleaseValues;
  /** `cavern 0.9.0`, or `v1.2.0` where the repository is one component. */
  readonly title: string;
  /** Page of the release. */
  readonly url: string;
  /** Null for a first release and for CalVer. */
  readonly bump: Bump | null;
  /** Markdown. */
  readonly notes: string;
};

/** In the order of the playbook. @param policy null when it is not known: then all of them */
export function announcementsOf(
  { communications }: Pick<Playbook, "communications">,
  { policy, moment }: { readonly policy: PolicyName | null; readonly moment: string },
): readonly Communication[] {
  return communications.filter((one) => one.on === moment && isUnder(one, policy));
}

export function isUnder({ policies }: Pick<Communication, "policies">, policy: PolicyName | null): boolean {
  return policies.length === 0 || policy === null || policies.includes(policy);
}

/** `once it runs in production`. */
export function sayWhen(moment: string): Words {
  switch (moment) {
    case "candidate":
      return "once a candidate is out";
    case "release":
      return "once it is published";
    case "rollback":
      return "if it is taken back";
    default:
      return `once it runs in ${moment}`;
  }
}
