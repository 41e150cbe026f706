// Writes docs/reference/ from the playbook's schema, the gates, the commands and the titles of the tests, so that no page
// can say anything else than the program does. With --check it writes nothing and fails when one of them is stale.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { playbookJsonSchema } from "../src/playbook/schema.ts";
import { commandsPage } from "./commands-reference.ts";
import { gatesPage } from "./gates-reference.ts";
import { playbookPage } from "./playbook-reference.ts";
import { requirementsPage } from "./requirements.ts";

const FOLDER = new URL("../docs/reference/", import.meta.url);
const COMMAND = "node scripts/generate-reference.ts";

const schema = playbookJsonSchema();
const files = [
  { name: "playbook.schema.json", text: `${JSON.stringify(schema, null, 2)}\n` },
  { name: "playbook.md", text: playbookPage(schema) },
  { name: "gates.md", text: gatesPage(schema) },
  { name: "commands.md", text: commandsPage() },
  { name: "requirements.md", text: await requirementsPage() },
];
await mkdir(FOLDER, { recursive: true });
for (const { name, text } of files) {
  if (!process.argv.includes("--check")) await writeFile(new URL(name, FOLDER), text);
  else if ((await readFile(new URL(name, FOLDER), "utf8").catch(() => null)) !== text) {
    console.error(`docs/reference/${name} is stale: run \`${COMMAND}\` and commit what it writes`);
    process.exitCode = 1;
  }
}
