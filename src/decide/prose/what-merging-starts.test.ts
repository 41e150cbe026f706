import { describe, expect, test } from "@jest/globals";
import type { StartedWorkflow } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import { whatMergingStarts } from "./what-merging-starts.ts";

const problem = (message: string, change: Partial<Problem> = {}): Problem => ({
  severity: "warning",
  message,
  path: null,
  line: null,
  column: null,
  hint: null,
  ...change,
});
const release = (tag: string, workflows: readonly StartedWorkflow[], warnings: readonly Problem[] = []) => ({ tag, starts: { workflows, warnings } });
const byTag = (workflow: string): StartedWorkflow => ({ workflow, by: "tag" });
const byPublication = (workflow: string): StartedWorkflow => ({ workflow, by: "publication" });

test("nothing is said where nothing listens", () => {
  expect(whatMergingStarts([release("v1.0.0", [])])).toBe("");
});

test("one tag", () => {
  expect(whatMergingStarts([release("v1.0.0", [byPublication("helm-publish.yml"), byTag("release.yml")])])).toBe(
    "It starts `helm-publish.yml` (by its publication) and `release.yml` (by its tag).",
  );
});

test("what the app itself starts is said as such", () => {
  expect(whatMergingStarts([release("v1.0.0", [byTag("release.yml"), { workflow: "docs.yml", by: "app" }])])).toBe(
    "It starts `release.yml` (by its tag).\nThis app starts `docs.yml`.",
  );
  expect(
    whatMergingStarts([
      release("v1.0.0", [
        { workflow: "docs.yml", by: "app" },
        { workflow: "site.yml", by: "app" },
      ]),
    ]),
  ).toBe("This app starts `docs.yml` and `site.yml`.");
});

test("several tags in one pull request: what they share is said once", () => {
  const same = [byTag("charts.yml")];
  expect(whatMergingStarts([release("cavern-0.9.0", same), release("reg-1.2.0", same)])).toBe("Each of them starts `charts.yml` (by its tag).");
  expect(whatMergingStarts([release("cavern-0.9.0", same), release("reg-1.2.0", []), release("utils-0.2.0", [byTag("utils.yml")])])).toBe(
    "`cavern-0.9.0` starts `charts.yml` (by its tag).\n`utils-0.2.0` starts `utils.yml` (by its tag).",
  );
  expect(whatMergingStarts([release("cavern-0.9.0", same), release("reg-1.2.0", same), release("utils-0.2.0", [])])).toBe(
    "`cavern-0.9.0` and `reg-1.2.0` each start `charts.yml` (by its tag).",
  );
});

describe("warnings", () => {
  test("stand below with their place and the way out, each once", () => {
    const twice = problem("`build.yml` would run twice", { path: ".github/workflows/build.yml", line: 4, column: 3, hint: "leave one of them" });
    expect(whatMergingStarts([release("a-1.0.0", [byTag("build.yml")], [twice]), release("b-1.0.0", [byTag("build.yml")], [twice])])).toBe(
      [
        "Each of them starts `build.yml` (by its tag).",
        "",
        "**Worth a look before the merge:**",
        "",
        "- `.github/workflows/build.yml:4:3`: `build.yml` would run twice (leave one of them)",
      ].join("\n"),
    );
  });

  test("are counted behind the tenth", () => {
    const many = Array.from({ length: 13 }, (_, index) => problem(`number ${String(index)}`));
    const lines = whatMergingStarts([release("v1.0.0", [], many)]).split("\n");
    expect(lines).toHaveLength(13);
    expect(lines.slice(-2)).toEqual(["- number 9", "- and 3 more: `release-steward plan` shows them all"]);
  });

  test("are text: nobody is mentioned, nothing is HTML, no line begins anew", () => {
    const body = whatMergingStarts([release("v1.0.0", [byTag("a`@torvalds<img src=x>\n# b.yml")], [problem("thank @torvalds <img src=x>\n# b")])]);
    expect(body).toBe(
      [
        "It starts `a'@torvalds<img src=x> # b.yml` (by its tag).",
        "",
        "**Worth a look before the merge:**",
        "",
        "- thank @&#8203;torvalds &lt;img src=x> # b",
      ].join("\n"),
    );
  });
});
