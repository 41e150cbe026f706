// `release-steward replay`: the plan that would have been made at every release there ever was, beside what was released.
import { parseArgs, styleText } from "node:util";
import { componentsOf } from "../decide/components.ts";
import { classifyTags, compareVersions, type VersionTag } from "../decide/versions/index.ts";
import type { ComponentPlan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import { NOTHING_WANTED } from "../model/snapshot.ts";
import { type GitObserver, openRepository } from "../observe/git/index.ts";
import { propose } from "../reconcile.ts";
import { playbookFor } from "./playbook-for.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

const USAGE = `release-steward replay [options]

Goes through every release tag, hides it and all that came later, and plans at its commit: which release came before,
what would have been proposed, and what was released.

  --repo DIR        a working copy or a bare repository (default: this folder)
  --playbook FILE   this playbook instead of the repository's own
  --component NAME  only this component
  --format FORMAT   text (default) or json
  --disagreements   only the releases that were not proposed
  --no-color        plain text on a terminal, too

Exit code: 0 replayed, 2 wrong usage. A disagreement is a finding, not a failure.
`;

export type Row = {
  readonly component: string;
  readonly tag: string;
  readonly released: string;
  /** Newest release that the commit could reach; null for the first. */
  readonly previous: string | null;
  readonly decision: ComponentPlan["decision"];
  readonly proposed: string | null;
  readonly because: string;
};

export async function replay(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      repo: { type: "string", default: "." },
      playbook: { type: "string" },
      component: { type: "string" },
      format: { type: "string", default: "text" },
      disagreements: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    terminal.write(USAGE);
    return 0;
  }
  if (values.format !== "text" && values.format !== "json") {
    terminal.warn(`release-steward replay: --format: expected text or json, found "${values.format}"\n`);
    return 2;
  }
  const observer = await openRepository(values.repo, { ref: null, onProgress: terminal.progress });
  try {
    const found = await playbookFor(observer, values.playbook ?? null, terminal);
    if (found === null) return 1;
    const rows = await replayAll(observer, found.playbook, values.component ?? null, terminal);
    terminal.progress(null);
    const shown = values.disagreements ? rows.filter((row) => row.proposed !== row.released) : rows;
    terminal.write(
      values.format === "json" ? `${JSON.stringify({ schema: 1, rows: shown, summary: summaryOf(rows) }, null, 2)}\n` : asText(shown, rows, terminal.hasColor),
    );
    return 0;
  } finally {
    terminal.progress(null);
    observer.close();
  }
}

/** Oldest first, a component after the other; trains come last. */
async function replayAll(observer: GitObserver, playbook: Playbook, only: string | null, terminal: Terminal): Promise<Row[]> {
  const now = await observer.first();
  const withManifests = await observer.answer(now, { ...NOTHING_WANTED, files: componentsOf(playbook, now).unread });
  const names = componentsOf(playbook, withManifests).components.map(({ name }) => name);
  const { releases, trains } = classifyTags(now.tags, { components: names, release: playbook.release, versioning: playbook.versioning });
  const lines = names.map((name) => ({ name, playbook: onlyComponent(playbook, name), own: releases.get(name) ?? [] }));
  lines.push({ name: "train", playbook: { ...playbook, components: { named: [], discover: null } }, own: trains });
  const chosen = lines.filter(({ name }) => only === null || name === only);
  const total = chosen.reduce((sum, { own }) => sum + own.length, 0);
  const rows: Row[] = [];
  for (const { name, playbook: own, own: versions } of chosen) {
    for (const release of versions.toSorted((left, right) => compareVersions(left.version, right.version))) {
      terminal.progress(`replaying ${String(rows.length + 1)} of ${String(total)}: ${release.tag.name}`);
      rows.push(await replayOne(observer, own, name, release, versions));
    }
  }
  return rows;
}

async function replayOne(observer: GitObserver, playbook: Playbook, name: string, release: VersionTag, own: readonly VersionTag[]): Promise<Row> {
  const moment = observer.asOf({ sha: release.tag.sha, hiddenTags: await laterThan(release, own, observer) });
  const plan = await propose(moment, playbook, await moment.first());
  const component = plan.components.find((one) => one.name === name);
  return {
    component: name,
    tag: release.tag.name,
    released: release.version,
    previous: component?.previous?.tag ?? null,
    decision: component?.decision ?? "nothing",
    proposed: component?.version ?? null,
    because: component?.because ?? `no component was called ${name} then`,
  };
}

/**
 * What did not exist when the release was made: itself and every higher version, but for one that its commit contains.
 * Tags carry no trustworthy dates; ancestry does not lie.
 */
async function laterThan({ tag, version }: VersionTag, own: readonly VersionTag[], observer: GitObserver): Promise<Set<string>> {
  const higher = own.filter((other) => compareVersions(other.version, version) > 0);
  const elsewhere = higher.filter((other) => other.tag.sha !== tag.sha).map((other) => other.tag);
  const moment = observer.asOf({ sha: tag.sha, hiddenTags: new Set() });
  const asked = await moment.answer(await moment.first(), { ...NOTHING_WANTED, ranges: [{ key: "higher", newestFirst: elsewhere }] });
  const contained = asked.ranges.get("higher")?.since?.name ?? null;
  return new Set([tag.name, ...higher.map((other) => other.tag.name).filter((other) => other !== contained)]);
}

/** The other components' plans are not wanted: leaving them out makes a long history quick. */
function onlyComponent(playbook: Playbook, name: string): Playbook {
  const named = playbook.components.named.filter((component) => component.name === name);
  const release = { ...playbook.release, train: null };
  return named.length === 0 ? { ...playbook, release } : { ...playbook, release, components: { named, discover: null } };
}

type Summary = {
  readonly releases: number;
  readonly first: number;
  readonly agreed: number;
  readonly differed: number;
  readonly asked: number;
  readonly refused: number;
  readonly nothing: number;
};

function summaryOf(rows: readonly Row[]): Summary {
  const count = (holds: (row: Row) => boolean): number => rows.filter((row) => row.previous !== null && holds(row)).length;
  return {
    releases: rows.length,
    first: rows.filter(({ previous }) => previous === null).length,
    agreed: count((row) => row.proposed === row.released),
    differed: count((row) => row.proposed !== null && row.proposed !== row.released),
    asked: count(({ decision }) => decision === "undetermined"),
    refused: count(({ decision }) => decision === "refused"),
    nothing: count(({ decision }) => decision === "nothing"),
  };
}

function asText(rows: readonly Row[], all: readonly Row[], hasColor: boolean): string {
  const width = Math.max(10, ...rows.map(({ tag }) => tag.length)) + 2;
  const lines = rows.map((row) => {
    const [word, style] = verdictOf(row);
    const label = hasColor ? styleText(style, word.padEnd(14), { validateStream: false }) : word.padEnd(14);
    return `${row.tag.padEnd(width)}after ${(row.previous ?? "nothing").padEnd(width)}${label}${word === "agrees" ? "" : `${row.proposed === null ? "" : `${row.proposed}: `}${row.because}`}`.trimEnd();
  });
  const { releases, first, agreed, differed, asked, refused, nothing } = summaryOf(all);
  const later = releases - first;
  const share = later === 0 ? "" : ` (${((100 * agreed) / later).toFixed(1)} %)`;
  const summary = `${String(releases)} ${releases === 1 ? "release" : "releases"}, ${String(first)} of them the first. Of ${String(later)} later ones ${String(agreed)} would have been proposed as they were released${share}; ${String(differed)} otherwise, ${String(asked)} asked about, ${String(refused)} refused, ${String(nothing)} without anything to release.`;
  return `${[...lines, "", summary].join("\n")}\n`;
}

function verdictOf({ proposed, released, decision, previous }: Row): [string, "green" | "yellow" | "red" | "dim"] {
  if (proposed === released) return ["agrees", "green"];
  if (previous === null) return ["first", "dim"];
  if (decision === "undetermined") return ["asks", "yellow"];
  if (decision === "refused") return ["refused", "red"];
  return decision === "nothing" ? ["nothing", "dim"] : ["differs", "yellow"];
}
