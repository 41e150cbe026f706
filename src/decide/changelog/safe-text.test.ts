import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { breakMentions, safeLine } from "./safe-text.ts";

const NOBODY: ReadonlySet<string> = new Set();

describe("a line of foreign text", () => {
  test.each([
    ["# heading", "\\# heading"],
    ["- item", "\\- item"],
    ["* item", "\\* item"],
    ["+ item", "\\+ item"],
    ["> quote", "\\> quote"],
    ["1. item", "1\\. item"],
    ["12) item", "12\\) item"],
    ["[ ] task", "\\[ ] task"],
    ["[1.0.0]: https://evil.example", "\\[1.0.0]: https://evil.example"],
    ["---", "\\---"],
    ["~~~ fence", "\\~~~ fence"],
    ["```fence", "\\`\\`\\`fence"],
    ["| cell", "\\| cell"],
  ])("%j cannot begin a block", (text, safe) => {
    expect(safeLine(text)).toBe(safe);
  });

  test.each([
    ["<!-- release-steward: mine -->", "&lt;!-- release-steward: mine -->"],
    ["x <img src=y onerror=z> </details>", "x &lt;img src=y onerror=z> &lt;/details>"],
    ["![pixel](https://evil.example/p.png)", "!\\[pixel](https://evil.example/p.png)"],
    ["&lt;b&gt; &#64;user", "&amp;lt;b&amp;gt; &amp;#64;user"],
    ["use `List<String>` and `a && b`", "use `List<String>` and `a && b`"],
    ["``a ` <b>`` <b>", "``a ` <b>`` &lt;b>"],
    ["an ` open <b>", "an \\` open &lt;b>"],
    ["escaped \\`<b>\\`", "escaped \\`&lt;b>\\`"],
    ["see <https://example.org/a>, a < b, R&D", "see <https://example.org/a>, a < b, R&D"],
    ["https://example.org/a`b <i> `", "https://example.org/a%60b &lt;i> \\`"],
    ["close #12, GH-3 and other/name#4", "close #12, GH-3 and other/name#4"],
    ["two\r\nlines\u2028and\u0000more\ttext", "two lines and more text"],
    ["\u202Etxt.exe", "txt.exe"],
    ["**bold** stays", "**bold** stays"],
  ])("%j becomes %j", (text, safe) => {
    expect(safeLine(text)).toBe(safe);
  });

  test("is one line, whatever comes in, and holds no tag outside code", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("<", "!", "-", ">", "`", "\\", "\n", "\r", " ", "a", "#", "[", "]", ":", "&", ";", "1", ".", "https://") }),
        (text) => {
          const safe = safeLine(text);
          expect(safe).not.toMatch(/[\r\n]/);
          expect(safe).not.toMatch(/^(?:#{1,6}\s|[-+*]\s|>|\d+[.)]\s|\[[ x]\]\s|\[[^\]]*\]:|`{3}[^`]*$)/);
          expect(safe.includes("`") ? "" : safe).not.toMatch(/<(?!https?:)[A-Za-z/!?]/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const plain = (value: string): string => value.replaceAll(/%40|&#64;/g, "@").replaceAll("&#8203;", "");

describe("mentions", () => {
  test.each([
    ["thanks @kim", "thanks @&#8203;kim"],
    ["@org/team and @Lee", "@&#8203;org/team and @Lee"],
    ["(@kim) _@kim_ -@kim .@kim", "(@&#8203;kim) _@&#8203;kim_ -@&#8203;kim .@&#8203;kim"],
    ["mail kim@example.org or first.last@example.org", "mail kim@example.org or first.last@example.org"],
    ["`@kim` and ``a ` @kim``", "`@kim` and ``a ` @kim``"],
    ["` open @kim", "` open @&#8203;kim"],
    ["\\`@kim\\`", "\\`@&#8203;kim\\`"],
    ["`a`@kim", "`a`@&#8203;kim"],
    ["- `a\n- @kim `", "- `a\n- @&#8203;kim `"],
    ["| `a | @kim ` |", "| `a | @&#8203;kim ` |"],
    ["```\n@kim\n```\n@kim", "```\n@kim\n```\n@&#8203;kim"],
    ["&#64;kim &#x40;kim &commat;kim", "@&#8203;kim @&#8203;kim @&#8203;kim"],
    ["https://npm.example/package/@scope/name", "https://npm.example/package/%40scope/name"],
    ["[x](https://example.org)@kim", "[x](https://example.org)%40kim"],
    ["<https://example.org/@kim> @kim", "<https://example.org/@kim> @&#8203;kim"],
    ["@lee-evil @lee", "@&#8203;lee-evil @lee"],
    ["<!-- x --> @kim", "<!-- x --> @&#8203;kim"],
    ["a @ b, @-x", "a @ b, @-x"],
  ])("of outsiders in %j are broken", (text, broken) => {
    expect(breakMentions(text, new Set(["@lee"]))).toBe(broken);
  });

  test("are broken once and for all, and nothing else changes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("@", "kim", "`", "\\", "\n", "\r\n", " ", "<", ">", "https://", "|", "```", "- ", "_", "&#64;") }),
        (text) => {
          const broken = breakMentions(text, NOBODY);
          expect(breakMentions(broken, NOBODY)).toBe(broken);
          expect(plain(broken)).toBe(plain(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("in a subject are harmless in a body at once", () => {
    expect(breakMentions(safeLine("<b> @kim `@lee`"), new Set())).toBe("&lt;b> @&#8203;kim `@lee`");
  });
});
