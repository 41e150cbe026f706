// What makes a release riskier than another, said before anybody merges it: paths that the playbook names as such, what
// breaks, and what nobody reviewed.
import picomatch from "picomatch";
import type { Words } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Bump } from "../../model/version.ts";
import { directPushes } from "./direct-pushes.ts";
import { capped, code, counted, listed, shortened, shortSha } from "./phrases.ts";
import type { Subject } from "./subject.ts";

type Risky = Pick<Subject, "playbook" | "policy" | "changes" | "commits" | "paths" | "hosted">;

/** Empty when there is nothing to say. */
export function risksOf(subject: Risky): readonly Words[] {
  return [...capped(breaking(subject), 10), ...touched(subject), ...unreviewed(subject)];
}

function breaking({ changes }: Risky): readonly Words[] {
  const broken = changes.filter(({ isBreaking, effect }) => isBreaking && effect !== "cancelled");
  return broken.map(({ breakingNotes: [note], description, pullRequest, sha }) => {
    const where = pullRequest === null ? shortSha(sha) : `#${String(pullRequest.number)}`;
    return `breaking change: ${shortened(note ?? description, 200)} (${where})`;
  });
}

const LEVELS: readonly Bump[] = ["major", "minor", "patch"];

/** `touches 2 paths of lrdb/migrations/**: minor at least, migrations and backup are asked`. */
function touched({ playbook, policy, paths }: Risky): readonly Words[] {
  const asked = new Set([...policy.rules.gates, ...playbook.environments.flatMap(({ gates, verify }) => [...gates, ...verify])]);
  return namedGlobs(playbook).flatMap((glob) => {
    const matches = picomatch(glob, { dot: true });
    const found = paths.filter((path) => matches(path));
    if (found.length === 0) return [];
    const bump = LEVELS.find((level) => playbook.versioning.minimum[level]?.includes(glob) === true);
    const gates = Object.entries(playbook.gates).flatMap(([name, { whenPaths }]) => (asked.has(name) && whenPaths.includes(glob) ? [code(name)] : []));
    const follows = [
      ...(bump === undefined ? [] : [`${bump} at least`]),
      ...(gates.length === 0 ? [] : [`${listed(gates)} ${gates.length === 1 ? "is" : "are"} asked`]),
    ];
    return follows.length === 0 ? [] : [`touches ${amount(found)}${code(glob)}: ${follows.join(", ")}`];
  });
}

/** A folder that stands for what is below it can't be counted. */
function amount(found: readonly string[]): Words {
  return found.some((path) => path.endsWith("/")) ? "" : `${counted(found.length, "path")} of `;
}

function namedGlobs({ versioning, gates }: Playbook): readonly string[] {
  const byBump = LEVELS.flatMap((level) => versioning.minimum[level] ?? []);
  return [...new Set([...byBump, ...Object.values(gates).flatMap(({ whenPaths }) => whenPaths)])];
}

function unreviewed(subject: Risky): readonly Words[] {
  const pushed = directPushes(subject);
  if (pushed.length === 0) return [];
  return [`${listed(pushed.map(shortSha))} ${pushed.length === 1 ? "was" : "were"} pushed without a pull request`];
}
