// What the text of a release becomes, from the playbook to the action that publishes it.
import { describe, expect, test } from "@jest/globals";
import { hostedRepository, type HostedRepository, playbookWith } from "../../../test/fixtures/hosted.ts";
import type { PublishRelease } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";

const TEMPLATE = ".github/NOTES.md";

function withNotes(change: Partial<Playbook["release"]["notes"]>, files: Readonly<Record<string, string>> = {}): HostedRepository {
  const repository = hostedRepository(
    playbookWith({ changelog: { file: "CHANGELOG.md" }, release: { notes: { ...playbookWith().release.notes, ...change } } }),
  );
  repository.push("feat: begin", { write: files });
  repository.tag("v1.0.0");
  repository.push("fix: disk");
  return repository;
}

function publication(repository: HostedRepository): PublishRelease | undefined {
  return repository.settle().find((action) => action.kind === "publish-release");
}

describe("the notes start from the team's own text [W-35]", () => {
  test("as it stands at the merged commit, and at the head for whoever looks before", () => {
    const repository = withNotes({ template: TEMPLATE }, { [TEMPLATE]: "# News of {version}\n\n{notes}" });
    expect(repository.plan().components[0]?.notes).toMatch(/^# News of 1\.0\.1\n\n### Bug Fixes\n/);
    repository.settle();
    repository.merge();
    repository.push("docs: change what later notes start from", { write: { [TEMPLATE]: "# Later" } });
    expect(publication(repository)?.body).toMatch(/^# News of 1\.0\.1\n\n### Bug Fixes\n/);
  });

  test("without the file the notes stand alone, and the plan says so before the merge", () => {
    const repository = withNotes({ template: TEMPLATE });
    expect(repository.plan().problems.map(({ message }) => message)).toContain(`\`release.notes.template\` names \`${TEMPLATE}\`, which does not exist`);
    repository.settle();
    repository.merge();
    expect(publication(repository)?.body).toMatch(/^### Bug Fixes\n/);
  });
});

describe("a draft that people edited before its tag [W-35]", () => {
  test.each([
    ["keep", /^Mine\.$/, true],
    ["append", /^Mine\.\n\n### Since these notes were edited\n### Bug Fixes\n/, true],
    ["replace", /^### Bug Fixes\n/, false],
  ] as const)("%s", (edited, body, areKept) => {
    const repository = withNotes({ edited });
    repository.settle();
    repository.merge();
    repository.releases.push({ id: 500, tag: "v1.0.1", isDraft: true, isPrerelease: false, isOwn: true, body: "Mine.", assets: [] });
    const action = publication(repository);
    expect(action?.body).toMatch(body);
    expect(action?.check.summary.includes("Its notes were edited by people and kept.")).toBe(areKept);
  });
});

function gate(repository: HostedRepository): string | undefined {
  return repository.plan().lines[0]?.gates.find((one) => one.gate === "notes")?.because;
}

describe("required sections [C-17]", () => {
  test("one that still holds a placeholder closes the gate, which names the line; what is not required and not finished is left out", () => {
    const repository = withNotes({ sections: ["Highlights", "Known Issues"], require: ["Highlights"] });
    repository.settle();
    expect(gate(repository)).toBe("Highlights is not written yet");
    const write = (title: string, text: string): void =>
      repository.describe(repository.pull().body.replace(new RegExp(`### ${title}\\n[^\\n]*`), `### ${title}\n${text}`));
    write("Highlights", "TODO: say it well");
    write("Known Issues", "TBD");
    expect(gate(repository)).toBe("Highlights still says `TODO: say it well`");
    write("Highlights", "Disks at last.");
    expect(gate(repository)).toBe("Highlights is written");
    repository.merge();
    const body = publication(repository)?.body;
    expect(body).toContain("### Highlights\nDisks at last.");
    expect(body).not.toContain("Known Issues");
  });
});
