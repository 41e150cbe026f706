// What the repositories of the five stories hold: written for them, as small as they can be.

const chart = (name: string, version: string, more = ""): string => `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`;

export const canfar = {
  playbook: "opencadc-deployments",
  repository: "opencadc/deployments",
  teams: { "release-stewards": ["kim", "jo"], operations: ["omar"], communications: ["cleo"], storage: ["sara"], identity: ["ida"] },
  labels: ["release-blocker", "production-impact", "component:reg"],
  files: {
    ".github/CODEOWNERS": [
      "/helm/applications/cavern/ @opencadc/storage",
      "/helm/applications/utils/ @opencadc/storage",
      "/helm/applications/reg/ @opencadc/identity",
      "",
    ].join("\n"),
    "helm/applications/cavern/Chart.yaml": chart("cavern", "0.8.0", "dependencies:\n  - {name: utils, version: 0.1.1, repository: file://../utils}\n"),
    "helm/applications/reg/Chart.yaml": chart("reg", "1.1.0"),
    "helm/applications/utils/Chart.yaml": chart("utils", "0.1.1"),
  },
} as const;

export const lakerunner = {
  playbook: "lakerunner",
  repository: "cardinalhq/lakerunner",
  teams: { leads: ["kim"], architecture: ["ada"], oncall: ["olga"] },
  files: {
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [v1.11.0] - 2025-12-01\n\n### Fixed\n- Queries\n",
    "cmd/main.go": "package main\n",
    ".github/workflows/build-rc.yml": [
      'on: {push: {tags: ["v*.*.*-rc*"]}}',
      "jobs:",
      "  publish: {runs-on: ubuntu-latest, steps: [{name: Build and push images, run: make images}]}",
      "",
    ].join("\n"),
    ".github/workflows/promote-release.yml": [
      "on:",
      "  workflow_dispatch:",
      "    inputs:",
      "      rc_version: {type: string, required: true}",
      "      final_version: {type: string, required: false}",
      "jobs:",
      "  promote: {runs-on: ubuntu-latest, steps: [{name: Verify RC image exists, run: crane manifest}, {name: Tag, run: git tag}]}",
      "",
    ].join("\n"),
  },
} as const;

export const mirador = {
  playbook: "mirador-rca",
  repository: "platformbuilds/mirador-rca",
  teams: { mirador: ["kim", "mia"] },
  labels: ["incident"],
  files: {
    "charts/mirador-rca/Chart.yaml": `apiVersion: v2\nname: mirador-rca\nversion: 0.4.0\nappVersion: "0.4.0"\n`,
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n- _Placeholder: new features_\n\n## [v0.3.0] - 2025-09-01\n\n### Added\n- Correlations\n",
  },
} as const;

export const autoscaler = {
  playbook: "workload-variant-autoscaler",
  repository: "llm-d/llm-d-workload-variant-autoscaler",
  teams: { "wva-maintainers": ["kim", "mo"] },
  labels: ["blocking", "release"],
  files: {
    "charts/workload-variant-autoscaler/Chart.yaml": `apiVersion: v2\nname: workload-variant-autoscaler\nversion: 0.5.1\nappVersion: v0.5.1\n`,
    "charts/workload-variant-autoscaler/values.yaml": "wva:\n  image:\n    tag: v0.5.1\n",
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [0.5.1] - 2025-12-01\n\n### Fixed\n- Scaling\n",
  },
} as const;

const application = (environment: string, name: string, automated: string): string =>
  [
    "kind: Application",
    `metadata: {name: ${name}-${environment}}`,
    "spec:",
    `  source: {path: helm/charts/${name}, targetRevision: main}`,
    "  syncPolicy:",
    `    automated: ${automated}`,
    "    retry: {limit: 3, backoff: {duration: 5s, factor: 2}}",
    "",
  ].join("\n");
const applications = (environment: string, automated: string): string =>
  ["vault", "storage"].map((name) => application(environment, name, automated)).join("---\n");
export const prodApplications = (automated: string): string => applications("prod", automated);

export const hmco = {
  playbook: "hmco",
  repository: "254CARBON/HMCo",
  teams: { "team-leads": ["kim"], sre: ["sam"] },
  files: {
    "helm/charts/vault/Chart.yaml": chart("vault", "1.0.0"),
    "helm/charts/vault/CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n",
    "helm/charts/vault/values.yaml": "image:\n  repository: vault\n  tag: latest\n",
    "helm/charts/storage/Chart.yaml": chart("storage", "1.0.0"),
    "helm/charts/storage/values.yaml": "image:\n  tag: latest\n",
    "helm/charts/data-platform/Chart.yaml": chart("data-platform", "1.0.0"),
    "helm/charts/data-platform/charts/trino/Chart.yaml": chart("trino", "1.0.0"),
    "environments/dev/argocd-applications.yaml": applications("dev", "{prune: false, selfHeal: true}"),
    "environments/staging/argocd-applications.yaml": applications("staging", "{prune: false, selfHeal: true}"),
    "environments/prod/argocd-applications.yaml": prodApplications("{prune: true}"),
    ".github/RELEASE_TEMPLATE.md": "# Release\n",
  },
} as const;
