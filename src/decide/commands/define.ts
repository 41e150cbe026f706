// A command: how it is written, what it does and who may say it. One command a file in verbs/; index.ts lists them, and
// `/release help` is made from what they say of themselves.
import type { Words } from "../../model/plan.ts";
import type { Playbook, Role } from "../../model/playbook.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Command, Place, Verb } from "./types.ts";

/** What a command is read against. */
export type Hearing = {
  readonly place: Place;
  /** Every line of the repository: its components, or `*` alone. */
  readonly lines: readonly string[];
  readonly playbook: Playbook;
  /** `until Friday` is a Friday after this. */
  readonly saidAt: EpochMs;
};

/** `meant`: the nearest form that is valid, or nearer to it, without `/release `. `says`: what is wrong and what would be right. */
export type Fault = { readonly ok: false } & ({ readonly meant: string } | { readonly says: Words });
/** `alsoNeeds`: the role of whatever the command names, besides what the command itself needs; null for nothing more. */
export type Parsed<C> = { readonly ok: true; readonly command: C; readonly alsoNeeds: Role | null } | Fault;

export type CommandDefinition<V extends Verb> = {
  readonly verb: V;
  /** What follows the verb on a pull request: `<major|minor|patch>`; empty for nothing. */
  readonly usage: string;
  /** Whether it takes a component where it is said on the desk. */
  readonly component: "wanted" | "possible" | "none";
  /** What it does, for help. */
  readonly summary: Words;
  /** For `@jo may not …`: `hold this release`. */
  readonly deed: Words;
  /** What it takes where the playbook names no role. */
  readonly needs: "triage" | "write";
  /**
   * `answers`: says something. `permits`: lets something happen, and no longer when it is edited away. `restrains`:
   * stays until another command ends it.
   */
  readonly effect: "answers" | "permits" | "restrains";
  /** Somebody vouches with their name: never by an edit. */
  readonly isVouching: boolean;
  /** `proposal`: what is proposed, and no more once it is begun. `release`: one that was begun, and not before. */
  readonly about: "proposal" | "release" | "both";
  /** Why nobody can use it with this playbook; null when one can. */
  readonly notHere: (playbook: Playbook) => Words | null;
  readonly parse: (rest: string, hearing: Hearing) => Parsed<Extract<Command, { readonly verb: V }>>;
};

type Optional = "notHere" | "isVouching" | "about";

export function defineCommand<V extends Verb>(
  definition: Omit<CommandDefinition<V>, Optional> & Partial<Pick<CommandDefinition<V>, Optional>>,
): CommandDefinition<V> {
  return { notHere: () => null, isVouching: false, about: "both", ...definition };
}

export const understood = <C>(command: C, alsoNeeds: Role | null = null): Parsed<C> => ({ ok: true, command, alsoNeeds });

export const mistaken = (says: Words): Fault => ({ ok: false, says });

/** @param form without `/release ` */
export const meant = (form: string): Fault => ({ ok: false, meant: form });
