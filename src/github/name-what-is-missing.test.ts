import { expect, test } from "@jest/globals";
import type { GitHub } from "./types.ts";
import { Refused, Transient } from "../model/errors.ts";
import { namingWhatIsMissing } from "./name-what-is-missing.ts";

const ALL = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  checks: "write",
  issues: "write",
  actions: "write",
  attestations: "read",
  statuses: "read",
  members: "read",
};
const SAID = "Resource not accessible by integration";

async function reasonOf(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return error;
  }
}

/** What comes out when GitHub throws that and the installation grants this: the same on both ways. */
async function thrown(error: Error, readGrant: () => Promise<Readonly<Record<string, string>>>): Promise<unknown> {
  const refuse = async (): Promise<never> => {
    throw error;
  };
  const github: GitHub = namingWhatIsMissing({ rest: refuse, graphql: refuse }, readGrant);
  const byRest = await reasonOf(() => github.rest("GET /x", {}));
  expect(await reasonOf(() => github.graphql("query { x }", {}))).toEqual(byRest);
  return byRest;
}

test.each([
  ["read where write is asked for", { ...ALL, pull_requests: "read" }, "pull requests: write"],
  ["one that is not there", { ...ALL, checks: "none" }, "checks: write"],
  ["two of them", { ...ALL, contents: "read", checks: "read" }, "contents: write and checks: write"],
  ["none: then it is something that the app never asks for", ALL, null],
])("names %s", async (_title, granted, permission) => {
  expect(await thrown(new Refused("query", SAID, null), async () => granted)).toMatchObject({ message: `query: ${SAID}`, permission });
});

test.each([
  ["another permission that GitHub named", new Refused("POST /x", SAID, "workflows: write")],
  ["a rule of the repository", new Refused("POST /x", "Repository rule violations found", null)],
  ["a failure that passes", new Transient("502")],
])("leaves alone %s, and asks nothing", async (_title, error) => {
  const asked: string[] = [];
  const granted = async () => {
    asked.push("granted");
    return {};
  };
  expect(await thrown(error, granted)).toBe(error);
  expect(asked).toEqual([]);
});

test("names it for a field that is refused while the rest is answered, too", async () => {
  const path = ["repository", "issues"];
  const github = namingWhatIsMissing(
    {
      rest: () => Promise.reject(new Error("not asked for")),
      graphql: async (_document, _variables, options) => {
        options?.onRefused?.(path, new Refused("query", SAID, null));
        return { repository: null };
      },
    },
    async () => ({ ...ALL, issues: "none" }),
  );
  const refused: unknown[] = [];
  expect(await github.graphql("query { x }", {}, { onRefused: (...one) => void refused.push(one) })).toEqual({ repository: null });
  expect(refused).toMatchObject([[path, { message: `query: ${SAID}`, permission: "issues: write" }]]);
});

test("when the grant can't be read the refusal stays as it is", async () => {
  const error = new Refused("query", SAID, null);
  expect(await thrown(error, () => Promise.reject(new Transient("502")))).toBe(error);
});
