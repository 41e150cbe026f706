// Which step of a release a command means, named as the board names it.
import { nearest } from "../../model/nearest.ts";
import type { Words } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import { code, listed } from "../gates/phrases.ts";
import { PUBLICATION, type Step, stepsOfRelease, TAG } from "../rollout/steps.ts";
import { unbalanced } from "./aim.ts";
import { firstArgument } from "./arguments.ts";
import { type Fault, meant, mistaken } from "./define.ts";

type Named = { readonly step: string; /** What it may be called for short. */ readonly short: string };

type Found = { readonly ok: true; readonly step: string; /** What follows it. */ readonly rest: string } | Fault;

/** Beside the app's own two. */
export function namedSteps(playbook: Playbook): readonly Named[] {
  const steps = stepsOfRelease(playbook, null).filter(({ kind }) => kind !== "tag" && kind !== "publication");
  return [...new Map(steps.map((one) => [one.step, { step: one.step, short: shortName(one) }])).values()];
}

function shortName({ step, kind }: Step): string {
  if (kind === "downstream" || step.startsWith("candidate/")) return step.slice(step.indexOf("/") + 1);
  return kind === "announcement" ? step.slice(0, step.indexOf(":")) : step;
}

/**
 * A step's name has spaces where it is an announcement, and needs no quotes even so.
 * @param text not empty
 * @param said what to put before it to say it again: `skip cavern`
 */
export function stepIn(text: string, said: string, playbook: Playbook): Found {
  const steps = namedSteps(playbook);
  const argument = firstArgument(text);
  if (argument.is === "unbalanced") return unbalanced(argument.quote);
  const word = argument.is === "nothing" ? "" : argument.text;
  const rest = argument.is === "nothing" ? "" : argument.rest;
  const whole = steps.toSorted((one, other) => other.step.length - one.step.length).find(({ step }) => beginsWith(text, step));
  if (whole !== undefined) return { ok: true, step: whole.step, rest: text.slice(whole.step.length).trim() };
  const called = [steps.filter(({ step }) => isSame(step, word)), steps.filter(({ short }) => isSame(short, word))].find((some) => some.length > 0) ?? [];
  const [only, ...others] = called;
  if (only !== undefined && others.length === 0) return { ok: true, step: only.step, rest };
  if (only !== undefined) return mistaken(`this may be ${shown(called, "or")}: say more of it`);
  if (isSame(word, TAG) || isSame(word, PUBLICATION)) return mistaken(`\`${word.toLowerCase()}\` is done by this app itself: it is tried until it is there`);
  const near = nearest(word, [...steps.map(({ step }) => step), ...steps.map(({ short }) => short)]);
  return near === null ? mistaken(`there is no such step: there is ${shown(steps)}`) : meant(`${said} ${quoted(near)} ${rest}`.trimEnd());
}

function beginsWith(text: string, step: string): boolean {
  return isSame(text.slice(0, step.length), step) && (text.length === step.length || text.charAt(step.length) === " ");
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function shown(steps: readonly Named[], word = "and"): Words {
  return listed(
    steps.map(({ step }) => code(step)),
    8,
    word,
  );
}

export function quoted(step: string): string {
  return /\s/.test(step) ? `"${step}"` : step;
}
