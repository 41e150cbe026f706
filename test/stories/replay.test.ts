// What `release-steward replay` says of a history: every release as it would have been proposed.
import { expect, test } from "@jest/globals";
import { replay } from "../../src/cli/replay.ts";
import { run } from "../fixtures/command.ts";
import { type ScratchRepository, scratchRepository } from "../fixtures/repository.ts";

type Row = { readonly tag: string; readonly previous: string | null; readonly decision: string; readonly proposed: string | null };

async function rowsOf(repository: ScratchRepository): Promise<string[]> {
  const { out } = await run(replay, ["--repo", repository.directory, "--format", "json"]);
  const { rows } = JSON.parse(out) as { readonly rows: readonly Row[] };
  return rows.map(({ tag, previous, decision, proposed }) => `${tag} after ${previous ?? "nothing"}: ${proposed ?? decision}`);
}

test("each release is planned as if it and all later ones did not exist", async () => {
  const repository = scratchRepository();
  repository.commit("feat: begin", { a: "1\n" });
  repository.tag("v0.1.0");
  repository.commit("fix: one", { a: "2\n" });
  repository.tag("v0.1.1");
  repository.tag("v0.2.0-rc1");
  repository.commit("Tune it", { a: "3\n" });
  repository.tag("v0.2.0");
  repository.commit("feat!: turn it around", { a: "4\n" });
  repository.tag("v1.0.0");
  expect(await rowsOf(repository)).toEqual([
    "v0.1.0 after nothing: 0.1.0",
    "v0.1.1 after v0.1.0: 0.1.1",
    "v0.2.0 after v0.1.1: undetermined",
    "v1.0.0 after v0.2.0: 0.3.0",
  ]);
});

test("a hotfix of an older line is after the release that it was branched from, and a later one does not see it", async () => {
  const repository = scratchRepository();
  repository.commit("feat: begin", { a: "1\n" });
  repository.tag("v1.0.0");
  repository.branch("hotfix");
  repository.commit("feat: more", { a: "2\n" });
  repository.tag("v1.1.0");
  repository.checkout("hotfix");
  repository.commit("fix: old", { b: "1\n" });
  repository.tag("v1.0.1");
  repository.checkout("main");
  repository.commit("fix: new", { a: "3\n" });
  repository.tag("v1.1.1");
  expect(await rowsOf(repository)).toEqual([
    "v1.0.0 after nothing: 0.1.0",
    "v1.0.1 after v1.0.0: 1.0.1",
    "v1.1.0 after v1.0.0: 1.1.0",
    "v1.1.1 after v1.1.0: 1.1.1",
  ]);
});

test("the text says in one sentence how many agree, and shows only disagreements when asked", async () => {
  const repository = scratchRepository();
  repository.commit("feat: begin", { a: "1\n" });
  repository.tag("v0.1.0");
  repository.commit("fix: one", { a: "2\n" });
  repository.tag("v0.1.1");
  repository.commit("fix: two", { a: "3\n" });
  repository.tag("v0.2.0");
  const { out } = await run(replay, ["--repo", repository.directory, "--disagreements"]);
  expect(out).toBe(
    [
      "v0.2.0      after v0.1.1      differs       0.1.2: 1 change since v0.1.1",
      "",
      "3 releases, 1 of them the first. Of 2 later ones 1 would have been proposed as they were released (50.0 %); 1 otherwise, 0 asked about, 0 refused, 0 without anything to release.\n",
    ].join("\n"),
  );
});
