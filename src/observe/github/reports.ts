// What a workflow reports: names and values in `report.json`, in the artifact `release-steward` of its run. Any workflow can
// write one, so it is capped before it is unpacked, again before it is parsed, and nothing but short texts comes out of it.
import { unzipSync } from "fflate";
import { Refused, Transient } from "../../model/errors.ts";
import type { Read } from "../../model/snapshot.ts";
import { REST_PAGE, readCounted } from "./counted.ts";
import { type Fields, flagAt, numberAt, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { readUnlessRefused } from "./refusal.ts";
import { ACTIONS_NEED } from "./workflow-runs.ts";

export type Report = Readonly<Record<string, string>>;

const ARTIFACT = "release-steward";
const FILE = "report.json";
const KB = 1024;
const ARTIFACT_MAX = 256 * KB;
const FILE_MAX = 64 * KB;
/** An archive can claim more files than it has bytes. */
const FILES_MAX = 1000;
const KEYS_MAX = 64;
const VALUE_MAX = 500;
const KEY = /^[A-Za-z][\w-]{0,49}$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;

type Place = Pick<Named, "rest" | "owner" | "repo" | "kept">;

/** By the id of the run; null where it has no such artifact. */
export function readReports(place: Place, runs: readonly number[]): Promise<[number, Read<Report | null>][]> {
  return Promise.all(runs.map(async (run): Promise<[number, Read<Report | null>]> => [run, await readUnlessRefused(ACTIONS_NEED, readReportOf(place, run))]));
}

async function readReportOf(place: Place, run: number): Promise<Report | null> {
  const { rest, owner, repo, kept } = place;
  const artifacts = await readCounted({ what: `artifacts of run ${String(run)}`, list: "artifacts" }, async (page) => {
    const asked = { owner, repo, run_id: run, name: ARTIFACT, per_page: REST_PAGE, page };
    return (await rest("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", asked)).data;
  });
  const newest = newestOf(artifacts.filter((artifact) => textAt(artifact, "name") === ARTIFACT && !flagAt(artifact, "expired")));
  if (newest === null) return null;
  if (numberAt(newest, "size_in_bytes") > ARTIFACT_MAX) throw refused(`is larger than ${String(ARTIFACT_MAX / KB)} KB`);
  const id = numberAt(newest, "id");
  // An artifact is never written again: a new one has another number.
  const known = kept.reports.get(String(id));
  if (known !== undefined) return known;
  const report = reportOf(await download(place, id));
  kept.reports.set(String(id), report);
  return report;
}

/** GitHub counts ids upwards. */
function newestOf(artifacts: readonly Fields[]): Fields | null {
  return artifacts.reduce<Fields | null>((newest, one) => (newest === null || numberAt(one, "id") > numberAt(newest, "id") ? one : newest), null);
}

/** GitHub sends the reader on to where it keeps the archive. */
async function download({ rest, owner, repo }: Place, id: number): Promise<Uint8Array> {
  const route = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";
  const { data } = await rest(route, { owner, repo, artifact_id: id, archive_format: "zip" });
  if (!(data instanceof ArrayBuffer)) throw refused("is no archive");
  // An archive without any file has 22 bytes, so this one was cut off.
  if (data.byteLength === 0) throw new Transient(`The artifact ${String(id)} was cut off.`);
  if (data.byteLength > ARTIFACT_MAX) throw refused(`is larger than ${String(ARTIFACT_MAX / KB)} KB`);
  return new Uint8Array(data);
}

/** @throws Refused when it is not as described */
export function reportOf(archive: Uint8Array): Report {
  return valuesOf(parsed(decoded(unpacked(archive))));
}

function unpacked(archive: Uint8Array): Uint8Array {
  const file = unzipped(archive)[FILE];
  if (file === undefined) throw refused(`holds no ${FILE}`);
  // What an archive says of its own sizes may be wrong.
  if (file.length > FILE_MAX) throw tooLarge();
  return file;
}

/** No other file of it is unpacked. */
function unzipped(archive: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let files = 0;
  try {
    return unzipSync(archive, {
      filter({ name, size, originalSize }) {
        files += 1;
        if (files > FILES_MAX) throw refused(`holds more than ${String(FILES_MAX)} files`);
        if (name !== FILE) return false;
        if (size > FILE_MAX || originalSize > FILE_MAX) throw tooLarge();
        return true;
      },
    });
  } catch (error) {
    throw error instanceof Refused ? error : refused("is no archive that can be unpacked");
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused(`holds a ${FILE} that is not UTF-8`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refused(`holds a ${FILE} that is not JSON`);
  }
}

function valuesOf(report: unknown): Report {
  if (typeof report !== "object" || report === null || Array.isArray(report)) throw refused(`holds a ${FILE} that is not an object of names and values`);
  const entries = Object.entries(report);
  if (entries.length > KEYS_MAX) throw refused(`holds a ${FILE} with more than ${String(KEYS_MAX)} names`);
  return Object.fromEntries(entries.map(([name, value]: readonly [string, unknown]) => [nameOf(name), valueOf(name, value)]));
}

function nameOf(name: string): string {
  if (!KEY.test(name)) throw refused(`holds a ${FILE} with a name that is not a letter with up to 49 letters, digits, - and _ behind it`);
  return name;
}

function valueOf(name: string, value: unknown): string {
  if (typeof value === "string" && value.length <= VALUE_MAX && !CONTROL.test(value) && value.isWellFormed()) return value;
  throw refused(`holds a ${FILE} whose ${nameOf(name)} is not a text on one line of at most ${String(VALUE_MAX)} characters`);
}

function tooLarge(): Refused {
  return refused(`holds a ${FILE} that is larger than ${String(FILE_MAX / KB)} KB`);
}

function refused(because: string): Refused {
  return new Refused(`the artifact ${ARTIFACT}`, `the artifact ${ARTIFACT} ${because}`, null);
}
