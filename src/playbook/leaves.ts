// The smallest values of a playbook: what each looks like, and what it is called when something else is found.
// An issue's message is what was expected, after "expected"; one with `params.says` is the whole message.
import picomatch from "picomatch";
import { RE2JS, RE2JSException } from "re2js";
import * as z from "zod";
import type { Bump } from "../model/version.ts";
import type { Window } from "../model/playbook.ts";
import { DURATION, MOMENT, WINDOW, parseDuration, parseMoment, parseWindow } from "./moments.ts";
import { nearest } from "../model/nearest.ts";
import { TEMPLATES, filled, isPath, isRefName, placeholdersOf } from "./templates.ts";
import type { TemplateRule } from "./templates.ts";
import { nearestZone, zoneNamed } from "./zones.ts";

type Context = z.core.$RefinementCtx<string>;

/** Adds an issue whose message stands by itself. */
export function says(context: Pick<z.core.$RefinementCtx, "addIssue">, message: string, hint: string | null, path: readonly (string | number)[] = []): void {
  context.addIssue({ code: "custom", message, path: [...path], params: { says: true, hint } });
}

/** Text that matches; `what` follows "expected" and `kind` is its name in editors and on the reference page. */
function matching(pattern: RegExp, what: string, kind: string): z.ZodString {
  return z.string({ error: what }).regex(pattern, { error: what }).meta({ title: kind });
}

/** One line that is not blank. */
export const line = matching(/^[^\n\r]*\S[^\n\r]*$/, "a line of text", "text");
/** GitHub's own limit, in characters: an emoji is one. */
export const label = matching(/^(?=[^\n\r]{1,50}$)[^\n\r]*\S[^\n\r]*$/u, "a label of at most 50 characters", "label");
/** GitHub's own limit is 256. */
export const title = matching(/^(?=[^\n\r]{1,200}$)[^\n\r]*\S[^\n\r]*$/, "a title of at most 200 characters on one line", "title");
export const namePattern = matching(/^[^\n\r]*\S[^\n\r]*$/, "a name, in which `*` stands for any text", "name, `*` for any text");
export const identifier = matching(/^[A-Za-z][\w-]{0,49}$/, "a name that starts with a letter and has letters, digits, `-` and `_`", "name");
const HANDLE = /^@[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[A-Za-z0-9][\w.-]{0,99})?$/;
export const handle = matching(HANDLE, "`@login` or `@organisation/team`", "`@login` or `@organisation/team`");
/** What one may do in the repository, from the most to the least. */
const PERMISSIONS = ["admin", "maintain", "write", "triage"] as const;
const MEMBER = "`@login`, `@organisation/team` or one of `admin`, `maintain`, `write`, `triage`";
/** Who has a role: a handle, or everybody with that permission or more. */
export const member = z
  .string({ error: MEMBER })
  .superRefine((text, context) => {
    if (HANDLE.test(text) || PERMISSIONS.some((permission) => permission === text)) return;
    const meant = nearest(text, PERMISSIONS);
    context.addIssue({ code: "custom", message: MEMBER, params: { hint: meant === null ? null : `did you mean \`${meant}\`?` } });
  })
  .meta({ title: MEMBER, pattern: `^(?:${PERMISSIONS.join("|")})$|${HANDLE.source}` });
export const role = identifier.meta({ title: "role" });
export const repository = matching(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[\w.-]{1,100}$/, "a repository such as `organisation/name`", "repository");
/** The last part of an app's address on GitHub. */
export const app = matching(/^[a-z0-9][a-z0-9-]{0,99}$/, "the slug of an app such as `github-actions`", "slug of an app");
export const workflow = matching(/^[\w.-]{1,200}\.ya?ml$/, "a file of `.github/workflows` such as `release.yml`", "workflow file");
/** Whether it is one of the scheme in use is looked at beside the scheme. */
export const version = matching(/^[0-9][0-9A-Za-z.+-]{0,99}$/, "a version such as `1.0.0`", "version");
/** The word in a comment that marks a line. */
export const marker = matching(/^[\w-]{1,100}$/, "a marker of letters, digits, `-` and `_`", "marker");

const QUOTED = String.raw`"(?:[^"\\\n\r]|\\[^\n\r])*"|'[^'\n\r]*'`;
const BARE = String.raw`[^.[\]"'\n\r]+`;
const STEP_IN = String.raw`\[(?:\d{1,9}|${QUOTED}|(?:${QUOTED}|[^=[\]"'\n\r]+)=(?:${QUOTED}|[^[\]"'\n\r]+))\]`;
/** Steps down a document: a key, bare or quoted; an index or the one item with a value, in brackets. */
const KEY_PATH = new RegExp(String.raw`^(?=[^\n\r]{1,500}$)(?:${QUOTED}|${BARE}|${STEP_IN})(?:\.(?:${QUOTED}|${BARE})|${STEP_IN})*$`);
export const keyPath = matching(KEY_PATH, 'a path of keys such as `image.tag`, `dependencies[0].version` or `labels."a.b"`', "path of keys");
export const changeType = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, { error: "a change type in lower case, such as `feat`" });
export const bump = z.enum(["major", "minor", "patch"] as const satisfies readonly Bump[]);

export const path = z
  .string({ error: "a path such as `docs/notes.md`" })
  .superRefine((text, context) => checkPath(text, text, "a path such as `docs/notes.md`", context))
  .meta({ title: "path" });

/** `.` or a folder. */
export const folder = z
  .string({ error: "a folder such as `charts/api`, or `.` for the whole repository" })
  .superRefine((text, context) => {
    if (text !== ".") checkPath(text, text, "a folder such as `charts/api`, or `.` for the whole repository", context);
  })
  .meta({ title: "folder" });

function checkPath(text: string, path: string, what: string, context: Context): void {
  if (isPath(path)) return;
  if (path.split("/").includes(".."))
    context.addIssue({ code: "custom", message: what, params: { hint: "a path starts at the repository's root and never leaves it with `..`" } });
  else if (path.startsWith("/")) context.addIssue({ code: "custom", message: what, params: { hint: "a path starts at the repository's root, without `/`" } });
  else if (path.startsWith("./") || path.endsWith("/"))
    context.addIssue({ code: "custom", message: what, params: { hint: `write \`${text.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "")}\`` } });
  else context.addIssue({ code: "custom", message: what, params: { hint: null } });
}

/** Longer globs are lists of files in disguise; repeated groups can take exponential time to match. */
const GLOB_LENGTH_MAX = 256;

export const glob = z
  .string({ error: "a glob such as `charts/**`" })
  .superRefine((text, context) => {
    const cause = globProblem(text);
    if (cause !== null) says(context, cause, null);
  })
  .meta({ title: "glob" });

function globProblem(text: string): string | null {
  if (text === "") return 'expected a glob such as `charts/**`, found ""';
  if (text.length > GLOB_LENGTH_MAX) return `expected a glob of at most ${String(GLOB_LENGTH_MAX)} characters, found ${String(text.length)}`;
  if (/[+*]\(/.test(text)) return "a glob has no repeated groups (`+(…)`, `*(…)`)";
  if (text.startsWith("/") || text.startsWith("./") || text.split("/").includes(".."))
    return "a glob starts at the repository's root, without `/`, `./` or `..`";
  try {
    picomatch.makeRe(text, { dot: true, strictBrackets: true, debug: true });
    return null;
  } catch (error) {
    return `not a glob: ${lowerFirst(error instanceof Error ? error.message.replace(/ - use .*$/, "") : String(error))}`;
  }
}

/** Longer ones are programs; the bound also keeps compiling them quick. */
const REGEX_LENGTH_MAX = 300;

/** Compiled by the linear-time engine that will run it. `groups` is how many it has to have; null for any number. */
function regexOf(groups: number | null, what: string): z.ZodString {
  return z
    .string({ error: what })
    .superRefine((text, context) => {
      const cause = regexProblem(text, groups);
      if (cause !== null) says(context, cause.message, cause.hint);
    })
    .meta({ title: "regular expression" });
}

function regexProblem(text: string, groups: number | null): { readonly message: string; readonly hint: string | null } | null {
  if (text === "" || text.length > REGEX_LENGTH_MAX)
    return { message: `expected a regular expression of 1 to ${String(REGEX_LENGTH_MAX)} characters, found ${String(text.length)}`, hint: null };
  try {
    const found = RE2JS.compile(text).groupCount();
    if (groups === null || found === groups) return null;
    return {
      message: `expected exactly one group, which holds the value, found ${String(found)}`,
      hint: found === 0 ? "put `(…)` around the version" : "write `(?:…)` for groups that only group",
    };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return {
      message: `not a regular expression: ${error.message.replace(/^error parsing regexp: /, "")}`,
      hint: "the syntax is RE2: no look-around and no back-references",
    };
  }
}

export const regex = regexOf(null, "a regular expression");
export const regexWithValue = regexOf(1, "a regular expression with one group");

/** In milliseconds. */
export const duration = parsed(parseDuration, {
  what: "a duration such as 24h or 30m",
  kind: "duration",
  pattern: DURATION,
  hint: "write minutes, hours, days, weeks or months like 30m, 24h, 2d, 6w or 6mo",
});
const ZONE = "a time zone such as `Europe/Berlin` or `UTC`";

/** In its own spelling. */
export const zone = z
  .string({ error: ZONE })
  .meta({ title: "time zone" })
  .transform((text, context) => zoneOf(text, context));

function zoneOf(text: string, context: Pick<z.core.$RefinementCtx, "addIssue">): string {
  const name = zoneNamed(text);
  if (name !== null) return name;
  const meant = nearestZone(text);
  const hint = meant === null ? "write its name in the IANA time zone database; `CET` and `+01:00` know no summer time" : `did you mean \`${meant}\`?`;
  says(context, `expected ${ZONE}, found ${JSON.stringify(text)}`, hint);
  return z.NEVER;
}

/** Every week. */
export const weekly = parsed(parseWindow, {
  what: "a window such as `Tue-Thu 14:00-18:00 UTC`",
  kind: "window",
  pattern: WINDOW,
  hint: "days, a start and a later end on the same day, a time zone; a window over midnight is two of them",
}).transform((window, context): Window => ({ ...window, zone: zoneOf(window.zone, context) }));
/** Of a calendar and a clock; the zone is told elsewhere. */
export const moment = parsed(parseMoment, {
  what: "a day such as 2026-12-24, or a moment such as 2026-12-24 18:00",
  kind: "day or moment",
  pattern: MOMENT,
  hint: null,
});

type Form = { readonly what: string; readonly kind: string; readonly pattern: RegExp; readonly hint: string | null };

function parsed<T>(parse: (text: string) => T | null, { what, kind, pattern, hint }: Form): z.ZodPipe<z.ZodString, z.ZodTransform<T, string>> {
  const text = z.string({ error: what }).meta({ title: kind, pattern: pattern.source });
  return text.transform((value, context): T => {
    const result = parse(value);
    if (result !== null) return result;
    context.addIssue({ code: "custom", message: what, params: { hint } });
    return z.NEVER;
  });
}

/** Text with the placeholders that this key knows. */
export function template(name: keyof typeof TEMPLATES): z.ZodString {
  const rule: TemplateRule = TEMPLATES[name];
  return z
    .string({ error: rule.what })
    .superRefine((text, context) => checkTemplate(text, rule, context))
    .meta({ title: `text with ${rule.placeholders.map((one) => `{${one}}`).join(" ")}` });
}

function checkTemplate(text: string, rule: TemplateRule, context: Context): void {
  const found = placeholdersOf(text);
  const unknown = [...new Set(found)].filter((one) => !rule.placeholders.includes(one));
  for (const one of unknown) says(context, `there is no placeholder \`{${one}}\` here`, placeholderHint(one, rule));
  if (unknown.length > 0) return;
  const missing = rule.required.find((one) => !found.includes(one));
  const repeated = rule.required.find((one) => found.indexOf(one) !== found.lastIndexOf(one));
  const plainText = filled(text);
  if (/[{}]/.test(plainText))
    says(context, `a brace without its partner in ${JSON.stringify(text)}`, `placeholders are written like \`{${rule.placeholders[0] ?? ""}}\``);
  else if (missing !== undefined) says(context, `expected ${rule.what}, found no \`{${missing}}\` in ${JSON.stringify(text)}`, null);
  else if (repeated !== undefined) says(context, `expected \`{${repeated}}\` once, found ${JSON.stringify(text)}`, null);
  else if (rule.shape === "path") checkPath(text, plainText, rule.what, context);
  else if (rule.shape === "ref" && !isRefName(plainText)) {
    context.addIssue({
      code: "custom",
      message: rule.what,
      params: { hint: "git allows no spaces, `~^:?*[\\`, `..`, `//`, no `.` or `/` at the end and no `-` at the start" },
    });
  } else if (rule.shape === "line" && !/^[^\n\r]*\S[^\n\r]*$/.test(text)) context.addIssue({ code: "custom", message: rule.what });
}

function placeholderHint(word: string, { placeholders }: TemplateRule): string {
  const meant = nearest(word, placeholders);
  return meant === null ? `the placeholders here are ${placeholders.map((one) => `{${one}}`).join(", ")}` : `did you mean \`{${meant}}\`?`;
}

/** One value or a list of them, always read as a list. */
export function oneOrMany<Out, In>(one: z.ZodType<Out, In>, least = "at least one"): z.ZodType<readonly Out[], In | In[]> {
  return z.union([one, z.array(one).min(1, { error: least })]).transform((value): readonly Out[] => (Array.isArray(value) ? value : [value]));
}

export const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()], { error: "text, a number, true, false or null" })
  .meta({ title: "text, number, `true`, `false` or `null`" });

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
