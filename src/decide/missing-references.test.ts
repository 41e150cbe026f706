import { expect, test } from "@jest/globals";
import { DEFAULTS } from "../model/defaults.ts";
import type { Playbook } from "../model/playbook.ts";
import { missingReferences } from "./missing-references.ts";

const playbook: Playbook = {
  ...DEFAULTS,
  path: ".github/release-steward.yml",
  artifacts: [
    { on: "release", workflow: "images.yml", start: { trigger: "tag" }, images: [], charts: [], attestation: null, signature: null, report: [] },
    { on: "candidate", workflow: "images.yml", start: { trigger: "tag" }, images: [], charts: [], attestation: null, signature: null, report: [] },
  ],
  release: { ...DEFAULTS.release, notes: { ...DEFAULTS.release.notes, template: ".github/NOTES.md" } },
};

test("a workflow and a template that do not exist are named once, with the key [C-36]", () => {
  expect(missingReferences(playbook, new Set()).map(({ message, severity }) => `${severity} ${message}`)).toEqual([
    "warning `release.notes.template` names `.github/NOTES.md`, which does not exist",
    "warning `artifacts` names `.github/workflows/images.yml`, which does not exist",
  ]);
});

test("what exists is no problem", () => {
  expect(missingReferences(playbook, new Set([".github/NOTES.md", ".github/workflows/images.yml"]))).toEqual([]);
});
