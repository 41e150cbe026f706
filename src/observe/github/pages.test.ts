import { describe, expect, it } from "@jest/globals";
import { Transient } from "../../model/errors.ts";
import { pageAt, readPages } from "./pages.ts";
import type { Ask, Question } from "./question.ts";

function page(after: string | null): Question<ReturnType<typeof pageAt>> {
  return { key: `${after}`, fields: () => ({}), fragments: [], weight: 1, read: (answer) => pageAt(answer, "tags"), again: null };
}

/** One list a page; the cursor after each is its number. */
function answering(pages: readonly { readonly names: readonly string[]; readonly total: number }[]): Ask {
  return async (question) => {
    const index = question.key === "null" ? 0 : Number(question.key);
    const { names, total } = pages[index]!;
    return question.read({
      tags: { totalCount: total, pageInfo: { hasNextPage: index + 1 < pages.length, endCursor: `${index + 1}` }, nodes: names.map((name) => ({ name })) },
    });
  };
}

describe("pages", () => {
  it("are read to the end", async () => {
    const ask = answering([
      { names: ["a", "b"], total: 3 },
      { names: ["c"], total: 3 },
    ]);
    expect((await readPages(ask, "tags", page, "name")).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it("are no list when fewer came than there are", async () => {
    await expect(readPages(answering([{ names: ["a"], total: 2 }]), "tags", page, "name")).rejects.toThrow(Transient);
  });

  it("are no list when they moved while they were read, so that one came twice and another not at all", async () => {
    const ask = answering([
      { names: ["a", "b"], total: 4 },
      { names: ["b", "c"], total: 4 },
    ]);
    await expect(readPages(ask, "tags", page, "name")).rejects.toThrow("The tags changed while they were read: 3 of 4 came.");
  });
});
