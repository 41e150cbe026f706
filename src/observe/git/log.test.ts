import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Commit } from "../../model/snapshot.ts";
import { recordReader } from "./log.ts";

function read(chunks: readonly Buffer[]): Commit[] {
  const commits: Commit[] = [];
  const reader = recordReader(new Map(), (commit) => commits.push(commit));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return commits;
}

const withoutNul = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "").toWellFormed());
const record = fc.record({ author: withoutNul, message: withoutNul, paths: fc.array(withoutNul.filter((path) => path !== "")) });

/** As git writes it: fields after an empty token, the first path after a line end. */
function written({ author, message, paths }: { author: string; message: string; paths: string[] }, index: number): string {
  const fields = ["", `c${index}`, index === 0 ? "" : `c${index - 1}`, "1700000000", author, message];
  return [...fields, ...paths.map((path, place) => (place === 0 ? `\n${path}` : path))].map((token) => `${token}\0`).join("");
}

describe("reading the log", () => {
  test("whatever messages, names and paths say, and however the output is cut, every record comes out as it went in", () => {
    fc.assert(
      fc.property(fc.array(record), fc.array(fc.nat(400), { maxLength: 20 }), (records, cuts) => {
        const whole = Buffer.from(records.map(written).join(""));
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((one, other) => one - other), whole.length];
        const commits = read(places.slice(1).map((end, index) => whole.subarray(places[index], end)));
        expect(commits.map(({ authorName: author, message, paths }) => ({ author, message, paths }))).toEqual(records);
      }),
    );
  });

  test("output that stops inside a record is an error, not a shorter history", () => {
    expect(() => read([Buffer.from("\0c1\0\x001700000000\0Kim\0fix: half a mess")])).toThrow("stopped inside a record");
    expect(() => read([Buffer.from("\0c1\0")])).toThrow("stopped inside a record");
  });

  test("output that is no record is an error", () => {
    expect(() => read([Buffer.from("warning\0")])).toThrow("not asked for");
  });
});
