// Violations of rules as the API words them, and as a git client shows them.
import type { PushRefusal } from "../../git/packets.ts";
import type { Violation } from "./ref-violations.ts";

/** What the older protection refuses stands by itself; a ruleset's sentences come below a heading. */
export const violationText = (violations: readonly Violation[]): string => {
  const said = (by: Violation["by"]): string[] => violations.filter((one) => one.by === by).flatMap(({ messages }) => messages);
  const [byRulesets, byProtection] = [said("ruleset"), said("protection")];
  return byRulesets.length > 0 ? `Repository rule violations found\n\n${[...byRulesets, ...byProtection].join("\n\n")}\n\n` : byProtection.join(" ");
};

/** `page` is where the rules of the repository are listed. */
export const pushRefusal = (violations: readonly Violation[], page: string): PushRefusal | null => {
  const [first] = violations;
  if (first === undefined) return null;
  const remote = violations.flatMap(({ ref, by, messages }) =>
    by === "ruleset"
      ? [
          `error: GH013: Repository rule violations found for ${ref}.`,
          `Review all repository rules at ${page}?ref=${encodeURIComponent(ref)}`,
          "",
          ...messages.flatMap((message) => [`- ${message}`, ""]),
        ]
      : [`error: GH006: Protected branch update failed for ${ref}.`, "", ...messages.flatMap((message) => [`- ${message}`, ""])],
  );
  return { remote, reason: first.by === "ruleset" ? "push declined due to repository rule violations" : "protected branch hook declined" };
};
