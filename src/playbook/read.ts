// Text of a playbook to the playbook, or everything that is wrong with it, each with its place. Pure: the same text
// gives the same answer anywhere. Nothing outside this folder knows what the text looks like.
import type { Components, Playbook } from "../model/playbook.ts";
import type { Problem, Result } from "../model/problem.ts";
import { DEFAULTS, DEFAULT_JOINT_PULL_REQUEST, DEFAULT_TAG } from "../model/defaults.ts";
import { notActedOn } from "./acted-on.ts";
import { readDocument, spell } from "./document.ts";
import { scopeGates } from "./environment-gates.ts";
import { UNKNOWN_KEY, at, expectation, objectionsOf, placed } from "./problems.ts";
import type { Objection } from "./problems.ts";
import { crossObjections } from "./references.ts";
import { releaseOf } from "./release.ts";
import type { ReleaseKeys } from "./release.ts";
import { knownKeys, playbookSchema } from "./schema.ts";
import type { PlaybookKeys } from "./schema.ts";

/**
 * `path` is where the text was read, for problems. All problems are given at once, in file order; `warnings` are those
 * that leave a usable playbook. Never throws, whatever the text: at most 64 KB are looked at.
 */
export function readPlaybook(text: string, path: string): Result<{ readonly playbook: Playbook; readonly warnings: readonly Problem[] }> {
  const { document, problems } = readDocument(text, path);
  if (document === null) return { ok: false, problems: inFileOrder(problems) };
  const parsed = playbookSchema.safeParse(document.value, { error: expectation });
  const objections = withoutEchoes(
    (parsed.error?.issues ?? []).flatMap((issue) => objectionsOf(issue, document, knownKeys)),
    crossObjections(document.value),
    document.value,
  );
  const found = inFileOrder([...problems, ...objections.map((objection) => placed(objection, document, path))]);
  const errors = found.filter(({ severity }) => severity === "error");
  if (!parsed.success || errors.length > 0) return { ok: false, problems: errors };
  return { ok: true, value: { playbook: playbookOf(parsed.data, document.value, path), warnings: found } };
}

/**
 * Leaves out what follows from something else: a value of the wrong shape needs no word about what it refers to, and
 * a map in which a key is misspelt needs none about the key that is missing.
 */
function withoutEchoes(own: readonly Objection[], cross: readonly Objection[], value: unknown): readonly Objection[] {
  const unknown = own.filter(({ message }) => message === UNKNOWN_KEY);
  const maps = new Set(unknown.map(({ path }) => spell(path.slice(0, -1))));
  const misspelt = new Set(unknown.flatMap(({ path, meant }) => (meant === null ? [] : [spell([...path.slice(0, -1), meant])])));
  const misshapen = new Set(own.map(({ path }) => spell(path)));
  const isEcho = ({ path }: Objection): boolean => maps.has(spell(path)) || (misspelt.has(spell(path)) && at(value, path) === undefined);
  return [...own.filter((objection) => !isEcho(objection)), ...cross.filter(({ path }) => !misshapen.has(spell(path)))];
}

/** By line and column; those about the file as a whole first; of equals, the one that was found first. */
function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0));
}

function playbookOf(keys: PlaybookKeys, value: unknown, path: string): Playbook {
  const { roles, components, versioning, changelog, release, gates, policies, artifacts, environments, downstream, communications } = keys;
  return scopeGates({
    path,
    extends: keys.extends ?? null,
    roles,
    components,
    versioning,
    changelog,
    release: releaseOf(release, namesFor(components, release)),
    gates,
    policies,
    artifacts,
    environments,
    downstream,
    communications,
    notActedOn: notActedOn(value),
  });
}

/** The defaults of tag and pull request: what is fine for one component would collide for several. */
function namesFor({ named, discover }: Components, { pull_request: { per } }: ReleaseKeys): Parameters<typeof releaseOf>[1] {
  const isSeveral = discover !== null || named.length > 1;
  const isWhole = !isSeveral && named.every((component) => component.path === ".");
  const request = isSeveral && per === "repository" ? DEFAULT_JOINT_PULL_REQUEST : DEFAULTS.release.pullRequest;
  return { tag: isWhole ? DEFAULT_TAG.single : DEFAULT_TAG.several, branch: request.branch, title: request.title, commit: request.commit };
}
