// Issues (pull requests are among them): listed, opened and edited.
import { z } from "zod";
import { need } from "../../world/access.ts";
import { invalid } from "../../world/refusals.ts";
import type { Issue, Milestone, User } from "../../world/types.ts";
import { type Answer, created, found, given, numberOf, ok, read, type RepositoryCall, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { fullIssueShape } from "../shapes/issue.ts";

export const DISCUSSION_READ = need(["issues", "pull_requests"], "read");
export const DISCUSSION_WRITE = need(["issues", "pull_requests"], "write", "read");
const TRIAGE = need(["issues", "pull_requests"], "write", "triage");

const labelNames = z
  .array(z.union([z.string(), z.object({ name: z.string() })]))
  .transform((labels) => labels.map((label) => (typeof label === "string" ? label : label.name)));
const logins = z.array(z.string());
const title = z.union([z.string(), z.number()]).transform(String);
const newIssue = z.object({
  title,
  body: z.string().nullish(),
  labels: labelNames.default([]),
  milestone: z.number().nullish(),
  assignees: logins.default([]),
});
const assigneesBody = z.object({ assignees: logins });
const editedIssue = z.object({
  title: title.optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  labels: labelNames.optional(),
  milestone: z.number().nullish(),
  assignees: logins.optional(),
});

export const issueOf = (call: RepositoryCall): Issue => found(call.repository.issues.get(numberOf(call, "number")));

/** @throws ApiError 422 for a number that no milestone has */
const milestoneNumbered = ({ repository }: RepositoryCall, number: number | null): Milestone | null => {
  if (number === null) return null;
  const milestone = repository.milestones.get(number);
  if (milestone === undefined) throw invalid("Issue", "milestone", "invalid");
  return milestone;
};

const list = (call: RepositoryCall): Promise<Answer> => {
  const { world, repository, query } = call;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const milestone = query.get("milestone");
  const since = Date.parse(query.get("since") ?? "1970-01-01T00:00:00Z");
  const creator = query.get("creator");
  const key = query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const fits = (issue: Issue): boolean =>
    (state === "all" || issue.state === state) &&
    labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) &&
    (milestone === null || milestone === "*" || (milestone === "none" ? issue.milestone === null : issue.milestone?.number === Number(milestone))) &&
    (creator === null || issue.author.login === creator) &&
    issue.updatedAt >= since;
  const issues = [...repository.issues.values()].filter(fits).sort((one, other) => one[key] - other[key] || one.number - other.number);
  return paged(call, query.get("direction") === "asc" ? issues : issues.toReversed(), (issue) => fullIssueShape(world, repository, issue));
};

/** Who can't be assigned is passed over in silence, as GitHub documents it. */
const assignable = ({ world, repository }: RepositoryCall, names: readonly string[]): User[] =>
  names.flatMap((login) => (repository.collaborators.has(login) || login === repository.owner.login ? (world.users.get(login) ?? []) : []));

const assign = async (call: RepositoryCall, change: (now: readonly User[], named: readonly User[]) => readonly User[]): Promise<Issue> => {
  const issue = issueOf(call);
  const named = assignable(call, read(call, assigneesBody).assignees);
  await call.operations.assign(writer(call), call.repository, issue, change(issue.assignees, named));
  return issue;
};

const open = async (call: RepositoryCall): Promise<Answer> => {
  const { milestone, body, assignees, ...fields } = read(call, newIssue);
  const issue = await call.operations.openIssue(writer(call), call.repository, {
    ...fields,
    body: body ?? null,
    milestone: milestoneNumbered(call, milestone ?? null),
  });
  if (assignees.length > 0) await call.operations.assign(writer(call), call.repository, issue, assignable(call, assignees));
  return created(fullIssueShape(call.world, call.repository, issue));
};

/** Exactly these labels afterwards. */
export const setLabels = async (call: RepositoryCall, issue: Issue, names: readonly string[]): Promise<void> => {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const dropped = issue.labels.filter(({ name }) => !wanted.has(name.toLowerCase()));
  for (const { name } of dropped) await call.operations.removeLabel(writer(call), call.repository, issue, name);
  await call.operations.addLabels(writer(call), call.repository, issue, names);
};

const edit = async (call: RepositoryCall): Promise<Answer> => {
  const issue = issueOf(call);
  const { labels, milestone, body, assignees, ...fields } = read(call, editedIssue);
  const change = given({ ...fields, body: body === null ? "" : body, milestone: milestone === undefined ? undefined : milestoneNumbered(call, milestone) });
  await call.operations.editIssue(writer(call), call.repository, issue, change);
  if (labels !== undefined) await setLabels(call, issue, labels);
  if (assignees !== undefined) await call.operations.assign(writer(call), call.repository, issue, assignable(call, assignees));
  return ok(fullIssueShape(call.world, call.repository, issue));
};

export const issueRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/issues", needs: DISCUSSION_READ, handle: list },
  { method: "POST", template: "/issues", needs: need("issues", "write", "read"), handle: open },
  { method: "GET", template: "/issues/{number}", needs: DISCUSSION_READ, handle: (call) => ok(fullIssueShape(call.world, call.repository, issueOf(call))) },
  { method: "PATCH", template: "/issues/{number}", needs: DISCUSSION_WRITE, handle: edit },
  {
    method: "POST",
    template: "/issues/{number}/assignees",
    needs: TRIAGE,
    handle: async (call) => {
      const issue = await assign(call, (now, named) => [...now, ...named.filter((user) => !now.includes(user))]);
      return created(fullIssueShape(call.world, call.repository, issue));
    },
  },
  {
    method: "DELETE",
    template: "/issues/{number}/assignees",
    needs: TRIAGE,
    handle: async (call) => {
      const issue = await assign(call, (now, named) => now.filter((user) => !named.includes(user)));
      return ok(fullIssueShape(call.world, call.repository, issue));
    },
  },
];
