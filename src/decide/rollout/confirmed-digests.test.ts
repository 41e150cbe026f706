import { describe, expect, test } from "@jest/globals";
import type { ChecklistItem, GateReport } from "../../model/plan.ts";
import { confirmedDigests } from "./confirmed-digests.ts";

const DIGEST = `sha256:${"1a".repeat(32)}`;

function gate(link: string | null, state: GateReport["state"] = "open"): GateReport {
  const items: ChecklistItem[] = [{ gate: "canary/image", text: "digest of the image", done: { by: "mia", role: "maintainers", at: 5, link } }];
  return {
    gate: "canary/image",
    kind: "evidence",
    owner: null,
    state,
    because: "",
    next: null,
    opensAt: null,
    details: [],
    items,
    problems: [],
    overridden: null,
  };
}

describe("what people say they built", () => {
  test.each([
    ["a digest", DIGEST, "open", DIGEST],
    ["an image with its digest", `ghcr.io/acme/app:v1@${DIGEST}`, "open", `ghcr.io/acme/app:v1@${DIGEST}`],
    ["a link", "https://example.org/run/7", "open", null],
    ["a shorter one", DIGEST.slice(0, -1), "open", null],
    ["a tick without words", null, "open", null],
    ["a gate that is not open", DIGEST, "closed", null],
  ] as const)("%s", (_, link, state, expected) => {
    expect(confirmedDigests("canary", [gate(link, state)]).map(({ reference, step, digest }) => ({ reference, step, digest }))).toEqual(
      expected === null ? [] : [{ reference: "digest of the image", step: "canary", digest: expected }],
    );
  });
});
