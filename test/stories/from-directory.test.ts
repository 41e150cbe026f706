// A repository with a history of its own comes to GitHub, and the app opens there what `plan` says on a clone.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { differences, localPlan, openReleasePullRequests, proposedIn } from "../../sandbox/compare.ts";
import { untilQuiet } from "../../sandbox/quiet.ts";
import { addFromDirectory } from "../../sandbox/scenarios/from-directory.ts";
import { mergePull } from "../../sandbox/scenarios/people.ts";
import { startWithApp } from "../../sandbox/with-app.ts";
import { createLog } from "../../src/web/log.ts";
import { repositoryAt, scratchPath } from "../fixtures/repository.ts";

const SAMPLE = join(import.meta.dirname, "../../examples/sample.fast-import");
const LIMIT_MS = 100_000;

function sampleRepository(): string {
  const directory = scratchPath();
  mkdirSync(directory, { recursive: true });
  const { git } = repositoryAt(directory);
  git(["init", "--quiet", "--bare", "--initial-branch=main"]);
  git(["fast-import", "--quiet"], readFileSync(SAMPLE));
  git(["remote", "add", "origin", "https://github.com/harbour/charts"]);
  return directory;
}

test("the sample repository gets the release pull requests that its plan shows, before and after a release", async () => {
  const directory = sampleRepository();
  const running = await startWithApp({
    populate: (standIn) => addFromDirectory(standIn, directory, null),
    port: 0,
    log: createLog("error"),
    writeSpacingMs: 0,
  });
  try {
    const { repository, standIn, address } = running;
    await untilQuiet(running, LIMIT_MS);
    const before = await localPlan(repository, address);
    const proposed = proposedIn(before);
    const opened = openReleasePullRequests(repository);
    expect(opened.map(({ title }) => title)).toEqual(proposed.map(({ title }) => title));
    expect(proposed.length).toBeGreaterThan(0);
    expect(await differences(repository, before)).toEqual([]);

    const [pull] = opened;
    const tag = before.components.find(({ name }) => name === proposed[0]?.components[0])?.tag ?? "";
    const sha = await mergePull(standIn, repository, pull!, "ann", "squash");
    await untilQuiet(running, LIMIT_MS);
    expect(await repository.git.resolve(`refs/tags/${tag}`)).toBe(sha);
    expect([...repository.releases.values()]).toMatchObject([{ tag, isDraft: false }]);
    expect(await differences(repository, await localPlan(repository, address))).toEqual([]);
  } finally {
    await running.close();
  }
});
