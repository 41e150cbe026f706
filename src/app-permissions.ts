// What the app asks of an organization, and why. app.yml is this table; everything else is refused to it by GitHub.

export const APP_PERMISSIONS = {
  metadata: { access: "read", because: "GitHub requires it of every app" },
  contents: { access: "write", because: "reads the code, commits to release branches, merges, tags and publishes" },
  pull_requests: { access: "write", because: "opens and updates the release pull request" },
  checks: { access: "write", because: "shows on each commit why a release waits; remembers each step after the tag" },
  issues: { access: "write", because: "comments, reacts to commands, and keeps the release desk" },
} as const satisfies Readonly<Record<string, { readonly access: "read" | "write"; readonly because: string }>>;
