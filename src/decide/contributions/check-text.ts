// The check of one pull request, as its author reads it: what merging it would release, what is still missing, and what it
// makes of the playbook. It names no version: the next one changes with every merge.
import type { CheckText, Words } from "../../model/plan.ts";
import type { Versioning } from "../../model/playbook.ts";
import { breakMentions, safeLine } from "../changelog/index.ts";
import { fingerprint } from "../fingerprint.ts";
import type { LabelFault } from "../gates/label-faults.ts";
import { capitalised, code, listed, shortened } from "../gates/phrases.ts";
import { complaint } from "../lines/say.ts";
import { placeOf } from "../prose/place.ts";
import type { Effect } from "./effect.ts";
import type { PlaybookChange } from "./playbook-change.ts";

/** By which the app finds its own checks on contributions again. */
export const CONTRIBUTION = "contribution/";

export type Findings = {
  readonly effect: Effect;
  /** The labels of which one is wanted, and what is wrong; both empty when no gate looks at labels or this changes no component. */
  readonly labels: { readonly oneOf: readonly string[]; readonly faults: readonly LabelFault[] };
  readonly playbook: PlaybookChange;
  readonly versioning: Pick<Versioning, "source" | "unreleased">;
};

type Said = { readonly conclusion: "success" | "neutral" | "failure"; readonly title: Words; readonly summary: readonly Words[] };

export function checkText(findings: Findings): CheckText {
  const { playbook } = findings;
  const effect = effectSaid(findings.effect, findings.versioning);
  const parts = [playbookSaid(playbook), labelsSaid(findings.labels), effect].filter((part) => part !== null);
  const foremost = parts.find(({ conclusion }) => conclusion === "failure") ?? effect;
  const { conclusion } = foremost;
  const title = `${foremost.title.replaceAll("`", "")}${playbook.is === "right" ? "; the playbook is right" : ""}`;
  const summary = breakMentions(parts.flatMap((part) => part.summary).join("\n\n"), new Set());
  const problems = playbook.is === "wrong" ? playbook.problems : [];
  return { externalId: `${CONTRIBUTION}${fingerprint([title, summary, conclusion])}`, conclusion, title, summary, text: "", problems };
}

function playbookSaid(change: PlaybookChange): Said | null {
  switch (change.is) {
    case "none":
      return null;
    case "right":
      return {
        conclusion: "success",
        title: "The playbook is right",
        summary: ["The playbook is right as this pull request leaves it. It rules once it is on the default branch."],
      };
    case "removed":
      return {
        conclusion: "neutral",
        title: "Removes the playbook",
        summary: ["This pull request removes the playbook. Without one the rules are worked out from what the repository holds."],
      };
    case "wrong": {
      const [first] = change.problems;
      const title = first === undefined ? "The playbook is wrong" : `${placeOf(first) ?? "the playbook"} ${shortened(first.message, 180)}`;
      const rest = "Until it is right, the playbook of the default branch goes on ruling.";
      return { conclusion: "failure", title, summary: [...change.problems.map(complaint), rest] };
    }
  }
}

function labelsSaid({ oneOf, faults }: Findings["labels"]): Said | null {
  const [first] = faults;
  if (first === undefined) return null;
  const isMissing = faults.some(({ is }) => is === "missing");
  const title = isMissing ? `Needs one of ${oneOf.map((name) => shortened(name)).join(", ")}` : capitalised(`${first.because}: ${first.next}`);
  return { conclusion: "failure", title, summary: faults.map(({ because, next }) => `This pull request ${safeLine(because)}: ${safeLine(next)}.`) };
}

/** Components that a title names before the rest is counted. */
const NAMED_MAX = 3;

function effectSaid(effect: Effect, versioning: Findings["versioning"]): Said {
  switch (effect.is) {
    case "elsewhere":
      return {
        conclusion: "neutral",
        title: "Releases nothing: it touches no component",
        summary: ["Nothing that this pull request changes belongs to a component, so no release carries it."],
      };
    case "too-many-files":
      return {
        conclusion: "neutral",
        title: "Changes more than 100 files: what it releases shows after the merge",
        summary: ["This pull request changes more files than are looked at here, so nothing is said about its components. The release counts them all."],
      };
    case "nothing":
      return {
        conclusion: "neutral",
        title: `Releases nothing: ${shortened(effect.because, 100)}`,
        summary: [`On its own this pull request releases nothing: ${safeLine(effect.because)}.`, basis(versioning)],
      };
    case "changelog":
      return byChangelog(effect, versioning);
    case "silent":
      return silent(effect.because, versioning);
    case "release":
      return releasing(effect, versioning);
  }
}

function releasing({ released, because, path }: Effect & { readonly is: "release" }, versioning: Findings["versioning"]): Said {
  const steps = released.map(({ component, bump }) => (bump === null ? component : `${component} ${bump}`));
  const [first] = released;
  const gets = `${listed(
    released.map(({ component }) => component),
    NAMED_MAX,
  )} ${released.length === 1 ? "gets" : "get"} ${first?.bump === null ? "a release" : `a ${first?.bump ?? ""} release`}`;
  const title = path === null ? `Would release: ${listed(steps, NAMED_MAX)} (${shortened(because, 60)})` : `Changes ${shortened(path, 120)}: ${gets}`;
  return {
    conclusion: "success",
    title,
    summary: [
      `Merging this pull request asks for a release of ${listed(
        steps.map((step) => `**${safeLine(step)}**`),
        20,
      )}: ${safeLine(because)}${path === null ? "" : `, ${code(path, 200)}`}.`,
      basis(versioning),
    ],
  };
}

function silent(because: Words, versioning: Findings["versioning"]): Said {
  const how = versioning.source === "pull-requests" ? "label it or type its title" : "type its title, as in `fix: …`";
  const isWanted = versioning.unreleased === "require";
  return {
    conclusion: isWanted ? "failure" : "neutral",
    title: isWanted ? `Say what this does: ${how}` : `Says nothing about the next version: ${how}`,
    summary: [`Nothing tells what this pull request does to the version (${safeLine(because)}). To say it, ${how}.`, basis(versioning)],
  };
}

function byChangelog({ written, unwritten }: Effect & { readonly is: "changelog" }, { unreleased }: Findings["versioning"]): Said {
  if (unwritten.length === 0 && written.length > 0)
    return {
      conclusion: "success",
      title: `Writes in ${files(written)}`,
      summary: [`What stands under Unreleased in ${files(written)} decides which version is next.`],
    };
  const asks = `under Unreleased in ${files(unwritten)}`;
  const isWanted = unreleased === "require";
  return {
    conclusion: isWanted ? "failure" : "neutral",
    title: isWanted ? `Say what this does: write it ${asks}` : `Says nothing ${asks}`,
    summary: [`The changelog decides which version is next, and this pull request says nothing ${asks}.`],
  };
}

function files(paths: readonly string[]): Words {
  return listed(
    paths.map((path) => code(path, 120)),
    NAMED_MAX,
  );
}

/** What the answer rests on, and what it leaves out. */
function basis({ source }: Findings["versioning"]): Words {
  const read =
    source === "pull-requests" ? "Its labels and its title say so" : "Its title says so; where its commits are kept as they are, their messages count";
  return `${read}. The release counts everything that is unreleased together.`;
}
