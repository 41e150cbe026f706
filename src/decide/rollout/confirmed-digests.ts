// Digests that people gave as evidence before a version was put somewhere: what was built by hand leaves nothing else behind
// that could be listed.
import type { GateReport } from "../../model/plan.ts";
import type { ArtifactReport } from "../../model/rollout.ts";

const DIGEST = /^(?:[\w./:@-]{1,300}@)?sha256:[\da-f]{64}$/;

export function confirmedDigests(step: string, gates: readonly GateReport[]): readonly ArtifactReport[] {
  return gates.flatMap(({ items, state }) =>
    items.flatMap(({ text, done }): ArtifactReport[] => {
      const link = state === "open" ? (done?.link ?? null) : null;
      if (link === null || !DIGEST.test(link)) return [];
      return [{ kind: "value", reference: text, step, digest: link, attestation: { is: "not-asked" }, signature: { is: "not-asked" } }];
    }),
  );
}
