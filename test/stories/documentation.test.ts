// What the documentation shows is true: its playbooks can be read, its links lead somewhere, the tests that it names exist.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { readPlaybook } from "../../src/playbook/read.ts";

const ROOT = new URL("../../", import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, ROOT), "utf8");
const inFolder = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}${name}`);
const PAGES = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...["how-to", "reference", "explanation", "decisions"].flatMap((name) => inFolder(`docs/${name}/`)),
];

/** What a piece of a playbook needs around it to be a whole one. */
const AROUND = { schema: 1, components: { app: { path: "." } }, roles: { steward: "@acme/stewards", operations: "@acme/sre" } };

const SNIPPETS = PAGES.filter((page) => page.startsWith("docs/") && !page.endsWith("playbook.md")).flatMap((page) =>
  [...text(page).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, snippet = ""], index) => [page, index + 1, snippet] as const),
);

test.each(SNIPPETS)("%s: the app understands playbook number %d [W-74, H-58]", (_page, _index, snippet) => {
  const piece = parse(snippet) as Readonly<Record<string, unknown>>;
  const result = readPlaybook(stringify({ ...AROUND, ...piece }), "p.yml");
  expect(result.ok ? [] : result.problems).toEqual([]);
});

test.each(PAGES)("%s: every link to a file of this repository leads to one, and to a heading that it has", (page) => {
  const prose = text(page).replaceAll(/^```[\s\S]*?^```$/gm, "");
  const dead = [...prose.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].filter(([, path = "", heading]) => {
    const target = path === "" ? new URL(page, ROOT) : new URL(path, new URL(page, ROOT));
    return !existsSync(target) || (heading !== undefined && !headingsOf(readFileSync(target, "utf8")).has(heading));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

/** As GitHub names them. */
function headingsOf(markdown: string): ReadonlySet<string> {
  return new Set(
    [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

test("every file that ARCHITECTURE.md says to open is there", () => {
  const [, table = ""] = text("ARCHITECTURE.md").split("## To change X, open Y");
  const cells = [...table.split("\n## ")[0]!.matchAll(/^\|[^|]+\|([^|]+)\|$/gm)].map(([, cell = ""]) => cell);
  const missing = cells.flatMap((cell) => {
    let folder = "";
    return [...cell.matchAll(/`([\w./-]+(?:\/|\.\w+))`/g)].flatMap(([, path = ""]) => {
      // A name without a folder stands in the folder of the one before it.
      const whole = path.includes("/") || folder === "" ? path : `${folder}${path}`;
      folder = whole.slice(0, whole.lastIndexOf("/") + 1);
      return [`src/${whole}`, `src/${path}`, path].some((one) => existsSync(new URL(one, ROOT))) ? [] : [whole];
    });
  });
  expect(missing).toEqual([]);
});

test("every test that docs/explanation/security.md names exists", () => {
  const named = [...text("docs/explanation/security.md").matchAll(/`([\w./-]+\.test\.ts)`: ([^|\n]+?)(?=<br>| \|)/g)];
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter(([, file = "", title = ""]) => !existsSync(new URL(file, ROOT)) || !text(file).includes(title));
  expect(missing.map(([, file, title]) => `${file ?? ""}: ${title ?? ""}`)).toEqual([]);
});

test("docs/explanation/security.md answers every threat that it lists", () => {
  const page = text("docs/explanation/security.md");
  const listed = [...page.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  const answered = [...page.matchAll(/^\| [^|]+ \((\d+)\) \|/gm)].map(([, number]) => Number(number));
  expect(listed).toHaveLength(24);
  expect([...new Set(answered)].toSorted((one, other) => one - other)).toEqual(listed);
});
