import { describe, expect, it } from "@jest/globals";
import type { FileState } from "../../model/snapshot.ts";
import { readFiles } from "./files.ts";
import type { Fields } from "./fields.ts";
import type { TreeEntry } from "./listing.ts";
import { openMemory } from "./memory.ts";
import type { Moment } from "./moment.ts";

const SHA = "a".repeat(40);

/** One file at `x`: how GraphQL shows it, and its bytes, which REST gives. */
async function read(blob: Fields, bytes: Buffer, entry: Partial<TreeEntry> = {}): Promise<{ readonly state: FileState; readonly requests: number }> {
  let requests = 0;
  const listing = new Map([["x", { name: "x", kind: "blob" as const, mode: 0o100644, sha: SHA, bytes: bytes.length, ...entry }]]);
  const moment = {
    kept: openMemory().of(1),
    listing,
    owner: "acme",
    repo: "app",
    ask: async (question: { read: (answer: Fields) => unknown }) => {
      requests += 1;
      return question.read({ blob: { __typename: "Blob", oid: SHA, isBinary: false, isTruncated: false, byteSize: bytes.length, ...blob } });
    },
    rest: async () => {
      requests += 1;
      return { status: 200, headers: {}, data: { encoding: "base64", content: bytes.toString("base64") } };
    },
  } as unknown as Moment;
  await readFiles(moment, ["x"]);
  const [[, state] = ["", { is: "missing" as const }]] = await readFiles(moment, ["x"]);
  return { state, requests };
}

describe("files", () => {
  it("are read once", async () => {
    expect(await read({ text: "1.2.3\n" }, Buffer.from("1.2.3\n"))).toEqual({ state: { is: "text", text: "1.2.3\n" }, requests: 1 });
  });

  it.each<[string, Fields, Buffer, FileState]>([
    ["cut a long text", { text: "ab", isTruncated: true }, Buffer.from("abcd"), { is: "text", text: "abcd" }],
    ["left out the byte order mark", { text: "a" }, Buffer.from("\uFEFFa"), { is: "text", text: "\uFEFFa" }],
    ["read Latin-1 as if it were UTF-8", { text: "\uFFFD" }, Buffer.from([0xe9]), { is: "binary" }],
    ["turned Latin-1 into UTF-8", { text: "é" }, Buffer.from([0xe9]), { is: "binary" }],
    ["called a text binary", { text: null, isBinary: true }, Buffer.from("ü"), { is: "text", text: "ü" }],
    ["called a binary file text", { text: "a\0b" }, Buffer.from("a\0b"), { is: "binary" }],
  ])("are read byte for byte where GraphQL %s", async (_, blob, bytes, state) => {
    expect(await read(blob, bytes)).toEqual({ state, requests: 2 });
  });

  it.each<[FileState["is"], Partial<TreeEntry & { bytes: number }>]>([
    ["symlink", { mode: 0o120000 }],
    ["submodule", { mode: 0o160000, kind: "commit" }],
    ["too-large", { bytes: 1_048_577 }],
    ["missing", { mode: 0o40000, kind: "tree" }],
  ])("that are no text need no request: %s", async (is, entry) => {
    const { state, requests } = await read({ text: "x" }, Buffer.from("x"), entry);
    expect([state.is, requests]).toEqual([is, 0]);
  });
});
