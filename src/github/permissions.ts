// What the app asks of an organization, and why. app.yml is this table; everything else is refused to it by GitHub.

export const APP_PERMISSIONS = {
  metadata: { access: "read", because: "GitHub requires it of every app" },
  contents: { access: "write", because: "reads the code, commits to release branches, tags and publishes" },
  pull_requests: { access: "write", because: "opens, labels and updates the release pull request, and reacts to commands on it" },
  checks: { access: "write", because: "shows what a release would be and what is missing; remembers what was reviewed and how far a release has come" },
  issues: { access: "write", because: "hears commands, sees what blocks a release, keeps its desk and moves what was deferred" },
  actions: { access: "write", because: "starts the workflows that follow a release, follows each to its end, and runs one again when a person says so" },
  attestations: { access: "read", because: "checks that what was built has its provenance" },
  statuses: { access: "read", because: "sees whether the commit statuses that a gate wants have passed" },
  members: { access: "read", because: "knows who is in the teams that may approve and command" },
} as const satisfies Readonly<Record<string, { readonly access: "read" | "write"; readonly because: string }>>;
