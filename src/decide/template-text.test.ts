import { expect, test } from "@jest/globals";
import { DEFAULTS } from "../model/defaults.ts";
import type { FileState, Snapshot } from "../model/snapshot.ts";
import { templateProblems, templateText } from "./template-text.ts";

const PLAYBOOK = { ...DEFAULTS, path: "p.yml", release: { ...DEFAULTS.release, notes: { ...DEFAULTS.release.notes, template: "NOTES.md" } } };
const at = (state: FileState | null): Snapshot => ({ files: new Map(state === null ? [] : [["NOTES.md", state]]) }) as unknown as Snapshot;

test.each<[string, FileState | null, string | null, readonly string[]]>([
  ["a text", { is: "text", text: "Hello" }, "Hello", []],
  ["what is not there is said elsewhere", { is: "missing" }, null, []],
  ["what was not asked for", null, null, []],
  ["a link", { is: "symlink" }, null, ["`release.notes.template` names `NOTES.md`, which is a symbolic link: releases do without it"]],
  ["a large file", { is: "too-large", bytes: 9e6 }, null, ["`release.notes.template` names `NOTES.md`, which is too large to be read: releases do without it"]],
])("%s", (_name, state, text, problems) => {
  expect(templateText(PLAYBOOK, at(state))).toBe(text);
  expect(templateProblems(PLAYBOOK, at(state)).map(({ message }) => message)).toEqual(problems);
  expect(templateText(DEFAULTS, at(state))).toBeNull();
});
