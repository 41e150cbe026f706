import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { check } from "./check.ts";

const home = process.cwd();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "release-steward-check-"));
  process.chdir(folder);
});

afterAll(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

async function run(...words: readonly string[]) {
  const written: string[] = [];
  const warned: string[] = [];
  const code = await check(words, {
    write: (text) => void written.push(text),
    warn: (text) => void warned.push(text),
    hasColor: false,
    progress: () => undefined,
  });
  return { code, written: written.join(""), warned: warned.join("") };
}

describe("release-steward check", () => {
  test("shows every problem with its line, and fails", async () => {
    const text = ["schema: 1", "componets:", "  server: {path: .}", "gates:", "  staging:", "    evidence: smoke test", "    soak: two days", ""].join("\n");
    await writeFile("bad.yml", text);
    const { code, written, warned } = await run("bad.yml");
    expect(code).toBe(1);
    expect(warned).toBe("");
    expect(written).toMatchInlineSnapshot(`
"bad.yml:2:1: componets: there is no such key
  2 | componets:
    | ^
  hint: did you mean \`components\`?

bad.yml:7:11: gates.staging.soak: expected a duration such as 24h or 30m, found "two days"
  7 |     soak: two days
    |           ^
  hint: write minutes, hours, days, weeks or months like 30m, 24h, 2d, 6w or 6mo

✗ refused: bad.yml has 2 problems
"
`);
  });

  test("tells in short what a good playbook says", async () => {
    await writeFile(
      "good.yml",
      [
        "schema: 1",
        "components: {server: {path: .}}",
        "versioning: {files: [{file: Chart.yaml, yaml: version}, {file: Makefile, regex: 'TAG = (.*)'}]}",
        "changelog: {file: CHANGELOG.md}",
        "release: {hotfix: {branch: 'hotfix/{issue}'}}",
        "gates: {ci: {check: build}, smoke: {evidence: login}}",
        "policies: {default: {gates: [ci]}}",
        "environments: [{name: staging, deploy: {manual: owners}}, {name: prod, deploy: {manual: owners}}]",
        "",
      ].join("\n"),
    );
    const { code, written, warned } = await run("good.yml");
    expect(code).toBe(0);
    expect(warned).toBe("");
    expect(written).toMatchInlineSnapshot(`
"good.yml:6:29: warning: gates.smoke: no policy and no environment asks this gate
  6 | gates: {ci: {check: build}, smoke: {evidence: login}}
    |                             ^
  hint: name it in a policy, or delete it

✓ fine: good.yml

  components    server
  versions      SemVer from conventional commits; without a signal: ask
  files         Chart.yaml (version), Makefile (TAG = (.*))
  changelog     CHANGELOG.md (conventional)
  tags          v{version}
  gates         ci, smoke, staging/deployed, prod/deployed
  environments  staging → prod

understood, not acted on yet: release.hotfix
"
`);
  });

  test("finds the playbook by itself, .yml before .yaml", async () => {
    await mkdir(".github");
    await writeFile(".github/release-steward.yaml", "schema: 1\ncomponents: {server: {path: .}}\n");
    expect((await run()).written).toContain("✓ fine: .github/release-steward.yaml");
    await writeFile(".github/release-steward.yml", "schema: 1\n");
    const { code, written } = await run();
    expect(code).toBe(1);
    expect(written).toContain("✗ refused: .github/release-steward.yml has one problem");
  });

  test.each([
    [["missing.yml"], "release-steward check: there is no missing.yml\n  hint: check the spelling\n"],
    [["."], "release-steward check: . can't be read: it is a folder\n"],
    [["latin.yml"], "release-steward check: latin.yml is no text in UTF-8\n"],
  ])("of a file that can't be read it tells why: %j", async (words, message) => {
    await writeFile("latin.yml", new Uint8Array([0x61, 0x3a, 0x20, 0xe4]));
    expect(await run(...words)).toEqual({ code: 2, written: "", warned: message });
  });

  test("a file of any size is refused without being read", async () => {
    await writeFile("large.yml", "ä".repeat(1_000_000));
    const { code, written } = await run("large.yml");
    expect(code).toBe(1);
    expect(written).toContain("large.yml: expected a file of at most 64 KB, found a larger one");
  });

  test("two files are one too many", async () => {
    const { code, warned } = await run("a.yml", "b.yml");
    expect(code).toBe(2);
    expect(warned).toContain("expected one file, found 2");
  });

  test("an option that it has not is wrong usage", async () => {
    await expect(run("--fix")).rejects.toMatchObject({ code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" });
  });

  test("help tells its exit codes", async () => {
    const { code, written } = await run("--help");
    expect(code).toBe(0);
    expect(written).toContain("Exit code: 0 fine, 1 problems, 2 wrong usage or a file that can't be read.");
  });
});
