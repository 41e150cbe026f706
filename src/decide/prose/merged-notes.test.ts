import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RELEASE_BODY_MAX } from "../changelog/index.ts";
import { isEdited, mergedNotes } from "./merged-notes.ts";
import { withOwnedRegion } from "./release-body.ts";

const NOTES = "### Added\n- disks (#1)\n\n**All changes**: https://x.test/1\n";
const NEWER = "### Added\n- disks (#1)\n- lamps (#2)\n\n<details><summary>Also</summary>\n\n- chore (#3)\n\n</details>\n\n**All changes**: https://x.test/1\n";
const draft = (notes: string): string => mergedNotes({ standing: null, wanted: notes, mode: "keep" });
const OWN = draft(NOTES);
const EDITED = OWN.replace("disks", "big disks");
const region = (body: string): string => withOwnedRegion(body, { state: "Rollout under way", artifacts: null, moving: [] });

describe("an edit of people is told from the app's own text [W-35]", () => {
  test.each<[string, string, boolean]>([
    ["as it was written", OWN, false],
    ["with line ends of a browser", OWN.replaceAll("\n", "\r\n"), false],
    ["with the app's region behind it", region(OWN), false],
    ["without a final newline", OWN.trimEnd(), false],
    ["emptied", "  \n", false],
    ["a word changed", EDITED, true],
    ["a word changed, with a region", region(EDITED), true],
    ["written behind the end", `${OWN}\nThanks!`, true],
    ["without the app's last line", NOTES, true],
    ["the app's last line of another text", draft("other").replace("other", "mine"), true],
  ])("%s", (_name, body, edited) => {
    expect(isEdited(body)).toBe(edited);
  });
});

describe("what becomes of an edit", () => {
  test.each(["keep", "append", "replace"] as const)("%s: what nobody edited is written anew", (mode) => {
    expect(mergedNotes({ standing: OWN, wanted: NEWER, mode })).toBe(draft(NEWER));
    expect(mergedNotes({ standing: "", wanted: NEWER, mode })).toBe(draft(NEWER));
  });
  test("keep: it stays to the letter", () => {
    expect(mergedNotes({ standing: region(EDITED), wanted: NEWER, mode: "keep" })).toBe(region(EDITED));
  });
  test("replace: it is written over", () => {
    expect(mergedNotes({ standing: EDITED, wanted: NEWER, mode: "replace" })).toBe(draft(NEWER));
  });
  test("append: what it lacks is put behind it, before the app's region", () => {
    expect(mergedNotes({ standing: region(EDITED), wanted: NEWER, mode: "append" })).toMatchInlineSnapshot(`
"### Added
- big disks (#1)

**All changes**: https://x.test/1

### Since these notes were edited
- disks (#1)
- lamps (#2)
- chore (#3)

<!-- release-steward:artifacts -->

**Rollout under way**

<!-- /release-steward:artifacts -->
"
`);
  });
  test("append: half a block of code would swallow what follows, so none of it is added", () => {
    const wanted = `${NOTES}\n\`\`\`\nnpm i\n\`\`\`\n- lamps (#2)`;
    expect(mergedNotes({ standing: EDITED, wanted, mode: "append" })).toMatch(/edited\n- disks \(#1\)\n- lamps \(#2\)\n$/);
  });
  test("append: nothing new, nothing written", () => {
    expect(mergedNotes({ standing: `${OWN}\nThanks!`, wanted: NOTES, mode: "append" })).toBe(`${OWN}\nThanks!`);
  });

  test("doing it twice changes nothing more, and no text of people is lost but by replacing", () => {
    const texts = fc.array(fc.constantFrom("- a", "- b", "### c", "", "```", "<details>", "**d**", "e\r")).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(texts, texts, fc.boolean(), fc.constantFrom("keep" as const, "append" as const, "replace" as const), (people, wanted, hasRegion, mode) => {
        const standing = hasRegion ? region(people) : people;
        const once = mergedNotes({ standing, wanted, mode });
        expect(mergedNotes({ standing: once, wanted, mode })).toBe(once);
        expect(mode === "replace" || once.includes(people.trim())).toBe(true);
      }),
    );
  });

  test("append: lines that do not fit GitHub's limit are not added, and none is cut", () => {
    const people = "x".repeat(RELEASE_BODY_MAX - 100);
    const once = mergedNotes({ standing: people, wanted: "- short\n- " + "long ".repeat(100), mode: "append" });
    expect(once.length).toBeLessThanOrEqual(RELEASE_BODY_MAX);
    expect(once.endsWith("### Since these notes were edited\n- short\n")).toBe(true);
    expect(mergedNotes({ standing: once, wanted: "- short\n- " + "long ".repeat(100), mode: "append" })).toBe(once);
  });
});
