import { describe, expect, test } from "@jest/globals";
import { humanSection, humanTexts, placeholder } from "./human-sections.ts";

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
