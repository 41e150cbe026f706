import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { marked, type Token } from "marked";
import { commandsIn } from "./scanner.ts";

const said = (markdown: string) => commandsIn(markdown).map(({ text }) => text);

describe("what is a command", () => {
  test.each([
    ["a line", "/release plan", ["/release plan"]],
    ["with text around it", "Please\n/release plan\nthank you", ["/release plan"]],
    ["several, in order", "/release hold a\n\ntext\n\n/release unhold", ["/release hold a", "/release unhold"]],
    ["twice the same", "/release plan\n/release plan", ["/release plan", "/release plan"]],
    ["up to three spaces before it", "   /release plan", ["/release plan"]],
    ["with CRLF", "a\r\n/release plan\r\nb", ["/release plan"]],
    ["with CR", "a\r/release plan\rb", ["/release plan"]],
    ["without a verb", "/release", ["/release"]],
    ["with a tab behind it", "/release\tplan", ["/release plan"]],
    ["after a heading", "# Title\n/release plan", ["/release plan"]],
    ["after a rule", "---\n/release plan", ["/release plan"]],
    ["below a list", "- one\n- two\n\n/release plan", ["/release plan"]],
    ["in a list item, as text", "- one\n  /release plan", ["/release plan"]],
    ["after a quote that ended", "> quoted\n\n/release plan", ["/release plan"]],
    ["after a fence that ended", "```\ncode\n```\n/release plan", ["/release plan"]],
    ["below a fence in a list item", "- ```\n  /release hold\n  ```\n/release plan", ["/release plan"]],
    ["after a list item that stayed empty", "-\n\n   ```\ncode\n   ```\n/release plan", ["/release plan"]],
    ["after what only looks like a tag", "a <b\n/release plan\nc> d", ["/release plan"]],
    ["after a fence in a list that ended with the list", "1. ```\n   code\n/release plan", ["/release plan"]],
    ["after a code span that ended", "`a`\n/release plan", ["/release plan"]],
    ["after a backtick that nothing closes", "a ` b\n/release plan", ["/release plan"]],
    ["after a run of backticks of another length", "``a\n/release plan\n`b", ["/release plan"]],
    ["between escaped backticks", "\\`a\n/release plan\nb\\`", ["/release plan"]],
    ["with code in it", "/release hold `x` fails", ["/release hold `x` fails"]],
    ["within details, after a blank line", "<details>\n<summary>x</summary>\n\n/release plan\n\n</details>", ["/release plan"]],
    ["after a comment that ended", "<!-- a -->\n/release plan", ["/release plan"]],
    ["after a comment that its paragraph does not close", "text <!-- a\n/release plan\n\n-->", ["/release plan"]],
    ["after an address in angles", "<https://example.com>\n/release plan", ["/release plan"]],
    ["after a lesser sign", "a < b\n/release plan", ["/release plan"]],
  ])("%s", (_, markdown, commands) => {
    expect(said(markdown)).toEqual(commands);
  });
});

describe("what is none", () => {
  test.each([
    ["within a line", "say /release plan"],
    ["another word", "/released plan"],
    ["a path", "/release/plan"],
    ["a hyphen", "/release-notes"],
    ["in capitals", "/RELEASE plan"],
    ["four spaces: code", "    /release plan"],
    ["a tab: code", "\t/release plan"],
    ["a fence", "```\n/release plan\n```"],
    ["a fence of tildes", "~~~ sh\n/release plan\n~~~"],
    ["a fence within a longer one", "`````\n```\n/release plan\n`````"],
    ["a fence of tildes that backticks don't close", "~~~\n```\n/release plan"],
    ["a fence that ends with the text", "```\n/release plan"],
    ["a fence in a list item", "1. ```\n   /release plan\n   ```"],
    ["a fence with a word behind its end, which is no end", "```\n``` x\n/release plan"],
    ["a quote", "> /release plan"],
    ["a quote in a list", "- > text\n/release plan"],
    ["a line that lazily goes on with a quote", "> text\n/release plan"],
    ["a nested quote", "> > text\n/release plan"],
    ["a fence in a quote", "> ```\n> /release plan\n> ```"],
    ["a code span over lines", "`a\n/release plan\nb`"],
    ["a comment", "<!--\n/release plan\n-->"],
    ["a comment with a blank line in it", "<!-- a\n\n/release plan\n\n-->"],
    ["a comment that never ends", "<!-- a\n\n/release plan"],
    ["a comment within a paragraph", "text <!-- a\n/release plan\nb -->"],
    ["a tag within a paragraph", 'text <a title="\n/release plan\n">b</a>'],
    ["an HTML block", "<div>\n/release plan\n</div>"],
    ["an HTML block in a paragraph", "text\n<details>\n/release plan"],
    ["details without a blank line", "<details>\n/release plan\n</details>"],
    ["a tag alone on its line", "<custom-tag>\n/release plan"],
    ["preformatted text", "<pre>\n\n/release plan\n</pre>"],
    ["a declaration", "<!DOCTYPE html\n/release plan\n>"],
    ["an instruction", "<?php\n/release plan\n?>"],
    ["a list item", "- /release plan"],
    ["a heading", "# /release plan"],
    ["nothing", ""],
  ])("%s", (_, markdown) => {
    expect(said(markdown)).toEqual([]);
  });
});

describe("what nobody sees", () => {
  test.each([
    ["a byte order mark", "\uFEFF/release plan", "/release plan"],
    ["a zero-width space", "/release bump min\u200Bor", "/release bump minor"],
    ["a right-to-left override", "/release hold \u202Enimda", "/release hold nimda"],
    ["a no-break space", "/release\u00A0bump\u00A0minor", "/release bump minor"],
    ["an ideographic space", "/release\u3000plan", "/release plan"],
    ["a NUL", "/release hold a\u0000b", "/release hold a b"],
    ["a line separator, which ends no line in Markdown", "/release hold a\u2028/release plan", "/release hold a /release plan"],
    ["a lone surrogate", "/release hold \uD800", "/release hold \uFFFD"],
    ["letters that only look alike stay what they are", "/release h\u043Eld", "/release h\u043Eld"],
    ["joined emoji stay joined", "/release hold 👩‍💻", "/release hold 👩‍💻"],
  ])("%s", (_, markdown, text) => {
    expect(said(markdown)).toEqual([text]);
  });
});

test("a command is cut into verb and rest", () => {
  expect(commandsIn("/release  HOLD   it's  broken ")).toEqual([{ text: "/release  HOLD   it's  broken", verb: "hold", rest: "it's  broken" }]);
});

/** Numbers of commands that another reader of Markdown shows as text at the start of a line, outside of quotes. */
function secondOpinion(markdown: string): readonly string[] {
  const found: string[] = [];
  const visit = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (["blockquote", "code", "html", "heading", "codespan"].includes(token.type)) continue;
      if (token.type === "list") visit((token.items as Token[]).flatMap((item) => (item as { tokens: Token[] }).tokens));
      else if (["paragraph", "text"].includes(token.type) && "tokens" in token) found.push(...linesOf(token.tokens));
    }
  };
  visit(marked.lexer(markdown));
  return found;
}

function linesOf(tokens: readonly Token[]): readonly string[] {
  const text = tokens.map(({ type, raw }) => (type === "codespan" || type === "html" ? "x".repeat(raw.length) : raw)).join("");
  return [...text.matchAll(/^ {0,3}\/release n(\d+)$/gm)].map((match) => match[1]!);
}

/** Where that reader keeps to the specification: it differs on lists that hold fences or HTML, which have rows above. */
const line = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("/release", " /release", "   /release") },
  { weight: 3, arbitrary: fc.constantFrom("", "text", "a `b` c", "a `` b", "a ` b", "a <b> c", "    code", "***") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "```",
      "~~~",
      "````",
      "``` sh",
      "> quoted",
      "> ```",
      "# heading",
      "<!--",
      "-->",
      "<div>",
      "</div>",
      "<details>",
      "<pre>",
      "</pre>",
    ),
  },
);

test("another reader of Markdown finds the same commands", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      const markdown = lines.map((text, index) => (text.endsWith("/release") ? `${text} n${index}` : text)).join("\n");
      expect(commandsIn(markdown).map(({ rest, verb }) => `${verb}${rest}`.slice(1))).toEqual(secondOpinion(markdown));
    }),
  );
});

test("any text is read, and every line of it at most once", () => {
  const hostile = fc.string({
    unit: fc.constantFrom("/release", " ", "\n", "\t", "`", "~", "<", "!--", "-->", ">", "- ", "1. ", "\\", "a", "\r", "\u0000", "\u200B"),
  });
  fc.assert(
    fc.property(hostile, (markdown) => {
      const lines = markdown.split(/\r\n|\n|\r/).filter((one) => one.includes("/release"));
      expect(commandsIn(markdown).length).toBeLessThanOrEqual(lines.length);
    }),
  );
});
