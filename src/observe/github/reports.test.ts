// What a workflow may report, and everything that is refused before it is looked at more closely.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { strToU8, zipSync } from "fflate";
import type { WorkflowRun } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import type { GitHub } from "../../github/types.ts";
import { Refused, Transient } from "../../model/errors.ts";
import { NOTHING_HOSTED_WANTED, NOTHING_WANTED, type Read } from "../../model/snapshot.ts";
import { openMemory } from "./memory.ts";
import { type Report, reportOf } from "./reports.ts";

const WORKFLOW = `name: Publish
on: { push: { tags: ["v*"] } }
jobs: { build: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
`;
const DAY_MS = 86_400_000;

describe("a workflow's report", () => {
  let world: Awaited<ReturnType<typeof observedRepository>>;
  let run: WorkflowRun;
  beforeEach(async () => {
    world = await observedRepository();
    await world.push("ci: workflows", { ".github/workflows/publish.yml": WORKFLOW });
    await world.move("refs/tags/v1.0.0", world.head());
    [run] = [...world.repository.actions.runs.values()] as [WorkflowRun];
  });
  afterEach(() => world.standIn.close());

  async function read(memory = openMemory(), through: GitHub = world.github): Promise<Read<Report | null>> {
    const observer = world.look(memory, through);
    const { hosted } = await observer.answer(await observer.first(), { ...NOTHING_WANTED, hosted: { ...NOTHING_HOSTED_WANTED, reports: [run.id] } });
    return hosted.reports.get(run.id)!;
  }
  const upload = (files: Readonly<Record<string, string>>, name = "release-steward") =>
    world.standIn.operations.uploadArtifact(world.repository, run, name, files);

  it("is what its artifact holds, whatever lies beside it", async () => {
    await upload({ "report.json": '{"digest": "sha256:ab", "chart-version": "1.2.0"}', "nested/report.json": "{}", "log.txt": "words" });
    expect(await read()).toEqual({ ok: true, value: { digest: "sha256:ab", "chart-version": "1.2.0" } });
  });

  it("is none where the run left none", async () => {
    await upload({ "report.json": "{}" }, "Release-Steward");
    const { github } = world;
    const rest: typeof github.rest = (route, parameters, options) => github.rest(route, { ...parameters, name: undefined }, options);
    expect(await read(openMemory(), { ...github, rest })).toEqual({ ok: true, value: null });
  });

  it("is the one of the newest attempt, and none once it has expired", async () => {
    const { operations } = world.standIn;
    await upload({ "report.json": '{"attempt": "first"}' });
    await operations.finishRun(world.repository, run, "failure");
    world.standIn.advance(DAY_MS);
    await operations.rerun(world.kim, world.repository, run, "all");
    await upload({ "report.json": '{"attempt": "second"}' });
    expect(await read()).toEqual({ ok: true, value: { attempt: "second" } });
    world.standIn.advance(100 * DAY_MS);
    expect(await read()).toEqual({ ok: true, value: null });
  });

  it("is fetched once", async () => {
    await upload({ "report.json": '{"digest": "sha256:ab"}' });
    const memory = openMemory();
    await read(memory);
    expect(await world.requestsOf(() => read(memory))).toEqual(["graphql", "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts"]);
    expect(await read(memory)).toEqual({ ok: true, value: { digest: "sha256:ab" } });
  });

  it("that is too large is not fetched", async () => {
    const noise = Array.from({ length: 60_000 }, (_, index) => (index * 2_654_435_761).toString(36)).join("");
    await upload({ "report.json": "{}", "noise.txt": noise });
    let found: Read<Report | null> | null = null;
    const requests = await world.requestsOf(async () => (found = await read()));
    expect(found).toEqual({ ok: false, because: "the artifact release-steward is larger than 256 KB", permission: null });
    expect(requests.filter((one) => one.includes("artifact_id"))).toEqual([]);
  });

  it("that may not be read is not none", async () => {
    world.refuse("actions");
    expect(await read()).toEqual({ ok: false, because: "the app lacks the permission actions: read", permission: "actions: read" });
  });

  it("whose archive was cut off on its way is read again", async () => {
    await upload({ "report.json": "{}" });
    const { github } = world;
    const rest: typeof github.rest = async (route, parameters, options) => {
      const answer = await github.rest(route, parameters, options);
      return route.includes("archive_format") ? { ...answer, data: new ArrayBuffer(0) } : answer;
    };
    await expect(read(openMemory(), { ...github, rest })).rejects.toBeInstanceOf(Transient);
  });
});

const zipped = (report: string | Uint8Array, name = "report.json") => zipSync({ [name]: typeof report === "string" ? strToU8(report) : report });
/** The archive says that its first file has so many bytes. */
function claiming(archive: Uint8Array, bytes: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset);
  const directory = view.getUint32(archive.length - 22 + 16, true);
  view.setUint32(directory + 24, bytes, true);
  return archive;
}
const keys = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${String(index)}`, "x"])));

describe("a report is refused", () => {
  it.each<[string, Uint8Array, string]>([
    ["that is no archive", strToU8("not a zip, but long enough to be looked through for its end"), "is no archive that can be unpacked"],
    ["of which only the beginning came", zipped('{"a": "b"}').slice(0, 60), "is no archive that can be unpacked"],
    ["under another name", zipped("{}", "Report.json"), "holds no report.json"],
    ["in an archive without any file", zipSync({}), "holds no report.json"],
    ["of more than 64 KB", zipped(" ".repeat(64 * 1024 + 1)), "holds a report.json that is larger than 64 KB"],
    ["that unpacks to gigabytes, as it says", claiming(zipped(" ".repeat(1000)), 4_000_000_000), "holds a report.json that is larger than 64 KB"],
    ["that is not text", zipped(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])), "holds a report.json that is not UTF-8"],
    ["that is not JSON", zipped("{digest: x}"), "holds a report.json that is not JSON"],
    ["that is a list", zipped("[]"), "holds a report.json that is not an object of names and values"],
    ["that is nothing", zipped("null"), "holds a report.json that is not an object of names and values"],
    ["with 65 names", zipped(keys(65)), "holds a report.json with more than 64 names"],
    [
      "with a name that begins with a digit",
      zipped('{"1a": "x"}'),
      "holds a report.json with a name that is not a letter with up to 49 letters, digits, - and _ behind it",
    ],
    [
      "with a name of 51 characters",
      zipped(`{"${"a".repeat(51)}": "x"}`),
      "holds a report.json with a name that is not a letter with up to 49 letters, digits, - and _ behind it",
    ],
    [
      "with a name that means something to the language",
      zipped('{"__proto__": "x"}'),
      "holds a report.json with a name that is not a letter with up to 49 letters, digits, - and _ behind it",
    ],
    ["with a number", zipped('{"count": 1}'), "holds a report.json whose count is not a text on one line of at most 500 characters"],
    ["with something nested", zipped('{"a": {"b": "c"}}'), "holds a report.json whose a is not a text on one line of at most 500 characters"],
    [
      "with a value of 501 characters",
      zipped(`{"a": "${"x".repeat(501)}"}`),
      "holds a report.json whose a is not a text on one line of at most 500 characters",
    ],
    ["with a line break in a value", zipped('{"a": "b\\nc"}'), "holds a report.json whose a is not a text on one line of at most 500 characters"],
    ["with an escape sequence in a value", zipped('{"a": "\\u001b[31m"}'), "holds a report.json whose a is not a text on one line of at most 500 characters"],
    ["with half a character in a value", zipped('{"a": "\\ud800"}'), "holds a report.json whose a is not a text on one line of at most 500 characters"],
  ])("%s", (_, archive, because) => {
    expect(() => reportOf(archive)).toThrow(new Refused("the artifact release-steward", `the artifact release-steward ${because}`, null));
  });

  it("that unpacks to more than it says: no more than that is unpacked", () => {
    expect(() => reportOf(claiming(zipped(`{"a": "b"}${" ".repeat(200_000)}`), 4))).toThrow(/not JSON/);
  });

  it("of an archive that claims millions of files, without counting them", () => {
    const archive = zipSync({ a: strToU8("a") });
    // A directory of the large kind is put between the files and the end: four billion entries.
    const end = archive.slice(-22);
    const large = new Uint8Array(56 + 20);
    const view = new DataView(large.buffer);
    view.setUint32(0, 0x06_06_4b_50, true);
    view.setUint32(32, 0xff_ff_ff_ff, true);
    view.setUint32(56, 0x07_06_4b_50, true);
    view.setUint32(56 + 8, archive.length - 22, true);
    expect(() => reportOf(new Uint8Array([...archive.slice(0, -22), ...large, ...end]))).toThrow(/holds more than 1000 files/);
  });

  it("not when it is as large as it may be", () => {
    const value = "ü".repeat(500);
    expect(reportOf(zipped(JSON.stringify({ [`a${"b".repeat(49)}`]: value })))).toEqual({ [`a${"b".repeat(49)}`]: value });
    expect(Object.keys(reportOf(zipped(keys(64))))).toHaveLength(64);
    expect(reportOf(zipped("{}"))).toEqual({});
  });
});
