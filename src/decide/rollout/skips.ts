// `/release skip`: a step is passed over when two different people say so.
import type { Facts } from "../../model/agreement.ts";
import type { Words } from "../../model/plan.ts";
import type { EpochMs } from "../../model/time.ts";

export type Skip = { readonly by: readonly string[]; readonly reason: string; readonly at: EpochMs };

/** Null while nobody said it. One person alone asks for a second. */
export function skipOf(step: string, { skips }: Pick<Facts, "skips">): Skip | null {
  const said = skips.filter((one) => one.step === step);
  const [first] = said;
  if (first === undefined) return null;
  const second = said.find(({ by }) => by.toLowerCase() !== first.by.toLowerCase());
  return { by: second === undefined ? [first.by] : [first.by, second.by], reason: first.reason, at: (second ?? first).at };
}

export function isAgreedSkip(skip: Skip | null): skip is Skip {
  return skip !== null && skip.by.length > 1;
}

/** What is still missing; null when nobody asked, or two have. */
export function missingSecond(step: string, skip: Skip | null): Words | null {
  return skip === null || skip.by.length > 1
    ? null
    : `@${skip.by[0] ?? ""} wants to skip it: ${skip.reason}. A second person says \`/release skip ${step} <reason>\``;
}

/** When somebody asked last for that step, or for whatever failed, to be run again. */
export function retriedAt(step: string, { retries }: Pick<Facts, "retries">): EpochMs | null {
  return retries.reduce<EpochMs | null>((last, one) => (one.step === null || one.step === step ? Math.max(last ?? 0, one.at) : last), null);
}
