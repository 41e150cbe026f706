// `npm run bench:door [-- --seconds 60] [load] [strangers]`: whether the door holds. On this machine alone; ends by itself,
// with exit code 1 when a promise of the product does not hold.
import { parseArgs } from "node:util";
import { load } from "./door-load.ts";
import { inSetting, type Setting } from "./door-setting.ts";
import { strangers } from "./door-strangers.ts";
import { printRows, type Row } from "./rows.ts";

const { values, positionals: chosen } = parseArgs({ allowPositionals: true, options: { seconds: { type: "string", default: "60" } } });
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 2 || seconds > 600) throw new Error(`--seconds: expected a number from 2 to 600, found "${values.seconds}"`);

const PARTS: Readonly<Record<string, (setting: Setting) => Promise<readonly Row[]>>> = {
  load: (setting) => load(setting, seconds),
  strangers,
};
const unknown = chosen.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) throw new Error(`expected some of ${Object.keys(PARTS).join(", ")}, found ${unknown.join(", ")}`);

const rows: Row[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`measuring ${name}, about two minutes\n`);
  rows.push(...(await inSetting(measure)));
}
process.exitCode = printRows(rows) ? 0 : 1;
