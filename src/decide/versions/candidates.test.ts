import { describe, expect, test } from "@jest/globals";
import { nextCandidate } from "./candidates.ts";

const CANDIDATE = { candidate: { tag: "v{version}-rc{n}", for: ["minor"], promote: null } } as const;

function question(candidates: [string, number][], others: string[] = [], released: string[] = []) {
  const found = candidates.map(([name, number]) => ({ tag: { name, sha: "a" }, version: name.includes("1.2.0") ? "1.2.0" : "1.1.0", number }));
  return {
    component: "api",
    version: "1.2.0",
    candidates: found,
    released: released.map((version) => ({ version, tag: { name: `v${version}`, sha: "b" } })),
    tagNames: new Set([...found.map(({ tag }) => tag.name), ...others]),
  };
}

describe("the next candidate", () => {
  test.each<[string, ReturnType<typeof question>, number]>([
    ["is the first without any", question([]), 1],
    ["follows the highest number", question([["v1.2.0-rc9", 9], ["v1.2.0-rc10", 10]]), 11], // prettier-ignore
    ["leaves gaps as they are", question([["v1.2.0-rc1", 1], ["v1.2.0-rc4", 4]]), 5], // prettier-ignore
    ["counts other spellings", question([["v1.2.0-rc.3", 3]]), 4],
    ["follows one without a number", question([["v1.2.0-rc", 0]]), 1],
    ["does not count other versions", question([["v1.1.0-rc7", 7]]), 1],
    ["steps over a mis-tag that holds its name", question([["v1.2.0-rc1", 1]], ["v1.2.0-rc2", "v1.2.0-rc3"]), 4],
    ["is not held back by other releases", question([], [], ["1.1.0", "1.3.0"]), 1],
  ])("%s", (_, asked, number) => {
    expect(nextCandidate(CANDIDATE, asked)).toEqual({ ok: true, value: { number, tag: `v1.2.0-rc${number}` } });
  });

  test("is refused when its version is released", () => {
    expect(nextCandidate(CANDIDATE, question([["v1.2.0-rc1", 1]], [], ["1.2.0"]))).toMatchObject({
      ok: false,
      problems: [
        { severity: "error", message: "1.2.0 is released as v1.2.0: a candidate after it would go backwards", hint: "make a candidate of the next version" },
      ],
    });
  });

  test("does not exist for a team without candidates", () => {
    expect(nextCandidate({ candidate: null }, question([]))).toEqual({ ok: true, value: null });
  });
});
