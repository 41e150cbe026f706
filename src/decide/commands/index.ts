// Every command: its file in verbs/, and one line here.
import type { Words } from "../../model/plan.ts";
import type { CommandDefinition } from "./define.ts";
import type { Verb } from "./types.ts";
import { announce } from "./verbs/announce.ts";
import { as } from "./verbs/as.ts";
import { bump } from "./verbs/bump.ts";
import { defer } from "./verbs/defer.ts";
import { evidence } from "./verbs/evidence.ts";
import { freeze } from "./verbs/freeze.ts";
import { help } from "./verbs/help.ts";
import { hold } from "./verbs/hold.ts";
import { override } from "./verbs/override.ts";
import { plan } from "./verbs/plan.ts";
import { retry } from "./verbs/retry.ts";
import { simulate } from "./verbs/simulate.ts";
import { skip } from "./verbs/skip.ts";
import { status } from "./verbs/status.ts";
import { thaw } from "./verbs/thaw.ts";
import { unhold } from "./verbs/unhold.ts";
import { withdraw } from "./verbs/withdraw.ts";

/** In the order in which help lists them. */
export const COMMANDS: { readonly [V in Verb]: CommandDefinition<V> } = {
  status,
  plan,
  bump,
  as,
  hold,
  unhold,
  evidence,
  defer,
  override,
  retry,
  skip,
  withdraw,
  announce,
  simulate,
  freeze,
  thaw,
  help,
};

export const VERBS: readonly Verb[] = Object.values(COMMANDS).map(({ verb }) => verb);

const LATER: Words = "this build does not do that yet";

/** What people may well say and this build does not do: why not, or what to do instead. */
export const NOT_COMMANDS: ReadonlyMap<string, Words> = new Map([
  ["cut", "candidates are not cut by this build; merge the pull request to release"],
  ["approve", "approve with a review on the pull request"],
  ["ship", "merge the pull request to release"],
  ...["hotfix", "backport", "rollback", "promote", "repair"].map((verb) => [verb, LATER] as const),
]);
