import { describe, expect, test } from "@jest/globals";
import type { Change } from "../../model/change.ts";
import { DEFAULT_SECTIONS } from "../../model/defaults.ts";
import { sortChanges } from "./sections.ts";
import type { SectionRules } from "./sections.ts";

const aChange = (own: Partial<Change>): Change => ({
  sha: "a".repeat(40),
  type: "feat",
  scope: null,
  description: "text",
  subject: "feat: text",
  isBreaking: false,
  breakingNotes: [],
  pullRequest: null,
  authorName: "Kim",
  authorLogin: null,
  paths: ["src/a.ts"],
  releaseAs: null,
  cancelledBy: null,
  effect: "patch",
  because: "its reason",
  ...own,
});

const kept: SectionRules = { style: "keep-a-changelog", sections: DEFAULT_SECTIONS["keep-a-changelog"], configPaths: ["configs/**"] };
const conventional: SectionRules = {
  style: "conventional",
  sections: { feat: "Features", fix: "Bug Fixes", config: "Infrastructure Changes" },
  configPaths: ["configs/**"],
};

function placed(change: Partial<Change>, rules: SectionRules): string {
  const { groups, omitted, breaking } = sortChanges([aChange(change)], rules);
  return groups[0]?.title ?? (breaking.length > 0 ? "breaking only" : `omitted: ${omitted[0]?.because ?? ""}`);
}

describe("where a change goes", () => {
  test.each<[Partial<Change>, string, string]>([
    [{ type: "feat" }, "Added", "Features"],
    [{ type: "FEATURE" }, "Added", "Features"],
    [{ type: "fix" }, "Fixed", "Bug Fixes"],
    [{ type: "perf" }, "Changed", "Performance Improvements"],
    [{ type: "security" }, "Security", "Security"],
    [{ type: "deprecate" }, "Deprecated", "Other changes"],
    [{ type: "remove" }, "Removed", "Other changes"],
    [{ type: "i18n", effect: "unknown" }, "Changed", "Other changes"],
    [{ type: null, effect: "unknown" }, "Other changes", "Other changes"],
    [{ type: null, effect: "none" }, "omitted: its reason", "omitted: its reason"],
    [{ type: "chore", effect: "none" }, "omitted: type chore has no section", "omitted: type chore has no section"],
    [{ type: "chore", effect: "unknown" }, "omitted: type chore has no section", "omitted: type chore has no section"],
    [{ type: "chore", effect: "minor" }, "Changed", "Other changes"],
    [{ type: "chore", effect: "major", isBreaking: true }, "Changed", "breaking only"],
    [{ type: "feat", cancelledBy: "b".repeat(40), because: "reverted by bbbbbbb" }, "omitted: reverted by bbbbbbb", "omitted: reverted by bbbbbbb"],
    [{ type: "feat", isBreaking: true, cancelledBy: "b".repeat(40) }, "omitted: its reason", "omitted: its reason"],
    [{ type: "chore", effect: "none", paths: ["configs/a.yaml", "configs/.hidden"] }, "Changed", "Infrastructure Changes"],
    [{ type: "feat", paths: ["configs/a.yaml", "src/a.ts"] }, "Added", "Features"],
    [{ type: "feat", paths: [] }, "Added", "Features"],
    [{ type: "constructor", effect: "unknown" }, "Changed", "Other changes"],
  ])("%j goes to %s, or by convention to %s", (change, inKept, inConventional) => {
    expect([placed(change, kept), placed(change, conventional)]).toEqual([inKept, inConventional]);
  });

  test("sections come in the playbook's order, the rest behind, and types can share one", () => {
    const rules: SectionRules = { style: "conventional", sections: { docs: "Manual", fix: "Repairs", chore: "Repairs" }, configPaths: [] };
    const changes = ["feat", "chore", "fix", "docs", "odd"].map((type) => aChange({ type }));
    expect(sortChanges(changes, rules).groups.map(({ title, changes: members }) => `${title} ${members.map(({ type }) => type).join("+")}`)).toEqual([
      "Manual docs",
      "Repairs chore+fix",
      "Features feat",
      "Other changes odd",
    ]);
  });
});
