import { stripVTControlCharacters } from "node:util";
import { expect, test } from "@jest/globals";
import { CI, gateReport, VALUES, WINDOW } from "../../test/fixtures/line-report.ts";
import { attempt, DOCS_FAILED, HELM, PUBLICATION, rolloutReport, stepReport, TAG } from "../../test/fixtures/rollout-report.ts";
import { rolloutText } from "./rollout-text.ts";

const REPORT = rolloutReport(
  [
    TAG,
    HELM,
    PUBLICATION,
    DOCS_FAILED,
    stepReport("staging", {
      kind: "environment",
      state: "needs-people",
      after: ["helm-publish"],
      because: "2 of 3 gates keep it back",
      gates: [CI, VALUES, WINDOW],
    }),
    stepReport("acme/charts", {
      kind: "downstream",
      state: "needs-people",
      because: "#7 is open in acme/charts",
      next: "review and merge it",
      url: "https://github.com/acme/charts/pull/7",
    }),
    stepReport("announce/release: status page, operations", { kind: "announcement", because: "comes after staging", after: ["staging"] }),
  ],
  {
    state: "paused",
    because: "docs failed, and what comes after it waits until somebody mends it",
    notices: ["the workflow `docs.yml` was changed after the tag"],
    artifacts: [
      {
        kind: "image",
        reference: "ghcr.io/acme/app:0.9.0",
        step: "helm-publish",
        digest: `sha256:${"ab".repeat(32)}`,
        attestation: { is: "there", url: null },
        signature: { is: "missing" },
      },
      { kind: "asset", reference: "app-0.9.0.tgz", step: "helm-publish", digest: null, attestation: { is: "not-asked" }, signature: { is: "not-asked" } },
    ],
  },
);

test("80 columns: every step in its order, the gates that are asked below it", () => {
  expect(rolloutText([REPORT], { hasColor: false, width: 80 })).toMatchInlineSnapshot(`
"cavern 0.9.0 is paused: docs failed (#12)
  docs failed, and what comes after it waits until somebody mends it
  note  the workflow \`docs.yml\` was changed after the tag

  ✓ done          tag                 \`cavern-0.9.0\` leads to aaaaaaa
  ✓ done          helm-publish        \`helm-publish.yml\` ran for 3 min 12 s
                  · attempt 1 began 2026-11-21 12:00 UTC, succeeded after 3 min
                    12 s https://github.com/acme/app/actions/runs/71/attempts/1
  ✓ done          publication         published 2026-11-21 12:00 UTC
  ✗ failed        docs                \`docs.yml\` failed in \`deploy\` at
                                      \`Publish\`, attempt 2
                  → mend it, then say \`/release retry docs\`, or
                    \`/release skip docs <reason>\`
                  · attempt 1 began 2026-11-21 12:00 UTC, ran out of time after
                    3 min https://github.com/acme/app/actions/runs/72/attempts/1
                  · attempt 2 began 2026-11-21 12:05 UTC, failed after 1 min
                    https://github.com/acme/app/actions/runs/72/attempts/2
                  · deploy: failure
                    https://github.com/acme/app/actions/runs/72/job/5
  ✗ needs people  staging             2 of 3 gates keep it back
  ├ ✗ closed      values              1 of 2 confirmed
  │               → tick the rest in the checklist, or say
  │                 \`/release evidence helm <link>\`
  │                 for owners of charts/cavern (@lee)
  │               · [x] overlays match (@lee, owners, 2026-11-21 11:00 UTC ·
  │                 https://ci.example.org/1)
  │               · [ ] Helm values match
  ├ ⏳ waits      window              opens Tue 14:00 UTC
  └ ✓ open        ci                  4 checks green on aaaaaaa
  ✗ needs people  acme/charts         #7 is open in acme/charts
                  → review and merge it
                  · https://github.com/acme/charts/pull/7
  later           announce/release: status page, operations
                    comes after staging

  artifacts
  ghcr.io/acme/app:0.9.0
    sha256:abababababababababababababababababababababababababababababababab,
    attested, not signed
  app-0.9.0.tgz not known yet

  evaluated 2026-11-21 12:00 UTC for aaaaaaa · tag cavern-0.9.0
"
`);
});

test("colour changes nothing but colour", () => {
  const coloured = rolloutText([REPORT], { hasColor: true, width: 80 });
  expect(coloured).toContain("\u001B[31m✗ failed");
  expect(stripVTControlCharacters(coloured)).toBe(rolloutText([REPORT], { hasColor: false, width: 80 }));
});

test.each([40, 60, 80, 110])("at %d columns nothing is lost and no line is longer, as far as words allow", (width) => {
  const text = rolloutText([REPORT], { hasColor: false, width });
  const squeezed = text.replaceAll(/[\s│]+/g, " ");
  for (const words of [REPORT.because, DOCS_FAILED.next, VALUES.owner, "[ ] Helm values match", "announce/release: status page, operations", "app-0.9.0.tgz"])
    expect(squeezed).toContain(words);
  for (const line of text.split("\n")) expect(line.replace(/^[\s│·→]+/, "").includes(" ") ? line.length : 0).toBeLessThanOrEqual(Math.max(width, 70));
});

test("several releases stand below each other; none is nothing", () => {
  const text = rolloutText([rolloutReport([TAG]), rolloutReport([TAG], { title: "ui 2.0.0", pullRequest: null, state: "verified" })], {
    hasColor: false,
    width: 80,
  });
  expect(text).toContain("\n\nui 2.0.0 is verified\n");
  expect(rolloutText([], { hasColor: false, width: 80 })).toBe("");
});

test("text of strangers moves no cursor and starts no line", () => {
  const evil = "a\u001B[2J\rb\nc\u202Ed";
  const step = stepReport(evil, {
    state: "needs-people",
    because: evil,
    next: evil,
    url: evil,
    details: [evil],
    attempts: [attempt(1, { url: evil, conclusion: evil })],
    gates: [gateReport(evil, { state: "closed", because: evil, next: evil, owner: evil, details: [evil], items: [{ gate: "x", text: evil, done: null }] })],
  });
  const artifact = { kind: "value", reference: evil, step: "x", digest: evil, attestation: { is: "not-asked" }, signature: { is: "not-asked" } } as const;
  const text = rolloutText([rolloutReport([step], { title: evil, because: evil, notices: [evil], moving: [evil], tag: evil, artifacts: [artifact] })], {
    hasColor: false,
    width: 80,
  });
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
});
