// The values that a companion brings, held against files as they stand somewhere: what is there, what would be written, and
// whether a newer release was there before. Files that can't be judged are a problem, never a guess.
import inc from "semver/functions/inc.js";
import type { FileEdit, Words } from "../../../model/plan.ts";
import type { Problem, Result } from "../../../model/problem.ts";
import type { FileState } from "../../../model/snapshot.ts";
import type { Bump } from "../../../model/version.ts";
import { locateValue, updateValue } from "../../files/index.ts";
import type { Spot } from "../../files/spot.ts";
import { INSTEAD_OF_TEXT } from "../../gates/unread.ts";
import { compareVersions } from "../../versions/index.ts";
import type { Wish } from "./target.ts";

type Files = ReadonlyMap<string, FileState>;

export type Wished = {
  /** Whole texts of the files that change. */
  readonly edits: readonly FileEdit[];
  /** Every wish with what stands there and what will. */
  readonly values: readonly WishedValue[];
  /** The first version that `bump` gave; null where nothing is bumped. */
  readonly bumped: string | null;
  /** The value of a newer release that stands there; null when none does. */
  readonly newer: string | null;
};
export type WishedValue = {
  readonly wish: Wish;
  readonly from: string;
  readonly to: string;
  /** Writing it would change nothing. */
  readonly isThere: boolean;
};

/** @param version of the release */
export function wishedIn(files: Files, wishes: readonly Wish[], version: string): Result<Wished> {
  const texts = new Map<string, string>();
  const values: WishedValue[] = [];
  const problems: Problem[] = [];
  for (const wish of wishes) {
    const text = textOf(files, wish.file, texts);
    const written = text.ok ? write(text.value, wish) : text;
    if (written.ok) {
      values.push(written.value.value);
      texts.set(wish.file, written.value.after);
    } else problems.push(...written.problems);
  }
  if (problems.length > 0) return { ok: false, problems };
  const bumped = values.find(({ wish }) => "bump" in wish)?.to ?? null;
  return { ok: true, value: { edits: editsOf(files, texts), values, bumped, newer: values.find((one) => isNewer(one, version))?.from ?? null } };
}

/** Whether the release is there: each of its values. What is bumped only says that it came along. */
export function isBrought(values: readonly WishedValue[]): boolean {
  const own = values.filter(({ wish }) => "value" in wish);
  return own.length > 0 && own.every(({ isThere }) => isThere);
}

/** Whether files hold exactly those values; files that can't be judged don't. */
export function holds(files: Files, values: readonly WishedValue[]): boolean {
  return values.every(({ wish, to }) => standsIn(files, wish, to));
}

/** The same for what a person made of it: any higher version serves where one was to be raised. */
export function serves(files: Files, values: readonly WishedValue[]): boolean {
  return (
    values.some(({ wish }) => "value" in wish) &&
    values.every(({ wish, from, to }) => {
      if ("value" in wish) return standsIn(files, wish, to);
      const there = textOf(files, wish.file, new Map());
      const spots = there.ok ? locateValue(there.value, wish.at, wish.file, wish.where) : there;
      return spots.ok && spots.value.every(({ value }) => compareVersions(withoutV(value), withoutV(from)) > 0);
    })
  );
}

function standsIn(files: Files, { file, at, where }: Wish, value: string): boolean {
  const state = files.get(file);
  if (state?.is !== "text") return false;
  const after = updateValue(state.text, at, value, file, where);
  return after.ok && after.value === state.text;
}

/** As it was changed so far. */
function textOf(files: Files, file: string, changed: ReadonlyMap<string, string>): Result<string> {
  const text = changed.get(file);
  if (text !== undefined) return { ok: true, value: text };
  const state = files.get(file);
  if (state === undefined) throw new Error(`Bug: ${file} was never asked for`);
  return state.is === "text" ? { ok: true, value: state.text } : refuse(file, null, INSTEAD_OF_TEXT[state.is]);
}

function write(text: string, wish: Wish): Result<{ readonly value: WishedValue; readonly after: string }> {
  const spots = locateValue(text, wish.at, wish.file, wish.where);
  if (!spots.ok) return spots;
  const [spot] = spots.value;
  if (spot === undefined) throw new Error("Bug: a place without a spot");
  const to = "value" in wish ? wish.value : raised(spot.value, wish.bump);
  if (to === null) return refuse(wish.file, spot, `expected a version such as 1.2.3, found ${JSON.stringify(spot.value.slice(0, 100))}`);
  const after = updateValue(text, wish.at, to, wish.file, wish.where);
  return after.ok ? { ok: true, value: { value: { wish, from: spot.value, to, isThere: after.value === text }, after: after.value } } : after;
}

function raised(version: string, bump: Bump): string | null {
  const number = inc(withoutV(version), bump);
  return number === null ? null : `${version.startsWith("v") ? "v" : ""}${number}`;
}

function refuse(path: string, spot: Spot | null, message: Words): Result<never> {
  return { ok: false, problems: [{ severity: "error", message, path, line: spot?.line ?? null, column: spot?.column ?? null, hint: null }] };
}

function editsOf(files: Files, texts: ReadonlyMap<string, string>): readonly FileEdit[] {
  return [...texts].flatMap(([path, after]) => {
    const state = files.get(path);
    const before = state?.is === "text" ? state.text : null;
    return before === after ? [] : [{ path, before, after }];
  });
}

/** What stands there is spelt as the wanted value is, with another version in it: `v1.3.0`, `cavern-0.9.1`. A marker's value comes without its `v`. */
function isNewer({ wish, from, to }: WishedValue, version: string): boolean {
  if ("bump" in wish) return false;
  const [there, wanted] = [withoutV(from), withoutV(to)];
  const at = wanted.lastIndexOf(version);
  const [before, behind] = [wanted.slice(0, Math.max(at, 0)), wanted.slice(at + version.length)];
  if (at === -1 || !there.startsWith(before) || !there.endsWith(behind)) return false;
  const standing = there.slice(before.length, there.length - behind.length);
  return /^\d[\w.+-]*$/.test(standing) && compareVersions(standing, version) > 0;
}

function withoutV(value: string): string {
  return value.replace(/^v(?=\d)/, "");
}
