// Which conversations count: what was said for a release ends with it, whatever else is still unreleased.
import { describe, expect, test } from "@jest/globals";
import { hostedRepository, playbookWith } from "../../test/fixtures/hosted.ts";
import { NOTHING_SAID } from "../model/agreement.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Conversation } from "../model/snapshot.ts";
import { readPlaybook } from "../playbook/read.ts";
import { componentsOf } from "./components.ts";
import { whatWasSaid } from "./said.ts";
import { tagsOf } from "./tags-of.ts";

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

const FOLLOWED = `
schema: 1
components: {one: {path: one}, two: {path: two}}
roles: {operations: write}
gates:
  docs: {evidence: Documentation updated}
  smoke: {evidence: login, by: operations}
policies: {default: {gates: []}, major: {gates: [docs]}}
environments:
  - {name: staging, deploy: {manual: operations}, verify: [smoke]}
release: {desk: Release desk}
`;

function playbookFrom(text: string): Playbook {
  const read = readPlaybook(text, ".github/release-steward.yml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.playbook;
}

/** `one` 1.1.0 was merged and published, and its way to staging has begun. */
function releaseUnderWay(before: (repository: ReturnType<typeof hostedRepository>) => void = () => undefined) {
  const playbook = playbookFrom(FOLLOWED);
  const repository = hostedRepository(playbook);
  repository.permissions.set("kim", "write");
  repository.push("feat: begin", { write: { "one/x": "", "two/x": "" } });
  for (const name of ["one", "two"]) repository.tag(`${name}-1.0.0`);
  repository.push("feat: one", { write: { "one/x": "1" } });
  goOn(repository);
  before(repository);
  goOn(repository);
  const pull = repository.pull();
  repository.merge();
  goOn(repository);
  return { repository, playbook, pull, heard: () => heardIn(repository, playbook) };
}

/** Three looks; what follows a release is not kept by this stand-in, and is planned again each time. */
function goOn(repository: ReturnType<typeof hostedRepository>): void {
  for (let look = 0; look < 3; look += 1) for (const action of repository.plan().actions) repository.perform(action);
}

function heardIn(repository: ReturnType<typeof hostedRepository>, playbook: Playbook) {
  const { snapshot } = repository.look();
  const { components } = componentsOf(playbook, snapshot);
  return whatWasSaid({ components, tags: tagsOf(playbook, snapshot, components), playbook, snapshot });
}

const verdictsIn = ({ requests }: Conversation): readonly string[] => requests.map(({ answered }) => answered?.is ?? "none");
const refusalsIn = ({ own }: Conversation): readonly string[] =>
  own.flatMap(({ revisions }) => revisions.at(-1)?.text.split("\n")[0] ?? []).filter((line) => line.startsWith('"/release'));

describe("said on the pull request of a release under way", () => {
  test("it is about that release and not about the next one", () => {
    const { repository, pull, heard } = releaseUnderWay();
    repository.say(pull, "/release hold it burns\n/release evidence staging/deployed https://x", "kim");
    goOn(repository);
    const facts = heard().factsOfRelease(pull.number, "one");
    expect([facts.hold?.reason, facts.evidence.map(({ step }) => step)]).toEqual(["it burns", ["staging/deployed"]]);
    repository.push("feat: one again", { write: { "one/x": "2" } });
    goOn(repository);
    expect(repository.plan().lines.find(({ line }) => line === "one")).toMatchObject({ title: "one 1.2.0", gates: [] });
    expect(heard().factsOf("one")).toEqual(NOTHING_SAID);
    expect(heard().factsOfRelease(pull.number, "one").hold?.reason).toBe("it burns");
  });

  test("what was said before the merge is about it, too", () => {
    const { pull, heard } = releaseUnderWay((repository) => repository.say(repository.pull(), "/release evidence staging/deployed soon", "kim"));
    expect(heard().factsOfRelease(pull.number, "one").evidence).toMatchObject([{ step: "staging/deployed", by: "kim" }]);
    expect(heard().factsOf("one").evidence).toEqual([]);
  });

  test("a tick in its board is heard", () => {
    const { pull, heard } = releaseUnderWay();
    const board = pull.own.find(({ revisions }) => revisions.at(-1)?.text.includes("[ ] staging/deployed"));
    const text = board?.revisions.at(-1)?.text ?? "";
    pull.own = pull.own.map((one) =>
      one.id === board?.id
        ? {
            ...one,
            revisions: [...one.revisions, { at: one.createdAt + 1000, editor: "kim", text: text.replace("[ ] staging/deployed", "[x] staging/deployed") }],
          }
        : one,
    );
    expect(heard().factsOfRelease(pull.number, "one").ticks).toMatchObject([{ gate: "staging/deployed", item: "deployed to staging", by: "kim" }]);
  });

  test("what is for the next release is refused there, and what follows a release before it is one", () => {
    const { repository, pull } = releaseUnderWay((before) => before.say(before.pull(), "/release withdraw too early", "kim"));
    repository.say(pull, "/release bump major", "kim");
    goOn(repository);
    expect(verdictsIn(pull)).toEqual(["refused", "refused"]);
    expect(refusalsIn(pull)).toEqual([
      '"/release withdraw too early": nothing is released yet: this is for a release after its merge, on its pull request',
      '"/release bump major": one 1.1.0 is released, and this is for the next release: say it on the pull request of that one, or on the release desk',
    ]);
  });

  test("the desk withdraws the release of the line that it names, and of no other", () => {
    const { repository, pull, heard } = releaseUnderWay();
    repository.say(repository.desk(), "/release withdraw one it burns", "kim");
    repository.say(repository.desk(), "/release withdraw two it burns", "kim");
    goOn(repository);
    expect(heard().factsOfRelease(pull.number, "one").withdrawn).toMatchObject({ by: "kim", reason: "it burns" });
    expect(verdictsIn(repository.desk())).toEqual(["accepted", "refused"]);
    expect(refusalsIn(repository.desk())).toEqual(['"/release withdraw two it burns": no release of two is under way']);
  });
});
