// The list that the sweep goes by.
import { describe, expect, it } from "@jest/globals";
import { everyKey } from "./installations.ts";
import { Parked, Transient } from "../model/errors.ts";

type Pages = Readonly<Record<string, unknown>>;

/** Answers by `route page`. */
function answering(pages: Pages) {
  return {
    rest: async (route: string, { page }: Readonly<Record<string, unknown>>) => {
      const data = pages[`${route} ${String(page)}`];
      if (data instanceof Error) throw data;
      return { status: 200, data, headers: {} };
    },
  };
}

async function keys(app: Pages, installations: Readonly<Record<number, Pages>>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of everyKey(answering(app), async (id) => answering(installations[id] ?? {}))) found.push(key);
  return found;
}

const installations = (...ids: number[]) => ({ "GET /app/installations 1": ids.map((id) => ({ id, suspended_at: null })) });
const repositories = (...ids: number[]) => ({ "GET /installation/repositories 1": { total_count: ids.length, repositories: ids.map((id) => ({ id })) } });

describe("every key", () => {
  it("is named for each repository of each installation", async () => {
    expect(await keys(installations(5, 6), { 5: repositories(1, 2), 6: repositories(3) })).toEqual(["5/1", "5/2", "6/3"]);
  });

  it("is named from every page", async () => {
    const ids = Array.from({ length: 101 }, (_, index) => index + 1);
    const pages = {
      "GET /installation/repositories 1": { total_count: 101, repositories: ids.slice(0, 100).map((id) => ({ id })) },
      "GET /installation/repositories 2": { total_count: 101, repositories: [{ id: 101 }] },
    };
    const app = { "GET /app/installations 1": ids.slice(0, 100).map((id) => ({ id })), "GET /app/installations 2": [{ id: 101 }] };
    expect(await keys(installations(5), { 5: pages })).toHaveLength(101);
    expect(await keys(app, Object.fromEntries(ids.map((id) => [id, repositories(7)])))).toHaveLength(101);
  });

  it("leaves out who is suspended, and what is archived", async () => {
    const app = { "GET /app/installations 1": [{ id: 5, suspended_at: "2026-01-01T00:00:00Z" }, { id: 6 }, { id: 7 }] };
    const archived = { "GET /installation/repositories 1": { total_count: 2, repositories: [{ id: 1, archived: true }, { id: 2 }] } };
    expect(await keys(app, { 5: repositories(9), 6: archived, 7: { "GET /installation/repositories 1": new Parked("suspended") } })).toEqual(["6/2"]);
  });

  it.each([
    ["a listing fails", { "GET /installation/repositories 1": new Transient("502") }],
    [
      "a page is missing",
      {
        "GET /installation/repositories 1": { total_count: 3, repositories: [{ id: 1 }] },
        "GET /installation/repositories 2": { total_count: 3, repositories: [] },
      },
    ],
    ["an answer is none", { "GET /installation/repositories 1": { message: "?" } }],
  ])("is never a shorter list because %s", async (_title, pages) => {
    await expect(keys(installations(5), { 5: pages })).rejects.toThrow(Error);
  });
});
