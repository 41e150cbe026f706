// Which permission an installation must have, to read at least, for an app to hear of an event.
// https://docs.github.com/webhooks/webhook-events-and-payloads: "To subscribe to this event, a GitHub App must have ..."

const NEEDED: Readonly<Record<string, string>> = {
  push: "contents",
  create: "contents",
  delete: "contents",
  release: "contents",
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  issues: "issues",
  label: "issues",
  milestone: "issues",
  issue_comment: "issues",
  check_run: "checks",
  check_suite: "checks",
  status: "statuses",
  workflow_run: "actions",
  workflow_job: "actions",
  merge_group: "merge_queues",
  deployment: "deployments",
  deployment_status: "deployments",
  membership: "members",
  team: "members",
};

/** Events that are not listed come with metadata, which every installation has. */
export const mayHear = (permissions: Readonly<Record<string, string>>, event: string): boolean => {
  const needed = NEEDED[event];
  return needed === undefined || permissions[needed] !== undefined;
};
