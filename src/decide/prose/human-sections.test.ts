import { describe, expect, test } from "@jest/globals";
import { finishedTexts, humanSection, humanTexts, leftToWrite, placeholder } from "./human-sections.ts";

const TITLES = ["Highlights", "Known Issues"];
const body = (highlights: string, issues: string): string =>
  [
    "**head**",
    humanSection("Highlights", highlights),
    "### Changes",
    "- one",
    humanSection("Known Issues", issues),
    "<sub>Kept by Release Steward for x</sub>",
  ].join("\n\n");

describe("text that people wrote is found in whatever became of the body", () => {
  const rows: readonly [string, string, Readonly<Record<string, string>>][] = [
    ["nobody wrote anything", body(placeholder(true), placeholder(false)), {}],
    ["both sections", body("New disks!", "None."), { Highlights: "New disks!", "Known Issues": "None." }],
    ["line ends of a browser", body("a\n\nb", placeholder(false)).replaceAll("\n", "\r\n"), { Highlights: "a\n\nb" }],
    [
      "headings and rules inside",
      body("### Changes\n---\n#### Known Issues\nmine", "x"),
      { "Known Issues": "x", Highlights: "### Changes\n---\n#### Known Issues\nmine" },
    ],
    ["end mark deleted", body("mine", "x").replace("<!-- end of Highlights -->\n", ""), { Highlights: "mine", "Known Issues": "x" }],
    ["last end mark deleted", body("mine", "x").replace("<!-- end of Known Issues -->\n", ""), { Highlights: "mine", "Known Issues": "x" }],
    ["emptied", body("", "x"), { "Known Issues": "x" }],
    ["section deleted", "### Changes\n- one", {}],
    ["written below the placeholder, which is not theirs", body(`${placeholder(true)}\nmine`, ""), { Highlights: "mine" }],
  ];
  test.each(rows)("%s", (_name, text, expected) => {
    const found = humanTexts(text, TITLES);
    expect(Object.fromEntries(found)).toMatchObject(expected);
    expect(found.size).toBeLessThanOrEqual(Object.keys(expected).length);
  });
});

describe("a section that still holds a placeholder is not written [C-17, M-08]", () => {
  const unfinished: readonly [string, string, string][] = [
    ["nothing", "", ""],
    ["blanks", " \n\n", ""],
    ["the invitation", placeholder(true), ""],
    ["the other invitation", placeholder(false), ""],
    ["a comment", "<!-- what is new\nfor users -->", ""],
    ["a comment that nothing ends", "<!-- what is new\nfor users", ""],
    ["comments and blanks", "<!-- a -->\n\n<!-- b --> ", ""],
    ["a placeholder", "_Placeholder: what is new_", "_Placeholder: what is new_"],
    ["a placeholder in a list", "- *Placeholder: what is new*", "- *Placeholder: what is new*"],
    ["TODO", "TODO", "TODO"],
    ["a task", "- [ ] todo: numbers", "- [ ] todo: numbers"],
    ["TBD", "**TBD**", "**TBD**"],
    ["TBD.", "tbd…", "tbd…"],
    ["angle brackets", "<what is new for users>", "<what is new for users>"],
    ["angle brackets with dots", "- <…>", "- <…>"],
    ["text and a placeholder", "New disks!\n\nTODO: numbers", "TODO: numbers"],
    ["what the playbook rejects", "see FIXME below", "see FIXME below"],
  ];
  test.each(unfinished)("%s", (_name, text, line) => {
    expect(leftToWrite(text, "FIXME")).toBe(line);
    expect(finishedTexts(new Map([["Highlights", text]]), "FIXME").size).toBe(0);
  });

  const finished: readonly [string, string][] = [
    ["text", "New disks!"],
    ["None.", "None."],
    ["text below a comment", "<!-- what is new -->\nNew disks!"],
    ["a to-do list as news", "TODO lists can be shared"],
    ["placeholders as news", "Placeholder images load faster"],
    ["a picture", '<img src="https://example.com/a.png">'],
    ["a fold", "<details>\n<summary>More</summary>\n\ndisks\n\n</details>"],
    ["an address", "<https://example.com>"],
    ["an e-mail address", "<kim@example.com>"],
    ["an example", "Write\n\n```\nTODO\n<your name>\n```"],
  ];
  test.each(finished)("written: %s", (_name, text) => {
    expect(leftToWrite(text, null)).toBeNull();
  });

  test("what is not finished stays in the description as people wrote it", () => {
    expect(humanTexts(body("TODO: numbers", "x"), TITLES).get("Highlights")).toBe("TODO: numbers");
  });

  test("a long text costs no more than reading it", () => {
    const text = `${"<!--".repeat(16_000)}\n${"*".repeat(60_000)}\n${"<".repeat(60_000)}`;
    expect(leftToWrite(text, null)).toBe("");
    expect(leftToWrite(`x\n${"* ".repeat(30_000)}`, null)).toBeNull();
  });
});
