// Which checks the default branch requires, by rulesets and by classic protection. Only REST shows both to an app that
// does not administer the repository, so asking costs two requests.
import type { Hosted } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOf, listAt, textAt } from "./fields.ts";
import type { Moment } from "./moment.ts";
import { readUnlessRefused } from "./refusal.ts";

type Required = { readonly name: string; readonly appId: number | null };

const RULES_PAGE = 100;
/** Classic protection says so where any app will do. */
const ANY_APP = -1;

export function readRequiredChecks(moment: Moment): Promise<NonNullable<Hosted["requiredChecks"]>> {
  return readUnlessRefused("contents: read", requiredBoth(moment));
}

async function requiredBoth(moment: Moment): Promise<readonly Required[]> {
  const all = (await Promise.all([requiredByRulesets(moment), requiredByProtection(moment)])).flat();
  return [...new Map(all.map((one) => [JSON.stringify([one.name, one.appId]), one])).values()];
}

async function requiredByRulesets({ rest, owner, repo, head }: Moment): Promise<Required[]> {
  const found: Required[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await rest("GET /repos/{owner}/{repo}/rules/branches/{branch}", { owner, repo, branch: head.branch, per_page: RULES_PAGE, page });
    const rules = listAt({ rules: data }, "rules");
    for (const rule of rules.filter((one) => textAt(one, "type") === "required_status_checks")) {
      const checks = listAt(fieldsAt(rule, "parameters"), "required_status_checks");
      found.push(...checks.map((check) => ({ name: textAt(check, "context"), appId: appAt(check, "integration_id") })));
    }
    if (rules.length < RULES_PAGE) return found;
  }
}

async function requiredByProtection({ rest, owner, repo, head }: Moment): Promise<Required[]> {
  const { data } = await rest("GET /repos/{owner}/{repo}/branches/{branch}", { owner, repo, branch: head.branch });
  const protection = fieldsAt(fieldsOf(data, "branch"), "protection");
  if (protection["required_status_checks"] === undefined) return [];
  const required = fieldsAt(protection, "required_status_checks");
  const checks = listAt(required, "checks").map((check) => ({ name: textAt(check, "context"), appId: appAt(check, "app_id") }));
  const named = new Set(checks.map(({ name }) => name));
  const contexts = textsAt(required, "contexts").filter((name) => !named.has(name));
  return [...checks, ...contexts.map((name) => ({ name, appId: null }))];
}

function textsAt(of: Fields, name: string): string[] {
  const value = of[name];
  if (!Array.isArray(value)) throw new Error(`GitHub's answer: \`${name}\` is not a list.`);
  return value.map((one: unknown) => textAt({ one }, "one"));
}

/** REST leaves out what it does not know. */
function appAt(of: Fields, name: string): number | null {
  const id = of[name];
  return typeof id === "number" && id !== ANY_APP ? id : null;
}
