// The loop with a world that refuses: what is done all the same, what is said, and when it looks again.
import { expect, test } from "@jest/globals";
import { hostedRepository, playbookWith } from "../test/fixtures/hosted.ts";
import { Parked, Refused, Stale, Transient } from "./model/errors.ts";
import type { Action, SayOnCommit } from "./model/plan.ts";
import { reconcile, type World } from "./reconcile.ts";

const PLAYBOOK = playbookWith({
  components: {
    named: ["one", "two"].map((name) => ({ name, path: name, owners: [], dependents: "leave" as const })),
    discover: null,
  },
  release: { tag: { ...playbookWith().release.tag, name: "{component}-{version}" } },
});
const FORBIDDEN = new Refused("mutation", "Resource not accessible by integration", "contents: write");
const RULE = new Refused("POST /git/refs", "Repository rule violations found", null);

type Tried = (action: Action) => Error | null;

function world(tried: Tried = () => null, others: Partial<World> = {}) {
  const repository = hostedRepository(PLAYBOOK);
  repository.push("feat: begin", { write: { "one/x": "", "two/x": "" } });
  for (const name of ["one", "two"]) repository.tag(`${name}-1.0.0`);
  for (const name of ["one", "two"]) repository.push("fix: disk", { write: { [`${name}/x`]: "x" } });
  const done: Action[] = [];
  const made: World = {
    first: async () => repository.look().snapshot,
    answer: async (snapshot) => snapshot,
    bareHead: async () => repository.look().snapshot,
    playbook: () => ({ ok: true, value: PLAYBOOK }),
    lastGoodPlaybook: async () => null,
    readPlaybook: () => ({ ok: true, value: PLAYBOOK }),
    log: () => undefined,
    act: async (actions) =>
      actions.map((action) => {
        const error = tried(action);
        if (error instanceof Refused) return error;
        if (error !== null) throw error;
        repository.perform(action);
        done.push(action);
        return null;
      }),
    ...others,
  };
  return { repository, made, done, kinds: () => done.map((action) => (action.kind === "keep-release-pull-request" ? action.line : action.kind)) };
}
const refuse = () => Promise.reject(FORBIDDEN);
const isLine = (line: string) => (action: Action) => action.kind === "keep-release-pull-request" && action.line === line;
const said = (done: readonly Action[]) => done.filter((action): action is SayOnCommit => action.kind === "say-on-commit").map(({ check }) => check);

test("what is refused for one component does not hold back the other, and is said with the remedy, once", async () => {
  const { made, done, kinds } = world((action) => (isLine("one")(action) ? FORBIDDEN : null));
  await reconcile(made);
  expect(kinds()).toEqual(["two", "say-on-commit"]);
  expect(said(done)).toMatchObject([
    { conclusion: "failure", summary: expect.stringContaining("give the app contents: write and accept it for this repository") },
  ]);
  await reconcile(made);
  expect(said(done)).toHaveLength(1);
});

test("what a rule forbids is said in GitHub's words", async () => {
  const { made, done } = world((action) => (isLine("one")(action) ? RULE : null));
  await reconcile(made);
  expect(said(done)[0]?.summary).toContain("Repository rule violations found (see what the repository's rules allow the app)");
});

test("with nowhere to say it, it gives up until something changes", async () => {
  const { made, done } = world(() => FORBIDDEN);
  await expect(reconcile(made)).rejects.toBeInstanceOf(Parked);
  expect(done).toEqual([]);
});

test.each([
  ["a lost race", new Stale("the branch has moved")],
  ["a server that is down", new Transient("502")],
  ["a repository that was archived", new Parked("archived")],
])("%s ends the run at once: the rest would act on an old view", async (_title, error) => {
  const { made, done } = world((action) => (isLine("one")(action) ? error : null));
  await expect(reconcile(made)).rejects.toBe(error);
  expect(done).toEqual([]);
});

test("a release asks for another look at once; one that is refused does not ask for ever", async () => {
  const { made, repository, kinds } = world();
  await reconcile(made);
  repository.merge();
  const refused = world((action) => (action.kind === "publish-release" ? RULE : null), { first: made.first }).made;
  expect(await reconcile(refused)).toBeNull();
  expect(await reconcile(made)).not.toBeNull();
  expect(kinds()).toContain("publish-release");
});

test.each([
  ["the first look", { first: () => Promise.reject(new Transient("502")) }],
  ["a later answer", { playbook: () => ({ ok: true as const, value: playbookWith() }), answer: () => Promise.reject(new Transient("502")) }],
  ["the first look, refused for no permission", { first: () => Promise.reject(new Refused("query", "Something else (422)", null)) }],
])("a read that fails writes nothing: %s", async (_title, others) => {
  const { made, done } = world(() => null, others);
  await expect(reconcile(made)).rejects.toThrow(/502|Something else/);
  expect(done).toEqual([]);
});

test("a permission that reading lacks is said on the newest commit, and nothing else is done", async () => {
  const lacking = new Refused("query", "Resource not accessible by integration", "pull requests: write");
  const { made, done, kinds } = world(() => null, { first: () => Promise.reject(lacking) });
  expect(await reconcile(made)).toBeNull();
  await reconcile(made);
  expect(kinds()).toEqual(["say-on-commit"]);
  expect(said(done)[0]?.summary).toContain("give the app pull requests: write");
});

test("a desk that can't be read may hold a freeze: unknown and closed, with two remedies; where there is no desk it does not matter", async () => {
  const { made, done, repository } = world();
  const unread: Partial<World> = {
    first: async () => {
      const { snapshot } = repository.look();
      return { ...snapshot, hosted: { ...snapshot.hosted!, deskUnread: "the app lacks the permission issues: read" } };
    },
  };
  const withDesk = { ...PLAYBOOK, release: { ...PLAYBOOK.release, desk: "Release desk" } };
  await reconcile({ ...made, ...unread, playbook: () => ({ ok: true, value: withDesk }) });
  await reconcile({ ...made, ...unread, playbook: () => ({ ok: true, value: withDesk }) });
  expect(done.some(({ kind }) => kind === "keep-desk")).toBe(false);
  expect(repository.pulls.map(({ checks }) => checks[0]?.conclusion)).toEqual([null, null]);
  expect(repository.pulls[0]?.checks[0]?.text).toContain("give the app issues: write and accept it for this repository, or do without a desk");
  await reconcile({ ...made, ...unread });
  expect(repository.pulls.map(({ checks }) => checks[0]?.conclusion)).toEqual(["success", "success"]);
});

test("when not even the newest commit can be read, it gives up until something changes", async () => {
  const { made, done } = world(() => null, { first: refuse, bareHead: refuse });
  await expect(reconcile(made)).rejects.toBeInstanceOf(Parked);
  expect(done).toEqual([]);
});

test("without a playbook nothing is written; with a broken one only that is said", async () => {
  const without = world(() => null, { playbook: () => null });
  expect(await reconcile(without.made)).toBeNull();
  expect(without.done).toEqual([]);
  const problem = { severity: "error", message: "expected a duration", path: ".github/release-steward.yml", line: 3, column: 1, hint: null } as const;
  const broken = world(() => null, { playbook: () => ({ ok: false, problems: [problem] }) });
  expect(await reconcile(broken.made)).toBeNull();
  expect(broken.kinds()).toEqual(["say-on-commit"]);
  expect(said(broken.done)[0]?.problems).toEqual([problem]);
});
