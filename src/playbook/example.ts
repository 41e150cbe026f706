// One complete playbook: the example of each key in the JSON Schema and on the reference page.

export const EXAMPLE = {
  schema: 1,
  extends: "acme/.github",
  roles: { steward: "@acme/release-stewards", operations: ["@acme/sre", "@kim"], maintainer: "maintain" },
  components: { server: { path: "." } },
  versioning: {
    source: "pull-requests",
    minimum: { minor: { paths: ["migrations/**"] } },
    files: [
      { file: "charts/server/Chart.yaml", yaml: "version" },
      { file: "Makefile", regex: String.raw`^VERSION \?= (.*)$`, value: "v{version}" },
    ],
  },
  changelog: { file: "CHANGELOG.md", style: "keep-a-changelog", heading: "## [{version}] - {date}" },
  release: {
    pull_request: { branch: "release/v{version}", title: "Release v{version}", labels: ["release"] },
    candidate: { tag: "v{version}-rc.{n}", for: ["minor", "major"] },
    tag: { name: "v{version}" },
    notes: { sections: ["Highlights", "Known issues"], require: ["Highlights"] },
    desk: "Releases",
    commands: { hold: "maintainer", override: "steward" },
  },
  gates: {
    ci: { check: ["required", "test (*)"] },
    scanned: { check: { names: "CodeQL", app: "github-advanced-security" } },
    blockers: { no_open_issues: { labels: ["release-blocker"], scope: ["component:{component}", "branch:{branch}"] } },
    reviewed: { approval: "steward" },
    rehearsed: { evidence: { items: ["upgrade from the last release", "rollback"], each: "push" }, by: "operations" },
    healthy: { evidence: ["error rate", "response times"], by: "operations", soak: "24h", window: "Mon-Fri 09:00-17:00 America/New_York" },
    holidays: {
      freeze: [
        { from: "2026-12-19", to: "2027-01-03", reason: "nobody is on call", except: ["security"] },
        { from: "2027-03-26 18:00", to: "2027-03-30 08:00", zone: "Europe/Berlin", except: { policies: ["hotfix"], labels: ["freeze-exempt"] } },
      ],
    },
  },
  policies: {
    default: { gates: ["ci", "scanned", "blockers", "reviewed", "rehearsed", "holidays"] },
    patch: { automatic: true, gates: ["ci", "holidays"] },
    security: { labels: ["security"], gates: ["ci", "holidays"] },
  },
  artifacts: [{ workflow: "release.yml", trigger: "tag", images: ["ghcr.io/acme/server:v{version}"], attestation: "required" }],
  environments: [
    { name: "staging", deploy: { workflow: "deploy.yml", inputs: { version: "{version}" } }, soak: "24h" },
    { name: "production", after: "staging", deploy: { manual: "operations" }, window: "Tue-Thu 14:00-18:00 UTC", verify: ["healthy"] },
  ],
  downstream: [{ repository: "acme/charts", files: [{ file: "server/Chart.yaml", yaml: "appVersion", value: "v{version}" }] }],
  communications: [{ on: "production", to: ["status page", "operations chat"], draft: true, by: "operations" }],
} as const;
