import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { gitEnvironment } from "../../../sandbox/git/run-git.ts";
import { tagObjectId, tagPayload } from "./tag-signer.ts";

test.each([
  ["sha1", 40],
  ["sha256", 64],
])("an object of a repository with %s has the name that git gives it", (format, length) => {
  const folder = mkdtempSync(join(tmpdir(), "tag-object-"));
  const git = (words: readonly string[], input = ""): string =>
    execFileSync("git", words, { cwd: folder, env: gitEnvironment(), input, encoding: "utf8" }).trim();
  try {
    git(["init", "-q", `--object-format=${format}`]);
    git(["commit", "-q", "--allow-empty", "-m", "one"]);
    const sha = git(["rev-parse", "HEAD"]);
    const body = tagPayload({ tag: "v1.0.0", sha, message: "größer", tagger: { name: "Ä", email: "a@b.test" }, taggedAt: 1_700_000_000_999 });
    expect(body).toBe(`object ${sha}\ntype commit\ntag v1.0.0\ntagger Ä <a@b.test> 1700000000 +0000\n\ngrößer\n`);
    expect(tagObjectId(body, sha)).toBe(git(["hash-object", "-t", "tag", "--stdin"], body));
    expect(sha).toHaveLength(length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
