// What the app asks of an organization, and why. app.yml is this table; everything else is refused to it by GitHub.

export const APP_PERMISSIONS = {
  metadata: { access: "read", because: "GitHub requires it of every app" },
  contents: { access: "write", because: "reads the code, commits to release branches, tags and publishes" },
  pull_requests: { access: "write", because: "opens, labels and updates the release pull request, and reacts to commands on it" },
  checks: { access: "write", because: "shows what a release would be and what is missing; remembers what was reviewed and how far a release has come" },
  issues: { access: "read", because: "GitHub tells of comments on pull requests only those apps that may read issues" },
} as const satisfies Readonly<Record<string, { readonly access: "read" | "write"; readonly because: string }>>;
