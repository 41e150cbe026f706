import { describe, expect, test } from "@jest/globals";
import { CommitParser } from "conventional-commits-parser";
import fc from "fast-check";
import { MESSAGE_MAX, readCommit } from "./read-commit.ts";
import type { Statement } from "./read-body.ts";
import { MEANINGS } from "./types.ts";

const read = (message: string) => readCommit(message, MEANINGS);

/** `type(scope)! description`, with `?` where there is no type. */
function shown({ type, scope, isBreaking, description }: Statement): string {
  return `${type ?? "?"}${scope === null ? "" : `(${scope})`}${isBreaking ? "!" : ""} ${description}`;
}

const says = (message: string): readonly string[] => read(message).statements.map(shown);

describe("the subject of a commit", () => {
  test.each([
    ["feat: add a door", "feat add a door"],
    ["fix(api): close the door", "fix(api) close the door"],
    ["feat!: replace the door", "feat! replace the door"],
    ["feat(api)!: replace the door", "feat(api)! replace the door"],
    ["feat!(api): replace the door", "feat(api)! replace the door"],
    ["Fix: close", "fix close"],
    ["FEAT(API): add", "feat(API) add"],
    ["feature: add", "feature add"],
    ["new-look: paint it", "new-look paint it"],
    ["wip: half a door", "wip half a door"],
    ["deps: update hinges", "deps update hinges"],
    ["chore(deps): bump hinges from 1 to 2", "chore(deps) bump hinges from 1 to 2"],
    ["chore(main): release 1.2.0", "chore(main) release 1.2.0"],
    ["feat(a/b.c-d @e): x", "feat(a/b.c-d @e) x"],
    ["feat(list(of)): x", "feat(list(of)) x"],
    ["feat(): x", "feat x"],
    ["feat(a): x (b): y", "feat(a) x (b): y"],
    ["fix:close", "fix close"],
    ["chore : tidy", "chore tidy"],
    ["fix: close (#12)", "fix close"],
    ["fix: close (#12) (#34)", "fix close"],
    ["fix: close (see #12)", "fix close (see #12)"],
    ["fix: close #12", "fix close #12"],
    ["  fix: close  ", "fix close"],
    ["\uFEFFfix: close", "fix close"],
    ["\n\nfix: close", "fix close"],
    ["🐛 fix: close", "fix close"],
    ["🐛fix: close", "fix close"],
    ["✨ feat(scope)!: x", "feat(scope)! x"],
    [":bug: fix: x", "fix x"],
    [":sparkles: :tada: feat: x", "feat x"],
    ["♻️ refactor: x", "refactor x"],
    ["👩‍💻 chore: x", "chore x"],
    ["feat: ✨ shine", "feat ✨ shine"],
    ["🐛 Close the door", "fix Close the door"],
    ["✨ Add a door (#7)", "feat Add a door"],
    ["🌱 Sweep", "chore Sweep"],
    ["📖 Explain", "docs Explain"],
    ["⚠️ Drop the window", "breaking! Drop the window"],
    ["⚠ Drop the window", "breaking! Drop the window"],
    [":seedling: Sweep", "chore Sweep"],
    ["🚀 Ship it", "? 🚀 Ship it"],
    ["🎨 Paint", "? 🎨 Paint"],
    ["✨", "? ✨"],
    ["Add a door", "? Add a door"],
    ["Add a door (#12)", "? Add a door"],
    ["Bump hinges from 1 to 2", "? Bump hinges from 1 to 2"],
    ["feat add a door", "? feat add a door"],
    ["feat:", "? feat:"],
    ["feat(api) add", "? feat(api) add"],
    ["[door] fix: x", "? [door] fix: x"],
    ["area/fix: x", "? area/fix: x"],
    ["see http://a.example", "? see http://a.example"],
    ["std::move it", "? std::move it"],
    ["note:no space after an unknown word", "? note:no space after an unknown word"],
    ["", "? "],
    [" \n\t\n", "? "],
  ])("%j says %j", (message, expected) => {
    expect(says(message)).toEqual([expected]);
  });
});

describe("what stands below the subject", () => {
  test.each<[string, string, readonly string[]]>([
    ["squash bullets below a subject without type", "Doors (#1)\n\n* feat: a\n* fix(x): b\n* wip", ["feat a", "fix(x) b"]],
    ["dashes as well as stars", "Doors\n\n- feat: a\n- Fix: b", ["feat a", "fix b"]],
    ["bullets with a body each", "Doors\n\n* feat: a\n\n  because\n\n* fix: b\n\n  because", ["feat a", "fix b"]],
    ["the same bullet once", "Doors\n\n* fix: a\n* fix: a\n* fix: ab", ["fix a", "fix ab"]],
    ["no bullets below a typed subject", "feat: doors (#1)\n\n* fix: a\n* feat!: b", ["feat doors"]],
    ["no bullets of unknown type", "Doors\n\n* note: a\n* see: b", ["? Doors"]],
    ["no nested bullets", "Doors\n\n* feat: a\n    * fix: detail", ["feat a"]],
    ["paragraphs below a typed subject", "feat: a\n\nWhy it is so.\n\nfix(x): b\n\ndocs: c", ["feat a", "fix(x) b", "docs c"]],
    ["paragraphs below a subject without type", "Doors\n\nfeat: a", ["feat a"]],
    ["paragraphs of a type with an exclamation mark", "fix: a\n\nfeat!: b", ["fix a", "feat! b"]],
    ["no line in the middle of a paragraph", "fix: a\n\nThis is about\nfeat: in commit messages", ["fix a"]],
    ["no line right below the subject's paragraph", "fix: a\nmore\nfeat: b", ["fix a"]],
    ["no paragraph of unknown type", "fix: a\n\nnote: b", ["fix a"]],
    ["no paragraph that opens with a capital", "fix: a\n\nTest: ran it by hand", ["fix a"]],
    ["no indented paragraph", "fix: a\n\n    feat: an example", ["fix a"]],
    ["no code", "fix: a\n\n```\n\nfeat: example\n\nBREAKING CHANGE: example\n```\n", ["fix a"]],
    ["what follows a fence that never closes", "fix: a\n\n```\n\nfeat: b", ["fix a", "feat b"]],
    ["no quote", "fix: a\n\n> feat: b\n> BREAKING CHANGE: c", ["fix a"]],
    ["the subject once when its body repeats it", "feat(x): a door (main) (#12)\n\nfeat(x): a door\n\nMore.", ["feat(x) a door (main)"]],
    ["no notes of others below an update", "Bump hinges from 1.0 to 2.0\n\n* feat: theirs\n\nfix: theirs too", ["? Bump hinges from 1.0 to 2.0"]],
    ["no trailer", "fix: a\n\nCo-authored-by: Kim <kim@example.org>\nSigned-off-by: Lee <lee@example.org>", ["fix a"]],
    ["Windows line ends", "fix: a\r\n\r\nfeat: b\r\n", ["fix a", "feat b"]],
    ["the title of a merged pull request", "Merge pull request #12 from kim/door\n\nfeat: a door", ["feat a door"]],
    ["a merged branch as it stands", "Merge branch 'main' into door", ["? Merge branch 'main' into door"]],
  ])("%s", (_, message, expected) => {
    expect(says(message)).toEqual(expected);
  });
});

describe("breaking changes", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["feat: a\n\nBREAKING CHANGE: b", ["feat! a"], ["b"]],
    ["feat: a\n\nBREAKING-CHANGE: b", ["feat! a"], ["b"]],
    ["feat: a\n\nBreaking Change: b", ["feat! a"], ["b"]],
    ["feat: a\n\nBREAKING CHANGES: b", ["feat! a"], ["b"]],
    ["chore(deps): a\n\nBreaking changes:\n\n- quoted from another project", ["chore(deps) a"], []],
    ["feat: a\n\nbreaking change: b", ["feat! a"], ["b"]],
    ["feat: a\n\n**BREAKING CHANGE:** b", ["feat! a"], ["b"]],
    ["feat: a\n\n**BREAKING CHANGE**: b", ["feat! a"], ["b"]],
    ["feat: a\n\n- BREAKING CHANGE: b", ["feat! a"], ["b"]],
    ["feat: a\n\nSome text.\n  BREAKING-CHANGE: b\n  more\nSource-Link: x", ["feat! a"], ["b\nmore"]],
    ["feat: a\n\nBREAKING CHANGE: b\nmore\n\nno longer it", ["feat! a"], ["b\nmore"]],
    ["feat: a\n\nBREAKING CHANGE:\n\nb", ["feat! a"], ["b"]],
    ["feat: a\n\nBREAKING CHANGE: b\n\nBREAKING CHANGE: c", ["feat! a"], ["b", "c"]],
    ["feat: a\n\n---------\nBREAKING CHANGE: b\n\nCo-authored-by: Kim", ["feat! a"], ["b"]],
    ["feat: a\n\n-notes-\n\nBREAKING CHANGE: b", ["feat! a"], ["b"]],
    ["feat: a\n\nReviewed-by: Kim\nBREAKING CHANGE: b\nRefs: #1", ["feat! a"], ["b"]],
    ["feat: a\n\nBREAKING CHANGE:", ["feat! a"], []],
    ["feat!: a", ["feat! a"], []],
    ["Doors\n\nBREAKING CHANGE: b", ["?! Doors"], ["b"]],
    ["feat: a\n\nBREAKING CHANGE: none", ["feat a"], []],
    ["feat: a\n\nBreaking changes: N/A", ["feat a"], []],
    ["feat: a\n\nThis is no BREAKING CHANGE: it only looks so", ["feat a"], []],
    ["feat: a\n\nbreaking change in the plans", ["feat a"], []],
  ])("%j", (message, expected, notes) => {
    const { statements } = read(message);
    expect(statements.map(shown)).toEqual(expected);
    expect(statements.flatMap(({ breakingNotes }) => breakingNotes)).toEqual(notes);
  });

  test("belong to the statement that they stand below", () => {
    expect(says("feat: a\n\nfix: b\n\nBREAKING CHANGE: c\n\ndocs: d")).toEqual(["feat a", "fix! b", "docs d"]);
    expect(says("Doors\n\n* feat: a\n* fix: b\n\n  BREAKING CHANGE: c")).toEqual(["feat a", "fix! b"]);
  });

  test("of a repeated statement count for the one that stays", () => {
    expect(says("feat: a (#1)\n\nfeat: a\n\nBREAKING CHANGE: b")).toEqual(["feat! a"]);
  });
});

describe("pull requests, reverts and requests", () => {
  test.each([
    ["fix: a (#12)", null, 12],
    ["fix: a (#12) (#34)", null, 34],
    ['Revert "fix: a (#12)" (#34)', null, 34],
    ["Merge pull request #12 from kim/door\n\nfeat: a (#9)", 12, 9],
    ["Merge pull request #12 from kim/door", 12, null],
    ["fix: a #12", null, null],
    ["fix: a (#0)", null, null],
    ["Merge branch 'main'", null, null],
  ])("%j merges %p and squashes %p", (message, merges, squashes) => {
    expect(read(message)).toMatchObject({ merges, squashes });
  });

  const sha = "0123456789abcdef0123456789abcdef01234567";
  test.each<[string, string, object]>([
    [`Revert "feat: a"\n\nThis reverts commit ${sha}.`, "revert feat: a", { shas: [sha], pullRequests: [], title: "feat: a" }],
    ['Revert "feat: a" (#12)\n\nReverts opencorp/doors#11', "revert feat: a", { shas: [], pullRequests: [11], title: "feat: a" }],
    ['Revert "feat: a (#11)" (#12)', "revert feat: a (#11)", { shas: [], pullRequests: [], title: "feat: a (#11)" }],
    ["revert: feat: a\n\nThis reverts commit 0123456.", "revert feat: a", { shas: ["0123456"], pullRequests: [], title: "feat: a" }],
    ["revert: the noodles\n\nRefs: 676104e, a215868", "revert the noodles", { shas: ["676104e", "a215868"], pullRequests: [], title: "the noodles" }],
    ["revert(door)!: feat: a", "revert(door)! feat: a", { shas: [], pullRequests: [], title: "feat: a" }],
    [
      `Revert the door\n\nThis reverts commit ${sha}, reversing\nchanges made to ${sha}.`,
      "revert Revert the door",
      { shas: [sha], pullRequests: [], title: null },
    ],
    ['Revert "Revert "feat: a""', "feat a", { shas: [], pullRequests: [], title: 'Revert "feat: a"' }],
    ['Reapply "feat: a"', "feat a", { shas: [], pullRequests: [], title: 'Revert "feat: a"' }],
    ['Revert "Revert "Add a door""', '? Revert "Revert "Add a door""', { shas: [], pullRequests: [], title: 'Revert "Add a door"' }],
  ])("%j", (message, expected, revert) => {
    expect(says(message)).toEqual([expected]);
    expect(read(message).revert).toEqual(revert);
  });

  test.each([
    ["Revert to the old way"],
    ["fix: bring the door back\n\nThis reverts commit 0123456."],
    ['feat: doors (#1)\n\n* add a door\n\n* Revert "add a window"\n\nThis reverts commit 0123456.'],
  ])("%j is no revert as a whole", (message) => {
    expect(read(message).revert).toBeNull();
  });

  test.each([
    ["chore: x\n\nRelease-As: 1.2.3", "1.2.3"],
    ["chore: x\n\nrelease-as: v2.0.0\nSigned-off-by: Kim", "v2.0.0"],
    ["Doors\n\n* feat: a\n\n  RELEASE-AS: cavern-1.2.3  ", "cavern-1.2.3"],
    ["chore: x\n\nRelease-As: 1.0.0\nRelease-As: 2.0.0", "2.0.0"],
    ["chore: x\n\nthe Release-As: 1.2.3 footer", null],
    ["chore: x\n\nRelease-As:", null],
  ])("%j asks for %p", (message, expected) => {
    expect(read(message).releaseAs).toBe(expected);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    "feat",
    "fix(a)",
    "!",
    ": ",
    ":",
    "\n",
    "\n\n",
    "* ",
    "- ",
    "(",
    ")",
    "(#12)",
    "BREAKING CHANGE: ",
    "Release-As: ",
    "Revert ",
    '"',
    "```\n",
    "> ",
    "✨",
    ":bug:",
    "a".repeat(50),
    " ",
    "---",
    "-notes-",
    "http://",
    "0123456",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join("")),
  );

  test("is read without an error and says at least one thing in one line", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { statements } = read(text);
        expect(statements.length).toBeGreaterThan(0);
        for (const { description, subject } of statements) expect(`${description}${subject}`).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 2000 },
    );
  });

  test("is read twice alike: nothing is remembered between messages", () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const first = read(text);
        read(other);
        expect(read(text)).toEqual(first);
      }),
    );
  });

  test.each([
    ["a"],
    [" "],
    ["(#1)"],
    ["((a)"],
    ["✨"],
    [":bug:"],
    ['Revert "'],
    ["* fix: "],
    ["fix: a\n\n"],
    ["BREAKING CHANGE: a\n"],
    ["```\n"],
    ["> \n"],
    ["Refs: 0123456, "],
  ])("of 64 KB made of %j is read to the end", (piece) => {
    const text = piece.repeat(Math.ceil(MESSAGE_MAX / piece.length));
    expect(read(text).statements.length).toBeGreaterThan(0);
    expect(read(`Revert ${text}`).statements.length).toBeGreaterThan(0);
    expect(read(`fix: x\n\n${text}`).statements.length).toBeGreaterThan(0);
    expect(read(`fix: x\n\nBREAKING CHANGE${text}`).statements.length).toBeGreaterThan(0);
  });

  test("longer than the cap is read up to there, and says so", () => {
    const read288 = read(`feat: a\n${"BREAKING CHANGE: b\n".repeat(16_000)}`);
    expect(read288.isCut).toBe(true);
    expect(read288.statements.map(shown)).toEqual(["feat! a"]);
    expect(read(`feat: a\n\n${"x".repeat(MESSAGE_MAX)}\n\nfix: b`).statements.map(shown)).toEqual(["feat a"]);
    expect(read("feat: a").isCut).toBe(false);
  });
});

describe("a second opinion", () => {
  // The preset's patterns (conventional-changelog-conventionalcommits), on lines short enough for that parser.
  const parser = new CommitParser({
    headerPattern: /^(\w*)(?:\((.*)\))?!?: (.*)$/,
    breakingHeaderPattern: /^(\w*)(?:\((.*)\))?!: (.*)$/,
    noteKeywords: ["BREAKING CHANGE", "BREAKING-CHANGE"],
  });
  const word = fc.stringMatching(/^[a-z]{1,9}$/);
  const commits = fc.record({
    type: word,
    scope: fc.option(word),
    mark: fc.constantFrom("", "!"),
    words: fc.array(word, { minLength: 1, maxLength: 4 }),
    // These say that nothing breaks; that parser takes them for a note.
    note: fc.option(word.filter((text) => !["na", "no", "none", "nothing"].includes(text))),
  });

  test("conventional-commits-parser reads a well-formed commit the same", () => {
    fc.assert(
      fc.property(commits, ({ type, scope, mark, words, note }) => {
        const header = `${type}${scope === null ? "" : `(${scope})`}${mark}: ${words.join(" ")}`;
        const message = note === null ? header : `${header}\n\nBREAKING CHANGE: ${note}`;
        const theirs = parser.parse(message);
        const [ours] = read(message).statements;
        expect(ours).toMatchObject({
          type: theirs["type"],
          scope: theirs["scope"],
          description: theirs["subject"],
          isBreaking: theirs.notes.length > 0 && type !== "breaking",
        });
      }),
    );
  });
});
