// Writes one release into a changelog, in the style the playbook names, and refuses what is unfinished.
import type { Change } from "../../model/change.ts";
import type { Changelog } from "../../model/playbook.ts";
import type { Problem, Result } from "../../model/problem.ts";
import { spliceConventional } from "./conventional.ts";
import { spliceKeepAChangelog } from "./keep-a-changelog.ts";
import type { Release } from "./release.ts";
import { linesOf } from "./lines.ts";
import { isOldestFirst, linesBetween, readStructure, sectionOf, textOf } from "./structure.ts";
import type { Structure, VersionSection } from "./structure.ts";

export type ChangelogRelease = {
  readonly playbookChangelog: Changelog;
  /** The file as it is; null when there is none. */
  readonly current: string | null;
  /** From the repository's root, for problems; null when no file is kept and only the section is wanted. */
  readonly path: string | null;
  readonly version: string;
  readonly tag: string;
  /** The tag before; null for a first release. */
  readonly previousTag: string | null;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly changes: readonly Change[];
  readonly component: string;
  /** `https://github.com/owner/name`, without a final slash; null when there is none to link to. */
  readonly repositoryUrl: string | null;
};

export type WrittenChangelog = {
  /** The new version's section, heading included, with LF and without a newline at its end. */
  readonly section: string;
  /** The whole file. */
  readonly text: string;
  /** Warnings. */
  readonly problems: readonly Problem[];
};

/**
 * Refused when the text to be released holds the playbook's `reject`, at each place where it does. A version that the
 * file has already is left as it is, with a warning.
 */
export function writeChangelog(input: ChangelogRelease): Result<WrittenChangelog> {
  const { playbookChangelog: rules, current, path, version } = input;
  const before = readStructure(current ?? "", rules.heading);
  const existing = sectionOf(before, version);
  const problems = [...unfinished(before, existing, rules, path), ...(existing === null ? unclosed(before, path) : [])];
  if (problems.length > 0) return { ok: false, problems };
  if (existing !== null)
    return { ok: true, value: { section: textOf(before, existing), text: before.text, problems: [alreadyThere(version, existing, path)] } };
  const release: Release = { ...input, rules };
  const text = rules.style === "conventional" ? spliceConventional(current, release) : spliceKeepAChangelog(current, release);
  const after = readStructure(text, rules.heading);
  const section = sectionOf(after, version);
  if (section === null) return { ok: false, problems: [unreadableHeading(version, path)] };
  return {
    ok: true,
    value: { section: textOf(after, section), text, problems: [...emptySection(section, path), ...leftUnreleased(before, rules, path)] },
  };
}

/** In Keep a Changelog what is to be released stands under Unreleased; a section that is there already is read too. */
function unfinished(structure: Structure, existing: VersionSection | null, { reject, style }: Changelog, path: string | null): readonly Problem[] {
  const section = existing ?? (style === "keep-a-changelog" ? structure.unreleased : null);
  if (reject === null || reject === "" || section === null) return [];
  return linesBetween(structure, section.heading.start, section.textEnd).flatMap((line): Problem[] => {
    const column = line.text.indexOf(reject);
    if (column < 0) return [];
    const message = `${existing === null ? "the Unreleased section" : `the section for ${existing.version}`} is not finished: it still has \`${reject}\``;
    return [{ severity: "error", message, path, line: line.number, column: column + 1, hint: "write what changed there, or delete the line" }];
  });
}

/** Code or a comment that nothing ends reaches to the end of the file; only what stands before it can still be written to. */
function unclosed({ text, lines, unreleased, versions }: Structure, path: string | null): readonly Problem[] {
  const probe = linesOf(`${text}\n\nend`);
  if (probe.at(-1)?.inside === null) return [];
  const opening = probe.findLast(({ inside }) => inside === null);
  const firstVersion = versions[0]?.heading.start ?? text.length;
  const isBehind = opening === undefined || (opening.start > firstVersion && (unreleased?.end ?? 0) <= opening.start);
  if (isBehind && !isOldestFirst(versions)) return [];
  const line = Math.min(opening?.number ?? 1, Math.max(lines.length, 1));
  return [
    {
      severity: "error",
      message: "code or a comment begins here and never ends, so the new section would disappear in it",
      path,
      line,
      column: null,
      hint: "close it on a line of its own",
    },
  ];
}

function alreadyThere(version: string, { heading }: VersionSection, path: string | null): Problem {
  return {
    severity: "warning",
    message: `there is a section for ${version} already; it is kept as it is and nothing is added to it`,
    path,
    line: heading.line,
    column: null,
    hint: null,
  };
}

function emptySection(section: VersionSection, path: string | null): readonly Problem[] {
  if (section.textEnd > section.heading.next) return [];
  const hint = "write it under Unreleased before the release, or into the release pull request";
  return [
    {
      severity: "warning",
      message: `the section for ${section.version} says nothing: no change in range is one for the changelog`,
      path,
      line: section.heading.line,
      column: null,
      hint,
    },
  ];
}

function leftUnreleased({ unreleased }: Structure, { style }: Changelog, path: string | null): readonly Problem[] {
  if (style !== "conventional" || unreleased === null || unreleased.textEnd <= unreleased.heading.next) return [];
  const hint = "set `changelog.style: keep-a-changelog` to release what stands there";
  return [
    {
      severity: "warning",
      message: "the Unreleased section has text that this release does not take along",
      path,
      line: unreleased.heading.line,
      column: null,
      hint,
    },
  ];
}

function unreadableHeading(version: string, path: string | null): Problem {
  const message = `the heading of \`changelog.heading\` for ${version} cannot be told from other text, so the section would be added again and again`;
  return { severity: "error", message, path, line: null, column: null, hint: 'write a heading such as "## [{version}] - {date}"' };
}
