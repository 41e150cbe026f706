// Where GitHub's descriptions are wrong, and why we know. Nothing is passed over in silence: a complaint that is not
// listed here word by word fails the test.

export type Complaint = {
  /** Which exchange or webhook, such as `GET /repos/{owner}/{repo}/pulls 200` or `webhook push`. */
  readonly place: string;
  readonly what: string;
};
type KnownFault = { readonly place: string | RegExp; readonly what: string | RegExp; readonly reason: string };

/**
 * Statuses that any route may answer with `{ "message": ... }`. The description names them on some routes only; GitHub's
 * "Troubleshooting the REST API" says them of all.
 */
export const ANY_ROUTE_MAY_ANSWER: ReadonlySet<number> = new Set([301, 307, 400, 401, 403, 404, 429, 500, 502, 503]);

export const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    place: "GET /app/installations 200",
    what: /^\/\*\/account must have required property '(name|slug|created_at|updated_at)'$/,
    reason: "The list asks for an account that is a user and an enterprise at once (allOf); the installation schema has it right (anyOf).",
  },
  {
    place: "GET /app/installations 200",
    what: '/* has the undeclared key "client_id"',
    reason: "The list spells out an installation of its own and forgot the field; the installation schema of all other routes has it.",
  },
  {
    place: /^(GET \/app\/installations 200|webhook (check_suite|issues|issue_comment)\..+)$/,
    what: /\/permissions has the undeclared key "attestations"$/,
    reason: "Permissions are spelt out once more there and lack the newer ones; the app-permissions schema has them.",
  },
  {
    place: / (400|403|404|405|409|410|422)$/,
    what: '/ has the undeclared key "status"',
    reason:
      "GitHub repeats the status as a string in every error since 2024; basic-error declares it, validation-error and the errors that are spelt out were forgotten.",
  },
  {
    place: "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers 422",
    what: "has a body, but none is described",
    reason: "The description names the status for who is no collaborator and no body; every refusal has one that says why.",
  },
  {
    place: "DELETE /repos/{owner}/{repo}/git/refs/{ref} 422",
    what: "has a body, but none is described",
    reason: "The description names the status and no body; every refusal has one that says why, such as the rule that forbids it.",
  },
  {
    place:
      /^(POST \/repos\/\{owner\}\/\{repo\}\/pulls\/\{pull_number\}\/requested_reviewers 201|GET \/repos\/\{owner\}\/\{repo\}\/(commits\/\{commit_sha\}\/)?pulls 200)$/,
    what: /^\/(\*\/)?labels\/\*\/description must be string, found null$/,
    reason: "A label may have no description, as the label schema says; this schema spells labels out once more and forgot it.",
  },
  {
    place: /^webhook pull_request(_review)?\./,
    what: /^\/(requested_team|pull_request\/requested_teams\/\*) has the undeclared key "(notification_setting|type|organization_id)"$/,
    reason: "Teams are spelt out once more in these payloads and lack the newer fields; the team schemas of REST have them.",
  },
  {
    place: "PATCH /repos/{owner}/{repo}/releases/{release_id} 422",
    what: "this status is not described",
    reason: "A second published release of a tag is refused as on creation, where the description names the 422.",
  },
  {
    place: /^webhook (issue_comment|issues)\./,
    what: '/issue/performed_via_github_app has the undeclared key "client_id"',
    reason: "The app inside of an issue is spelt out once more in these payloads and forgot the field; the integration schema has it.",
  },
  {
    place: /^webhook pull_request\.(milestoned|demilestoned)$/,
    what: '/ has the undeclared key "installation"',
    reason: "GitHub's documentation of payloads: every event that is sent to an app says which installation it is for; these two schemas forgot it.",
  },
  {
    place: /^GET \/repos\/\{owner\}\/\{repo\}\/actions\/(workflows\/\{workflow_id\}\/)?runs$/,
    what: /^query parameter "created" must match format "date-time", found "/,
    reason:
      "The description's own words for the parameter are \"the given date-time range\", in the syntax of GitHub's search; its format is that of one moment.",
  },
  {
    place: "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches 422",
    what: "this status is not described",
    reason: "A ref that is not there, and inputs that the workflow does not take, are refused with it: reported by users of GitHub.",
  },
  {
    place: /^graphql /,
    what: /^Fields "\w+" conflict because they return conflicting types /,
    reason: "GitHub's own command line asks for the state of an issue or a pull request by one name, which the specification forbids and GitHub answers.",
  },
  {
    place: /^GET \/orgs\/\{org\}\/teams\/\{team_slug\}\/(memberships|repos)\/.+ 404$/,
    what: "has a body, but none is described",
    reason: "The description names the status for who is no member, and for what the team may not do; every refusal has a body.",
  },
  {
    place: "POST /repos/{owner}/{repo}/deployments 409",
    what: "has a body, but none is described",
    reason: "The description's own words say what the answer holds: a conflict, or the checks that failed.",
  },
  {
    place: /deployment/,
    what: /\/(environment_url|log_url|target_url) must match format "uri", found ""$/,
    reason: "The description's own default of these fields is the empty text, which their format forbids.",
  },
  {
    place: "webhook workflow_run.in_progress",
    what: '/workflow_run has the undeclared key "display_title"',
    reason: "The run is spelt out for each action; `requested` and `completed` have the field, this one forgot it.",
  },
];

/** The complaints as text, without those that are GitHub's own mistakes. */
export function withoutKnownFaults(complaints: readonly Complaint[]): string[] {
  return complaints.filter((complaint) => !KNOWN_FAULTS.some((fault) => isThat(fault, complaint))).map(({ place, what }) => `${place}: ${what}`);
}

function isThat(fault: KnownFault, complaint: Complaint): boolean {
  return matches(fault.place, complaint.place) && matches(fault.what, complaint.what);
}

function matches(expected: string | RegExp, text: string): boolean {
  return typeof expected === "string" ? expected === text : expected.test(text);
}
