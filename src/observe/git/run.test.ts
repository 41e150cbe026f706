import { chmodSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type ScratchRepository, observed, scratchCommand, scratchPath, scratchRepository } from "../../../test/fixtures/repository.ts";
import type { RepositoryProblem } from "./problem.ts";

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

function sample(): ScratchRepository {
  const repository = scratchRepository();
  repository.commit("feat: one", { "ünï/a": "1\n".repeat(30), module: { submodule: "1".repeat(40) } });
  repository.tag("v1.0.0");
  repository.rename("ünï/a", "b", "refactor: move");
  repository.commit("fix: two", { module: { submodule: "2".repeat(40) } });
  return repository;
}

async function everything({ directory }: ScratchRepository): Promise<object> {
  const { takenAt, ...rest } = await observed(directory, { files: ["b"], ranges: [{ key: "all", newestFirst: [] }] });
  expect(takenAt).toBeGreaterThan(0);
  return rest;
}

const HOSTILE = `
[log]
  showRoot = false
  showSignature = true
  follow = true
  date = nonsense
  diffMerges = first-parent
  decorate = full
[diff]
  renames = copies
  relative = true
  noprefix = true
  external = false
  ignoreSubmodules = all
  orderFile = /nowhere
[color]
  ui = always
[core]
  quotePath = true
  pager = false
  fsmonitor = false
  abbrev = 4
[format]
  pretty = nonsense
[i18n]
  logOutputEncoding = ISO-8859-1
[submodule "module"]
  ignore = all
`;

describe("what is read", () => {
  test("is the same whatever the user's and the repository's settings say", async () => {
    const repository = sample();
    const expected = await everything(repository);
    expect(JSON.stringify(expected)).toContain("{}");
    const path = scratchPath();
    writeFileSync(path, HOSTILE);
    process.env["GIT_CONFIG_GLOBAL"] = path;
    expect(await everything(repository)).toEqual(expected);
    writeFileSync(join(repository.directory, ".git/config"), HOSTILE, { flag: "a" });
    expect(await everything(repository)).toEqual(expected);
  });

  test("does not depend on variables that point git elsewhere, as they do inside a hook", async () => {
    const repository = sample();
    const expected = await everything(repository);
    const other = scratchRepository();
    other.commit("feat: other");
    Object.assign(process.env, {
      GIT_DIR: join(other.directory, ".git"),
      GIT_WORK_TREE: other.directory,
      GIT_INDEX_FILE: "/nowhere",
      GIT_OBJECT_DIRECTORY: "/nowhere",
      GIT_NAMESPACE: "other",
      GIT_TRACE: "1",
      GIT_LITERAL_PATHSPECS: "1",
      LC_ALL: "de_DE.UTF-8",
    });
    expect(await everything(repository)).toEqual(expected);
  });

  test("is the history as it is, not as replacements and grafts would show it", async () => {
    const repository = sample();
    const expected = await everything(repository);
    const [two, one] = [repository.head(), repository.git(["rev-parse", "HEAD~1"])];
    repository.git(["replace", two, one]);
    writeFileSync(join(repository.directory, ".git/info/grafts"), `${two}\n`);
    expect(await everything(repository)).toEqual(expected);
  });

  test("runs no hook and no file system monitor", async () => {
    const repository = sample();
    const mark = scratchPath();
    const folder = scratchCommand("monitor", `touch '${mark}'`);
    repository.git(["config", "core.fsmonitor", join(folder, "monitor")]);
    repository.git(["config", "core.hooksPath", folder]);
    await everything(repository);
    expect(() => repository.git(["hash-object", mark])).toThrow("could not open");
  });
});

describe("git that cannot answer", () => {
  test.each([
    ["is not installed", null, "git was not found on the PATH", "install git 2.30 or newer"],
    [
      "is too old",
      `case "$*" in *version) echo "git version 2.20.1";; *) echo "error: unknown option" >&2; exit 129;; esac`,
      "git 2.20.1 is too old",
      "install a newer git",
    ],
    [
      "distrusts the owner",
      String.raw`printf "fatal: detected dubious ownership in repository at '/srv/x'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /srv/x\n" >&2; exit 128`,
      "belongs to another user",
      "git config --global --add safe.directory /srv/x",
    ],
    [
      "refuses bare repositories",
      `echo "fatal: cannot use bare repository '/x' (safe.bareRepository is 'explicit')" >&2; exit 128`,
      "refuse bare repositories",
      "safe.bareRepository all",
    ],
    ["is ended by a signal", `kill -9 $$`, "was ended by a signal", ""],
    ["fails in a way that nobody foresaw", String.raw`printf "fatal: \033[31mred moon\n" >&2; exit 77`, "ended with exit code 77: fatal:  [31mred moon", ""],
  ])("%s: the problem says so and what to do", async (_, script, message, hint) => {
    const repository = sample();
    process.env["PATH"] = script === null ? scratchPath() : `${scratchCommand("git", script)}:${before["PATH"]}`;
    const failure: unknown = await observed(repository.directory).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "RepositoryProblem", message: expect.stringContaining(message) });
    expect((failure as RepositoryProblem).hint ?? "").toContain(hint);
  });

  test("names the command, its exit code and its words when the history is damaged", async () => {
    const repository = sample();
    repository.git(["repack", "-a", "-d", "-q"]);
    const folder = join(repository.directory, ".git/objects/pack");
    const pack = join(
      folder,
      readdirSync(folder).find((name) => name.endsWith(".pack"))!,
    );
    chmodSync(pack, 0o644);
    writeFileSync(pack, readFileSync(pack).fill("x", 14, 80));
    await expect(everything(repository)).rejects.toThrow(/damaged or missing.*`git \S+.*` ended with exit code \d+: \S+/);
  });
});
