// `release-steward schema`: the playbook's JSON Schema, for editors that complete and explain as people type.
import { parseArgs } from "node:util";
import { playbookJsonSchema } from "../playbook/schema.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

const USAGE = `release-steward schema

Prints the JSON Schema of a playbook. An editor with a YAML language server uses it after a first line such as
# yaml-language-server: $schema=./playbook.schema.json
`;

export async function schema(argumentsAfterCommand: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...argumentsAfterCommand], options: { help: { type: "boolean", short: "h", default: false } } });
  terminal.write(values.help ? USAGE : `${JSON.stringify(playbookJsonSchema(), null, 2)}\n`);
  return 0;
}
