// Which conversations count: what was said for a release ends with it, whatever else is still unreleased.
import { describe, expect, test } from "@jest/globals";
import { hostedRepository, playbookWith } from "../../test/fixtures/hosted.ts";

const COMPONENTS = {
  named: ["one", "two"].map((name) => ({ name, path: name, owners: [], dependents: "leave" as const })),
  discover: null,
};

function twoLines(desk: string | null = null) {
  const release = playbookWith().release;
  const repository = hostedRepository(playbookWith({ components: COMPONENTS, release: { desk, tag: { ...release.tag, name: "{component}-{version}" } } }));
  repository.permissions.set("kim", "write");
  repository.push("feat: begin", { write: { "one/x": "", "two/x": "" } });
  for (const name of ["one", "two"]) repository.tag(`${name}-1.0.0`);
  return repository;
}

const plan = (repository: ReturnType<typeof twoLines>, name: string) => repository.plan().components.find((one) => one.name === name);

describe("said on a pull request", () => {
  test("a version is asked for once: the next release of the line goes by its changes again", () => {
    const repository = twoLines();
    repository.push("fix: one", { write: { "one/x": "1" } });
    repository.settle();
    repository.say(repository.pull(), "/release bump major", "kim");
    repository.settle();
    expect(repository.pull().title).toBe("Release one 2.0.0");
    repository.merge({ "one/version": "2.0.0" });
    repository.settle();
    expect(repository.tags.map(({ name }) => name)).toContain("one-2.0.0");
    // `two` was not released since: the pull request of `one` is among its unreleased commits.
    repository.push("fix: one again", { write: { "one/x": "2" } });
    expect(plan(repository, "one")).toMatchObject({ version: "2.0.1", asked: null });
  });
});

describe("said on the desk", () => {
  test("a hold stands although somebody closes the desk", () => {
    const repository = twoLines("Release desk");
    repository.push("fix: one", { write: { "one/x": "1" } });
    repository.settle();
    repository.say(repository.desk(), "/release hold one it burns", "kim");
    repository.settle();
    repository.desk().isOpen = false;
    expect(repository.plan().lines.find(({ line }) => line === "one")?.gates).toMatchObject([{ gate: "hold", state: "closed" }]);
  });

  test("a version that was asked for there ends with the release, too", () => {
    const repository = twoLines("Release desk");
    repository.push("fix: one", { write: { "one/x": "1" } });
    repository.settle();
    repository.say(repository.desk(), "/release as one 3.0.0", "kim");
    repository.settle();
    expect(plan(repository, "one")).toMatchObject({ version: "3.0.0", asked: { by: "kim", command: "/release as 3.0.0" } });
    repository.merge();
    repository.settle();
    repository.push("fix: one again", { write: { "one/x": "2" } });
    expect(plan(repository, "one")).toMatchObject({ version: "3.0.1", asked: null });
  });
});
