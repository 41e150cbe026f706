import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Change } from "../../model/change.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Commit, PullRequest } from "../../model/snapshot.ts";
import { changeReader } from "./index.ts";
import type { ChangedComponent } from "./attribute.ts";
import type { ChangeQuestion, ChangeRules, ComponentChanges } from "./index.ts";

/** A readable stand-in for an object name: the name in front, 40 characters in all. */
const sha = (name: string): string => name.padEnd(40, "0");
const root: ChangedComponent = { name: "app", path: ".", others: [] };
const listening = (source: ChangeRules["versioning"]["source"]): ChangeRules => ({ ...DEFAULTS, versioning: { ...DEFAULTS.versioning, source } });
const byCommits = listening("conventional-commits");

type Sketch = Partial<Omit<Commit, "sha" | "parents">> & { readonly parents?: readonly string[] };

/** Commits oldest first, as one tells a story; each follows the one before unless it names its parents. */
function story(...told: readonly (readonly [name: string, message: string, own?: Sketch])[]): readonly Commit[] {
  return told
    .map(([name, message, own = {}], index): Commit => {
      const parents = (own.parents ?? (index === 0 ? ["base"] : [told[index - 1]![0]])).map(sha);
      return {
        committedAt: index,
        authorName: "Kim",
        authorLogin: null,
        pullRequest: null,
        paths: parents.length > 1 ? [] : ["src/a.ts"],
        ...own,
        sha: sha(name),
        message,
        parents,
      };
    })
    .toReversed();
}

function ask(commits: readonly Commit[], playbook: ChangeRules = byCommits, question: Partial<ChangeQuestion> = {}): ComponentChanges {
  return changeReader(playbook)({ commits, component: root, unreleased: [], ...question });
}

const lines = ({ changes }: ComponentChanges): readonly string[] =>
  changes.map(({ sha: at, effect, description, because }) => `${at.replace(/0+$/, "")} ${effect}: ${description} (${because})`);
const names = (changes: readonly Pick<Change, "sha">[]): readonly string[] => changes.map(({ sha: at }) => at.replace(/0+$/, ""));
const pull = (number: number, title: string, ...labels: readonly string[]): PullRequest => ({ number, title, labels, author: "kim" });

const cancelled = (commits: readonly Commit[]): readonly string[] => names(ask(commits).changes.filter(({ effect }) => effect === "cancelled"));
const item = (category: string | null, isBreaking = false) => ({ category, text: "A door", line: 9, isBreaking });
const numbers = (commits: readonly Commit[]): readonly (number | null)[] => ask(commits).changes.map(({ pullRequest }) => pullRequest?.number ?? null);
const component = (name: string, path: string, ...others: readonly string[]): ChangedComponent => ({ name, path, others });

describe("commits speak", () => {
  test("each for itself, newest first, and a squash commit for each of its bullets", () => {
    const commits = story(["a", "feat: one"], ["b", "Two things (#2)\n\n* fix: two\n* docs: three"], ["c", "four"], ["d", "wip: five"]);
    const answer = ask(commits);
    expect(lines(answer)).toEqual([
      'd unknown: five (unknown type "wip")',
      "c unknown: four (no readable type)",
      "b patch: two (bug fix)",
      "b none: three (documentation)",
      "a minor: one (new feature)",
    ]);
    expect(answer.unparsed).toEqual([sha("c")]);
    expect(answer.pullRequests).toEqual([{ number: 2, title: "Two things", labels: [], author: null }]);
  });

  test("merges say nothing beside their commits, which belong to the merged pull request", () => {
    const commits = story(
      ["a", "fix: one"],
      ["b", "feat: two", { parents: ["a"] }],
      ["c", "address review", { parents: ["b"] }],
      ["d", "Merge pull request #7 from kim/two\n\nTwo, at last", { parents: ["a", "c"] }],
      ["e", "fix: three"],
    );
    const { changes } = ask(commits);
    expect(changes.map(({ sha: at, pullRequest }) => [at.replace(/0+$/, ""), pullRequest?.title ?? null])).toEqual([
      ["e", null],
      ["c", "Two, at last"],
      ["b", "Two, at last"],
      ["a", null],
    ]);
  });

  test("a typed title speaks once for a merged pull request whose commits say nothing", () => {
    const commits = story(
      ["a", "fix: one"],
      ["b", "start", { parents: ["a"], paths: ["charts/x/a"] }],
      ["c", "finish", { parents: ["b"], paths: ["charts/y/b", "charts/x/a"] }],
      ["d", "Merge pull request #7 from kim/two\n\nfeat(door)!: two", { parents: ["a", "c"] }],
    );
    const answer = ask(commits);
    expect(lines(answer)).toEqual(["d major: two (breaking change)", "a patch: one (bug fix)"]);
    expect(answer.changes[0]).toMatchObject({ scope: "door", paths: ["charts/y/b", "charts/x/a"], pullRequest: { number: 7 } });
    expect(answer.unparsed).toEqual([]);
    expect(lines(ask(commits, byCommits, { component: { name: "y", path: "charts/y", others: [] } }))).toEqual(["d major: two (breaking change)"]);
  });

  test("a typed title known to GitHub speaks for a squash commit without a type", () => {
    const commits = story(["a", "Two things", { pullRequest: pull(3, "fix: two things") }]);
    expect(lines(ask(commits))).toEqual(["a patch: two things (bug fix)"]);
  });

  test("a commit that touches configuration alone and has no type is a change of configuration", () => {
    const rules = { ...byCommits, changelog: { ...DEFAULTS.changelog, configPaths: ["configs/**"] } };
    const commits = story(
      ["a", "tune", { paths: ["configs/a.yaml"] }],
      ["b", "tune", { paths: ["configs/a.yaml", "src/a.ts"] }],
      ["c", "chore: tune", { paths: ["configs/a.yaml"] }],
    );
    const answer = ask(commits, rules);
    expect(lines(answer)).toEqual(["c none: tune (housekeeping)", "b unknown: tune (no readable type)", "a patch: tune (configuration only)"]);
    expect(answer.changes.map(({ type }) => type)).toEqual(["chore", null, "config"]);
  });

  test("a message over the cap is read up to there, with a warning", () => {
    const { problems } = ask(story(["a", `fix: one\n\n${"x".repeat(70_000)}`]));
    expect(problems.map(({ message }) => message)).toEqual(["the message of commit a000000 has 70010 characters: the first 65536 were read"]);
  });
});

describe("which pull request brought a commit", () => {
  test("GitHub's word comes before the text", () => {
    expect(numbers(story(["a", "fix: one (#2)", { pullRequest: pull(9, "One") }], ["b", "fix: two (#3)"]))).toEqual([3, 9]);
  });

  test("the innermost merge counts, a branch merge passes on, and what a branch caught up with stays where it was", () => {
    const commits = story(
      ["a", "fix: a (#1)"],
      ["b", "fix: b", { parents: ["base"] }],
      ["c", "Merge branch 'main' into b", { parents: ["b", "a"] }],
      ["d", "fix: d", { parents: ["c"] }],
      ["e", "fix: e", { parents: ["d"] }],
      ["f", "Merge pull request #5 from kim/e", { parents: ["d", "e"] }],
      ["g", "Merge pull request #6 from kim/b\n\nAll", { parents: ["a", "f"] }],
      ["h", "fix: h", { parents: ["a"] }],
      ["i", "Merge branch 'h'", { parents: ["g", "h"] }],
    );
    const found = ask(commits).changes.map(({ sha: at, pullRequest }) => `${names([{ sha: at }])[0]} ${pullRequest?.number ?? "none"}`);
    expect(found).toEqual(["h none", "e 5", "d 6", "b 6", "a 1"]);
  });

  test("a merge of several branches brought all of them", () => {
    const commits = story(
      ["a", "fix: a", { parents: ["base"] }],
      ["b", "fix: b", { parents: ["base"] }],
      ["c", "Merge pull request #1 from kim/all", { parents: ["base", "a", "b"] }],
    );
    expect(numbers(commits)).toEqual([1, 1]);
  });

  test("the older merge claims a branch that was merged twice", () => {
    const commits = story(
      ["a", "fix: a", { parents: ["base"] }],
      ["b", "Merge pull request #1 from kim/a", { parents: ["base", "a"] }],
      ["c", "fix: c", { parents: ["a"] }],
      ["d", "Merge pull request #2 from kim/a", { parents: ["b", "c"] }],
    );
    expect(numbers(commits)).toEqual([2, 1]);
  });
});

describe("whose change it is", () => {
  const cavern = component("cavern", "charts/cavern", "charts/cavern/charts/db", "charts/cavern2");
  const db = component("db", "charts/cavern/charts/db", "charts/cavern");
  const touching = (...paths: readonly string[]) => story(["a", "fix: a", { paths }]);

  test.each<[string, ChangedComponent, readonly Commit[], number]>([
    ["a path inside", cavern, touching("charts/cavern/values.yaml"), 1],
    ["a path inside, among others", cavern, touching("README.md", "charts/cavern/values.yaml"), 1],
    ["a folder with the same beginning", cavern, touching("charts/cavern2/values.yaml"), 0],
    ["a path outside", cavern, touching("README.md"), 0],
    ["a path of an inner component", cavern, touching("charts/cavern/charts/db/values.yaml"), 0],
    ["a path of its own inside another", db, touching("charts/cavern/charts/db/values.yaml"), 1],
    ["a path of the outer component", db, touching("charts/cavern/values.yaml"), 0],
    ["both folders at once", cavern, touching("charts/cavern/charts/db/a", "charts/cavern/b"), 1],
    ["a link in the folder's place", cavern, touching("charts/cavern"), 1],
    ["anything, for the root", component("app", ".", "charts/cavern"), touching("charts/cavern/a"), 1],
    ["an empty commit, for the root", root, touching(), 1],
    ["an empty commit", cavern, touching(), 0],
    ["an empty commit with its scope", cavern, story(["a", "chore(Cavern): a", { paths: [] }]), 1],
    ["an empty commit with another scope", cavern, story(["a", "chore(db): a", { paths: [] }]), 0],
    ["an empty commit that asks for a release of it", cavern, story(["a", "chore: a\n\nRelease-As: cavern-1.2.0", { paths: [] }]), 1],
    ["an empty commit that asks for a release of another", cavern, story(["a", "chore(cavern): a\n\nRelease-As: db-1.2.0", { paths: [] }]), 0],
    ["an empty commit that asks for another's, for the root", root, story(["a", "chore: a\n\nRelease-As: db-1.2.0", { paths: [] }]), 0],
  ])("%s", (_, asked, commits, expected) => {
    expect(ask(commits, byCommits, { component: asked }).changes).toHaveLength(expected);
  });

  test("each component is told of its own commits, problems and pull requests alone", () => {
    const commits = story(["a", "fix: a (#1)", { paths: ["charts/cavern/a"] }], ["b", "fix: b (#2)", { paths: ["charts/db/a"] }]);
    const read = changeReader(byCommits);
    const numbersFor = (name: string) =>
      read({ commits, component: component(name, `charts/${name}`), unreleased: [] }).pullRequests.map(({ number }) => number);
    expect([numbersFor("cavern"), numbersFor("db")]).toEqual([[1], [2]]);
  });
});

describe("a release asked for", () => {
  test.each<[string, readonly Commit[], string | null]>([
    ["by the newest footer", story(["a", "fix: a\n\nRelease-As: 1.0.0"], ["b", "fix: b\n\nRelease-As: 2.0.0"], ["c", "fix: c"]), "2.0.0"],
    ["in the form of its tag", story(["a", "fix: a\n\nRelease-As: app-1.0.0"]), "app-1.0.0"],
    ["for another component", story(["a", "fix: a\n\nRelease-As: db-1.0.0"]), null],
    ["by a commit that was reverted", story(["a", "fix: a\n\nRelease-As: 1.0.0"], ["b", 'Revert "fix: a"']), null],
    ["in a merge", story(["a", "fix: a"], ["b", "Merge pull request #1 from kim/a\n\nA\n\nRelease-As: 1.0.0", { parents: ["base", "a"] }]), "1.0.0"],
  ])("%s", (_, commits, expected) => {
    expect(ask(commits).releaseAs?.text ?? null).toBe(expected);
  });
});

describe("reverts", () => {
  test("cancel what they name, and both stay in the list with the reason", () => {
    const commits = story(["a", "feat: one"], ["b", "fix: two"], ["c", `Revert "feat: one"\n\nThis reverts commit ${sha("a")}.`]);
    const answer = ask(commits);
    expect(lines(answer)).toEqual(["c cancelled: feat: one (takes back a000000)", "b patch: two (bug fix)", "a cancelled: one (reverted by c000000)"]);
    expect(answer.changes.map(({ cancelledBy }) => cancelledBy)).toEqual([sha("a"), null, sha("c")]);
  });

  test.each<[string, readonly Commit[], readonly string[]]>([
    ["by an abbreviated name", story(["abcdef1", "feat: one"], ["c", "revert: feat: one\n\nRefs: abcdef1"]), ["c", "abcdef1"]],
    ["by pull request number", story(["a", "feat: one (#11)"], ["c", 'Revert "One" (#12)\n\nReverts opencorp/doors#11']), ["c", "a"]],
    ["by title", story(["a", "feat: one (#11)"], ["c", 'Revert "feat: one" (#12)']), ["c", "a"]],
    ["by title with its number", story(["a", "feat: one (#11)"], ["c", 'Revert "feat: one (#11)" (#12)']), ["c", "a"]],
    ["by typed title", story(["a", "feat: one"], ["c", "revert: feat: one"]), ["c", "a"]],
    ["by title, the newest that is older", story(["a", "feat: one"], ["b", "feat: one"], ["c", 'Revert "feat: one"'], ["d", "feat: one"]), ["c", "b"]],
    ["by title, one each", story(["a", "feat: one"], ["b", "feat: one"], ["c", 'Revert "feat: one"'], ["d", 'Revert "feat: one"']), ["d", "c", "b", "a"]],
    [
      "twice",
      story(
        ["a", "feat: one"],
        ["b", `Revert "feat: one"\n\nThis reverts commit ${sha("a")}`],
        ["c", `Revert "feat: one" again\n\nThis reverts commit ${sha("a")}`],
      ),
      ["c", "b", "a"],
    ],
    ["of a revert restore the original", story(["a", "feat: one"], ["b", 'Revert "feat: one"'], ["c", 'Revert "Revert "feat: one""']), ["c", "b"]],
    ["by git's Reapply restore the original", story(["a", "feat: one"], ["b", 'Revert "feat: one"'], ["c", 'Reapply "feat: one"']), ["c", "b"]],
    [
      "of a revert of a revert take it back for good",
      story(["a", "feat: one"], ["b", 'Revert "feat: one"'], ["c", 'Revert "Revert "feat: one""'], ["d", 'Revert "Revert "Revert "feat: one"""']),
      ["d", "c", "b", "a"],
    ],
    [
      "of a merge take back all that it brought",
      story(
        ["a", "feat: a", { parents: ["base"] }],
        ["b", "feat: b", { parents: ["a"] }],
        ["c", "Merge branch 'b'", { parents: ["a", "b"] }],
        ["d", "Merge pull request #1 from kim/c\n\nDoors", { parents: ["base", "c"] }],
        ["e", `Revert "Doors"\n\nThis reverts commit ${sha("d")}, reversing\nchanges made to ${sha("base")}.`],
      ),
      ["e", "b", "a"],
    ],
    [
      "of what is released cancel nothing",
      story(["a", "feat: one"], ["b", 'Revert "feat: two"'], ["c", `revert: feat: one\n\nThis reverts commit ${sha("f")}.`]),
      [],
    ],
    ["of something newer cancel nothing", story(["a", `Revert "fix: b"\n\nThis reverts commit ${sha("b")}.`], ["b", "fix: b"]), []],
  ])("%s", (_, commits, expected) => {
    expect(cancelled(commits)).toEqual(expected);
  });

  test("of what is released is a change of its own", () => {
    expect(lines(ask(story(["a", 'Revert "feat: zero" (#3)'])))).toEqual(["a patch: feat: zero (takes back an earlier change)"]);
  });

  test("that take back only some of it count", () => {
    const commits = story(["a", "feat: one"], ["b", `revert: two things\n\nThis reverts commit ${sha("a")}.\nThis reverts commit ${sha("f")}.`]);
    expect(lines(ask(commits))).toEqual(["b patch: two things (takes back an earlier change)", "a cancelled: one (reverted by b000000)"]);
  });

  test("by a name that fits several commits cancel nothing and say so", () => {
    const commits = story(["abcdef1a", "feat: one"], ["abcdef1b", "feat: two"], ["c", "revert: feat: one\n\nThis reverts commit abcdef1."]);
    expect(cancelled(commits)).toEqual([]);
    expect(ask(commits).problems[0]?.message).toBe("commit c000000 reverts abcdef1, which fits several commits: it is counted as a change of its own");
  });
});

describe("pull requests speak", () => {
  const rules = listening("pull-requests");
  const of = (pullRequest: PullRequest, message = "whatever"): string | undefined => lines(ask(story(["a", message, { pullRequest }]), rules))[0];

  test.each<[PullRequest, string]>([
    [pull(1, "Door", "feature"), "a minor: Door (label feature on #1)"],
    [pull(1, "fix: door", "Type:Feature"), "a minor: door (label Type:Feature on #1)"],
    [pull(1, "feat: door", "bug", "documentation"), "a patch: door (label bug on #1, over documentation)"],
    [pull(1, "Door", "bug", "breaking-change", "chore"), "a major: Door (label breaking-change on #1, over bug and chore)"],
    [pull(1, "feat: door", "skip-changelog"), "a none: door (label skip-changelog on #1)"],
    [pull(1, "feat: door", "good first issue"), "a minor: door (new feature)"],
    [pull(1, "feat!: door", "bug"), "a major: door (breaking change, over label bug on #1)"],
    [pull(1, "Door"), "a unknown: Door (no label and no type on #1)"],
    [pull(1, "wip: door"), 'a unknown: door (unknown type "wip")'],
    [pull(1, 'Revert "feat: window"'), "a patch: feat: window (takes back an earlier change)"],
  ])("%j", (pullRequest, expected) => {
    expect(of(pullRequest)).toBe(expected);
  });

  test("with a breaking change that one of their commits admits", () => {
    const commits = story(["a", "fix: one\n\nBREAKING CHANGE: keys differ", { pullRequest: pull(1, "fix: door") }]);
    expect(ask(commits, rules).changes[0]).toMatchObject({ effect: "major", breakingNotes: ["keys differ"] });
  });

  test("once each, at the merge, with all paths; a direct push speaks for itself", () => {
    const commits = story(
      ["a", "feat: pushed"],
      ["b", "fix: one", { parents: ["a"], paths: ["x"] }],
      ["c", "feat: two", { parents: ["b"], paths: ["y"] }],
      ["d", "Merge pull request #7 from kim/two\n\nfix: both", { parents: ["a", "c"] }],
      ["e", "Squashed (#8)\n\n* feat: unheard"],
    );
    const answer = ask(commits, rules);
    expect(lines(answer)).toEqual(["e unknown: Squashed (no label and no type on #8)", "d patch: both (bug fix)", "a minor: pushed (new feature)"]);
    expect(answer.changes[1]?.paths).toEqual(["y", "x"]);
    expect(answer.unparsed).toEqual([sha("e")]);
    expect(answer.pullRequests.map(({ number }) => number)).toEqual([8, 7]);
  });

  test("and are cancelled when all of their commits are", () => {
    const commits = story(["a", "feat: one (#1)"], ["b", 'Revert "feat: one" (#2)']);
    expect(ask(commits, rules).changes.map(({ effect }) => effect)).toEqual(["cancelled", "cancelled"]);
  });
});

describe("the changelog speaks", () => {
  const rules = listening("changelog");

  test.each([
    ["Removed", "major"],
    ["Added", "minor"],
    ["changed", "minor"],
    ["Deprecated", "minor"],
    ["Fixed", "patch"],
    [" Security ", "patch"],
    ["Thoughts", "unknown"],
    [null, "unknown"],
  ])("an item under %p is %s", (category, expected) => {
    expect(ask(story(["a", "x"]), rules, { unreleased: [item(category)] }).changes[0]?.effect).toBe(expected);
  });

  test("items first, commits beside them without effect", () => {
    const answer = ask(story(["a", "feat!: a"]), rules, { unreleased: [item("Fixed"), item("Fixed", true)] });
    expect(lines(answer)).toEqual([
      "a patch: A door (under Fixed in the changelog, line 9)",
      "a major: A door (breaking, under Fixed in the changelog, line 9)",
      "a none: a (the changelog decides)",
    ]);
    expect(answer.unparsed).toEqual([]);
  });

  test("an empty section leaves the commits unknown, never without effect", () => {
    expect(lines(ask(story(["a", "feat: a"]), rules))).toEqual(["a unknown: a (nothing stands under Unreleased in the changelog)"]);
  });

  test("without commits there is nothing to say", () => {
    expect(ask([], rules, { unreleased: [item("Added")] }).changes).toEqual([]);
  });
});

describe("any history", () => {
  const message = fc.constantFrom(
    "feat: a",
    "fix: b (#3)",
    "c",
    "Merge pull request #4 from kim/x\n\nfix: y",
    "Merge branch 'x'",
    'Revert "feat: a"',
    "revert: fix: b",
    "Doors (#5)\n\n* feat: d\n* fix: e",
    "chore: f\n\nReverts #3",
  );
  const folder = fc.constantFrom("a", "b");
  const sketches = fc.array(fc.record({ message, parents: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }), folder }), { maxLength: 40 });
  const sources = fc.constantFrom<ChangeRules["versioning"]["source"]>("conventional-commits", "pull-requests", "changelog");

  test("loses no commit and tells none twice", () => {
    fc.assert(
      fc.property(sketches, sources, fc.constantFrom(".", "a"), (told, source, path) => {
        const drafts = told.map((one, index): [string, string, Sketch] => {
          const parents = [...new Set(one.parents.map((back) => `p${index - 1 - back}x`))];
          return [`p${index}x`, one.message, { parents, paths: parents.length > 1 ? [] : [`${one.folder}/${index}`] }];
        });
        const commits = story(...drafts);
        const { changes } = ask(commits, listening(source), { component: { name: "a", path, others: [] } });
        // Each commit has a path of its own, so the paths of a change tell whom it speaks for: exactly one change place each.
        const plain = commits.filter(({ parents }) => parents.length === 1).map(({ paths }) => paths[0]!);
        const own = plain.filter((one) => path === "." || one.startsWith("a/"));
        const tellers = own.map((one) => new Set(changes.filter(({ paths }) => paths.includes(one)).map(({ sha: at }) => at)).size);
        expect(tellers).toEqual(own.map(() => 1));
        expect(changes.filter(({ paths }) => paths.length > 0 && !paths.some((one) => own.includes(one)))).toEqual([]);
        const order = changes.map(({ sha: at }) => commits.findIndex((commit) => commit.sha === at));
        expect(order).toEqual(order.toSorted((left, right) => left - right));
      }),
      { numRuns: 500 },
    );
  });

  test("a long one of nested merges and reverts is read to the end", () => {
    const told = Array.from({ length: 20_000 }, (_, index): [string, string, Sketch] => [
      `p${index}x`,
      index % 3 === 0 ? "Merge pull request #4 from kim/x" : 'Revert "Revert "feat: a""',
      { parents: index % 3 === 0 ? [`p${index - 2}x`, `p${index - 1}x`] : [`p${index - 1}x`] },
    ]);
    expect(ask(story(...told)).changes.length).toBeGreaterThan(0);
  });
});
