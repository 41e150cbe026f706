import { describe, expect, test } from "@jest/globals";
import { gateNamed, subjectWith } from "../../../test/fixtures/subject.ts";
import type { FileState } from "../../model/snapshot.ts";
import type { OptionsOf } from "./define.ts";
import { requireYaml } from "./require-yaml.ts";

const FILE = "environments/prod/apps.yaml";
const MANUAL: OptionsOf<"require_yaml"> = { file: FILE, path: "spec.syncPolicy.automated", value: null, where: { kind: "Application" } };

function ask(state: string | FileState, change: Partial<typeof MANUAL> = {}) {
  const options = { ...MANUAL, ...change };
  const file = (path: string): FileState => (path !== FILE ? { is: "missing" } : typeof state === "string" ? { is: "text", text: state } : state);
  return requireYaml.evaluate(options, subjectWith({ file }), gateNamed({ gate: "manual-sync", kind: "require_yaml", options }));
}

const app = (policy: string): string => `kind: Application\nspec:\n  syncPolicy:${policy}\n`;

describe("a value that has to be null", () => {
  test.each([
    ["the key is absent", app("\n    retry: 1")],
    ["its parent is absent", "kind: Application\nspec: {}"],
    ["its parent is a scalar", app(" none")],
    ["it is null", app("\n    automated: null")],
    ["it is a tilde", app("\n    automated: ~")],
    ["it is empty", app("\n    automated:")],
    ["behind an alias", `nothing: &nothing\n${app("\n    automated: *nothing")}`],
    ["with a byte order mark", `\uFEFF${app("\n    automated:")}`],
    ["documents of another kind do not count", `kind: ConfigMap\nspec: {syncPolicy: {automated: {}}}\n---\n${app("")}`],
  ])("%s", (_name, text) => {
    expect(ask(text)).toMatchObject({ state: "open", because: "`spec.syncPolicy.automated` is null in 1 document of `environments/prod/apps.yaml`" });
  });

  test.each([
    ["a mapping", app("\n    automated: {}"), 4, 16, "a mapping"],
    ["a value", app("\n    automated: true"), 4, 16, 'the value "true"'],
    ["the text null", app('\n    automated: "null"'), 4, 16, 'the value "null"'],
    ["a mapping behind an alias", `all: &all {prune: true}\n${app("\n    automated: *all")}`, 5, 16, "a mapping"],
  ])("%s is not", (_name, text, line, column, found) => {
    expect(ask(text)).toMatchObject({
      state: "closed",
      because: `\`environments/prod/apps.yaml:${String(line)}:${String(column)}\`: expected null or nothing at \`spec.syncPolicy.automated\`, found ${found}`,
      next: "remove `spec.syncPolicy.automated` there, or set it to null",
      problems: [{ severity: "error", path: FILE, line, column }],
    });
  });

  test("each document that is wrong is a place", () => {
    const found = ask([app("\n    automated: {}"), app(""), app("\n    automated: {a: 1}")].join("---\n"));
    expect(found.problems.map(({ line }) => line)).toEqual([4, 13]);
    expect(found.because).toMatch(/found a mapping, and in 1 other place$/);
  });
});

describe("a value that has to be this one", () => {
  const text = "a:\n  name: 'x'\n  count: 3\n  on: true\n";
  test.each([
    ["a.name", "x", "open"],
    ["a.name", "y", "closed"],
    ["a.count", 3, "open"],
    ["a.count", "3", "closed"],
    ["a.on", true, "open"],
    ["a.on", "true", "closed"],
    ["a.gone", "x", "closed"],
    ["a", "x", "closed"],
  ])("%s: %j is %s", (path, value, state) => {
    expect(ask(text, { path, value, where: {} }).state).toBe(state);
  });
  test("what is absent is shown where it would be", () => {
    expect(ask(text, { path: "a.gone", value: "x", where: {} })).toMatchObject({
      because: '`environments/prod/apps.yaml:2:3`: expected "x" at `a.gone`, found nothing',
      next: 'set `a.gone` to "x" there',
    });
  });
  test("an annotation, whose name has dots, says where deployments are told [H-18]", () => {
    const path = 'metadata.annotations."notifications.argoproj.io/subscribe.on-deployed.slack"';
    const subscribed = 'metadata:\n  annotations:\n    notifications.argoproj.io/subscribe.on-deployed.slack: "deployments"\n';
    expect(ask(subscribed, { path, value: "deployments", where: {} }).state).toBe("open");
    expect(ask("metadata: {annotations: {}}\n", { path, value: "deployments", where: {} }).state).toBe("closed");
  });
  test("several conditions all have to hold, and null means absent, too", () => {
    expect(ask(text, { path: "a.count", value: 3, where: { "a.name": "x", "a.gone": null } }).state).toBe("open");
    expect(ask(text, { path: "a.count", value: 3, where: { "a.name": "x", "a.on": false } }).state).toBe("unknown");
  });
});

describe("nothing was looked at, so nothing is green", () => {
  test("no document counts", () => {
    expect(ask("kind: ConfigMap\n---\nkind: Secret\n")).toMatchObject({
      state: "unknown",
      because: "none of 2 documents in `environments/prod/apps.yaml` has `kind: Application`: nothing was looked at",
      next: "correct `where` or `file` in `gates.manual-sync`",
    });
  });
  test.each([
    ["missing", "is missing"],
    ["binary", "is not a text"],
    ["symlink", "is a symbolic link"],
  ] as const)("the file is %s", (is, words) => {
    expect(ask({ is })).toMatchObject({
      state: "unknown",
      because: `\`environments/prod/apps.yaml\` ${words}`,
      next: "put a YAML file there, or correct `file` in `gates.manual-sync`",
    });
  });
  test.each([
    ["broken", "kind: Application\nspec: [", /^`environments\/prod\/apps.yaml:\d+:\d+`: not valid YAML/],
    ["empty", "", /the file is empty/],
    ["an unfinished merge", "a: 1\n<<<<<<< HEAD\nb: 2\n", /an unfinished merge stands here/],
    ["a key stands twice", "kind: Application\nkind: Other\n", /^`environments\/prod\/apps.yaml:2:1`: the key "kind" stands twice/],
    ["an alias hides the way", `s: &s {automated: {}}\n${app(" *s")}`, /is the alias `\*s`/],
    [
      "a merge key may bring it in",
      `s: &s {automated: {}}\n${app("\n    <<: *s")}`,
      /^`environments\/prod\/apps.yaml:5:5`: `<<` may bring in `spec.syncPolicy.automated` here/,
    ],
  ])("%s", (_name, text, because) => {
    const found = ask(text);
    expect(found).toMatchObject({ state: "unknown", because: expect.stringMatching(because), problems: [{ path: FILE }] });
    expect(found.next).not.toBe("");
  });
  test("aliases of aliases of aliases cost no more than their text", () => {
    const bomb = Array.from(
      { length: 40 },
      (_, index) => `a${String(index)}: &a${String(index)} [${`*a${String(index - 1)}, `.repeat(index === 0 ? 0 : 9)}1]`,
    ).join("\n");
    expect(ask(`${bomb}\n${app("")}`).state).toBe("open");
  });
});

test("it asks for its file once", () => {
  const gate = gateNamed({ gate: "manual-sync", kind: "require_yaml", options: MANUAL });
  expect(requireYaml.wants(MANUAL, subjectWith({ file: () => undefined }), gate)).toEqual({ files: [FILE] });
  expect(requireYaml.wants(MANUAL, subjectWith(), gate)).toEqual({ files: [] });
});
