// Whether a check run says already what it is to say: what did not change is not written.
import type { CheckText } from "../../model/plan.ts";
import type { OwnCheck } from "../../model/snapshot.ts";

export function saysTheSame(check: CheckText, standing: OwnCheck): boolean {
  return check.title === standing.title && check.summary === standing.summary && check.conclusion === standing.conclusion && check.text === standing.text;
}
