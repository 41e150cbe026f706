// What a history of edits says where the stand-in's is never so odd.
import { describe, expect, it } from "@jest/globals";
import { Transient } from "../../model/errors.ts";
import { readRevisions } from "./comment-history.ts";
import type { Fields } from "./fields.ts";
import type { Ask } from "./question.ts";

const NOON = "2026-01-05T12:00:00Z";
const LATER = "2026-01-05T12:00:01Z";
const KIM = { __typename: "User", login: "kim" };

/** `edits` in GitHub's order; the last text of the comment is `body`. */
async function read(body: string, edits: readonly { readonly diff: string | null; readonly editedAt?: string }[]): Promise<readonly string[]> {
  const nodes: Fields[] = edits.map((edit, index) => ({ id: `UCE_${index}`, editedAt: NOON, editor: KIM, ...edit }));
  const history = { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  const ask: Ask = async (question) => question.read({ comment: { userContentEdits: history } });
  const comment = { id: "IC_1", url: "https://github.test/1", body, createdAt: NOON, lastEditedAt: NOON, author: KIM, editor: KIM };
  return (await readRevisions(ask, comment, "everything")).map(({ text }) => text);
}

describe("the history of a comment", () => {
  it("keeps GitHub's order, the newest first, for edits of one second", async () => {
    expect(await read("three", [{ diff: "three" }, { diff: "two" }, { diff: "one" }])).toEqual(["one", "two", "three"]);
  });

  it("goes by time, should GitHub's order ever be another", async () => {
    expect(await read("two", [{ diff: "one" }, { diff: "two", editedAt: LATER }])).toEqual(["one", "two"]);
  });

  it("may differ from what stands there in line ends and at its ends", async () => {
    expect(await read("one\r\ntwo", [{ diff: "one\ntwo\n" }, { diff: "one" }])).toEqual(["one", "one\r\ntwo"]);
  });

  it("in nothing else", async () => {
    await expect(read("one", [{ diff: "two" }, { diff: "one" }])).rejects.toThrow(Transient);
  });
});
