import { expect, test } from "@jest/globals";
import { artifactWith } from "../../test/fixtures/artifact.ts";
import { DEFAULTS } from "../model/defaults.ts";
import type { Playbook } from "../model/playbook.ts";
import { readPlaybook } from "../playbook/read.ts";
import { missingReferences } from "./missing-references.ts";

const playbook: Playbook = {
  ...DEFAULTS,
  path: ".github/release-steward.yml",
  artifacts: [artifactWith({ workflow: "images.yml" }), artifactWith({ on: "candidate", workflow: "images.yml" })],
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

test("a file that several environments look into is named once, by its gate, and so is the text of an announcement", () => {
  const read = readPlaybook(
    [
      "schema: 1",
      "components: {app: {path: .}}",
      "gates: {by-hand: {require_yaml: {file: prod.yaml, path: a, value: 1}}}",
      "environments: [{name: qa, deploy: {manual: owners}, gates: [by-hand]}, {name: prod, deploy: {manual: owners}, gates: [by-hand]}]",
      "communications: [{on: release, to: mail, draft: true, template: .github/mail.md}]",
    ].join("\n"),
    ".github/release-steward.yml",
  );
  expect(read.ok ? missingReferences(read.value.playbook, new Set()).map(({ message }) => message) : read.problems).toEqual([
    "`gates.by-hand` names `prod.yaml`, which does not exist",
    "`communications` names `.github/mail.md`, which does not exist",
  ]);
});
