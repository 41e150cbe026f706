// A release of each of the five teams, told as its own document tells it: with its playbook from examples/, from the first
// commit over every gate to the tag. What is asked after the tag belongs to environments.
import { describe, expect, test } from "@jest/globals";
import { openPull } from "../../sandbox/scenarios/people.ts";
import { gateRow, headline, openExample, report, write } from "./five-teams/open-example.ts";
import { LAKERUNNER_CHECKS, releaseCandidate } from "./five-teams/lakerunner-rollout.ts";
import { autoscaler, canfar, hmco, lakerunner, mirador, prodApplications } from "./five-teams/repositories.ts";

describe("CANFAR: one release a chart", () => {
  test("a pull request that says what it is, checks, blockers, values, both approvals and highlights: then the chart is released [C-06, C-13, C-15, C-16, C-23]", async () => {
    const team = await openExample(canfar);
    const { operations } = team.standIn;
    for (const tag of ["cavern-0.8.0", "reg-1.1.0", "utils-0.1.1", "2026.1"]) await team.tag(tag);

    // Lee changes a chart; what the pull request is has to be said before it is merged.
    const files = { "helm/applications/cavern/templates/mount.yaml": "kind: Volume\n" };
    const change = await openPull(team.standIn, team.repository, { branch: "mount", title: "feat: mount read-only", files, login: "lee" });
    await team.settle();
    expect(team.check(change)).toMatchObject({ conclusion: "failure", output: { title: "Needs one of type:*, documentation, breaking-change" } });
    await operations.addLabels(team.person("lee"), team.repository, change, ["type:feature"]);
    await team.settle();
    expect(team.check(change)).toMatchObject({ conclusion: "success", output: { title: "Would release: cavern minor (feat)" } });
    await operations.mergePullRequest(team.person("kim"), team.repository, change, { method: "merge", sha: null, title: null, message: null });
    const elsewhere = await team.openIssue("reg forgets a service", ["release-blocker", "component:reg"]);
    const blocker = await team.openIssue("mounts hang", ["production-impact"]);
    await team.settle();

    const pull = team.releasePullRequest();
    expect(pull.title).toBe("chore(main): release cavern 0.9.0");
    expect(pull.pull?.requestedTeams.map(({ slug }) => slug)).toEqual(["release-stewards", "storage"]);
    expect(headline(team, pull)).toBe("cavern 0.9.0 waits for 6 of 7: blockers, values, stewarded, owned and 2 more");
    expect(gateRow(team, pull, "labels")).toBe("✓ open · 1 pull request labelled as wanted");
    expect(gateRow(team, pull, "ci")).toMatch(/^\? unknown · `checks` has not reported on [\da-f]{7} · wait for it/);
    expect(gateRow(team, pull, "blockers")).toContain(`#${String(blocker.number)} "mounts hang", under a day, nobody's`);
    expect(team.status(pull)).toContain(`#${String(elsewhere.number)} "reg forgets a service" carries \`component:reg\` and does not hold this release`);

    await team.report(pull, "checks", "failure");
    await team.settle();
    expect(gateRow(team, pull, "ci")).toMatch(/^✗ closed · `checks` failed on [\da-f]{7} · fix or re-run it$/);
    await team.report(pull, "checks");
    await team.settle();
    expect(gateRow(team, pull, "ci")).toMatch(/^✓ open · 1 check green on [\da-f]{7}$/);

    // Blockers are the stewards' to defer.
    await team.say(pull, `/release defer #${String(blocker.number)} rare`, "lee");
    await team.settle();
    expect(gateRow(team, pull, "blockers")).toMatch(/^✗ closed/);
    expect(team.commentsOf(pull).at(-1)?.body).toContain("defer needs the role steward");
    await team.say(pull, `/release defer #${String(blocker.number)} seen in a test set-up only`, "kim");
    await team.settle();
    expect(gateRow(team, pull, "blockers")).toBe("✓ open · no open issue carries `release-blocker` or `production-impact`");
    expect(headline(team, pull)).toBe("cavern 0.9.0 waits for 4 of 7: values, stewarded, owned, notes");

    // Lee may write, and owns nothing of the chart.
    await team.tick(pull, "values", "lee");
    await team.settle();
    expect(gateRow(team, pull, "values")).toContain("@lee's tick of `values` does not count: it needs owners of helm/applications/cavern (@opencadc/storage)");
    await team.say(pull, "/release evidence values https://example.org/overlays", "sara");
    await team.settle();
    expect(gateRow(team, pull, "values")).toBe("✓ open · @sara confirmed: https://example.org/overlays");

    await team.approve(pull, "kim");
    await team.settle();
    expect(gateRow(team, pull, "stewarded")).toMatch(/^✓ open · @kim approved/);
    expect(gateRow(team, pull, "owned")).toMatch(
      /^✗ closed · nobody of the owners has approved yet · approve the pull request \(@sara for `helm\/applications\/cavern\/templates\/mount.yaml`\)/,
    );
    await team.approve(pull, "sara");
    await team.settle();
    expect(headline(team, pull)).toBe("cavern 0.9.0 waits for 1 of 7: notes");
    expect(gateRow(team, pull, "notes")).toContain("Highlights is not written yet");
    await write(team, pull, "Highlights", "Volumes can be mounted read-only.");
    await team.settle();
    expect(headline(team, pull)).toBe("cavern 0.9.0 is ready to merge");
    expect(team.check(pull)).toMatchObject({ conclusion: "success", output: { title: "ready to merge" } });
    expect(Object.keys(team.tags())).toEqual(["2026.1", "cavern-0.8.0", "reg-1.1.0", "utils-0.1.1"]);

    const merged = await team.merge(pull, "merge");
    await team.settle();
    expect(team.tags()["cavern-0.9.0"]).toBe(merged);
    expect(team.releases()).toMatchObject([
      { tag: "cavern-0.9.0", isDraft: false, body: expect.stringMatching(/^### Highlights\nVolumes can be mounted read-only\.\n\n### Features\n/) },
    ]);
    expect(team.desk()?.body).toContain("| train | `2026.1` |  | 2026.2 |");
  });

  test("a chart of another team has its own owners, and what was pushed past review is named [C-06, C-09]", async () => {
    const team = await openExample(canfar);
    for (const tag of ["cavern-0.8.0", "reg-1.1.0", "utils-0.1.1"]) await team.tag(tag);
    await team.contribute("fix: answer faster", "merge", { "helm/applications/reg/values.yaml": "replicas: 2\n" }, ["type:fix"]);
    const pushed = await team.push("fix: no tabs in names", { "helm/applications/utils/names.tpl": "{{ .Name }}\n" });
    await team.settle();

    const [reg, utils] = team.releasePullRequests();
    if (reg === undefined || utils === undefined) throw new Error("two releases were expected");
    expect([reg.title, utils.title]).toEqual(["chore(main): release reg 1.1.1", "chore(main): release utils 0.1.2"]);
    expect(gateRow(team, reg, "owned")).toContain("@ida for `helm/applications/reg/values.yaml`");
    expect(gateRow(team, utils, "owned")).toContain("@sara for `helm/applications/utils/names.tpl`");
    expect(team.status(reg)).not.toContain("pushed without a pull request");
    expect(team.status(utils)).toContain(`- **Risk:** ${pushed.slice(0, 7)} was pushed without a pull request`);

    await team.approve(reg, "ida");
    await team.approve(utils, "ida");
    await team.settle();
    expect(gateRow(team, reg, "owned")).toMatch(/^✓ open · @ida approved/);
    expect(gateRow(team, utils, "owned")).toMatch(
      /^✗ closed · @ida approved `[\da-f]{7}`, which does not count here: it needs owners of helm\/applications\/utils/,
    );
  });

  test("a chart that nobody owns can't be released, and it says where to name an owner [C-06]", async () => {
    const team = await openExample({ ...canfar, files: { ...canfar.files, ".github/CODEOWNERS": "/docs/ @opencadc/storage\n" } });
    for (const tag of ["cavern-0.8.0", "reg-1.1.0", "utils-0.1.1"]) await team.tag(tag);
    await team.contribute("fix: answer faster", "merge", { "helm/applications/reg/values.yaml": "replicas: 2\n" }, ["type:fix"]);
    await team.settle();
    const pull = team.releasePullRequest();
    await team.approve(pull, "ida");
    await team.settle();
    for (const gate of ["values", "owned"]) {
      expect(gateRow(team, pull, gate)).toMatch(/^✗ closed · .*nothing that this release touches in reg has an owner/);
      expect(gateRow(team, pull, gate)).toContain("add the path to `.github/CODEOWNERS`, or `owners` to reg in the playbook");
    }
  });
});

describe("LakeRunner: the size of a release decides who has to agree", () => {
  test("a fix is released by itself when the whole matrix is green, and not before [L-01, L-02, L-09, L-12, L-39, L-44]", async () => {
    const team = await openExample(lakerunner);
    await team.tag("v1.11.0");
    await team.contribute("fix: close the segment");
    await team.settle();
    const pull = team.releasePullRequest();
    expect(headline(team, pull)).toBe("lakerunner 1.11.1 waits for 1 of 1: tests");
    expect(gateRow(team, pull, "tests")).toMatch(/^\? unknown · `test \(\*\)` and `integration-test \(\*\)` have not reported on/);

    await report(team, pull, LAKERUNNER_CHECKS, null);
    await team.settle();
    expect(gateRow(team, pull, "tests")).toMatch(
      /^⏳ waits · `test \(1\.24\.x\)`, `test \(1\.25\.x\)` and `integration-test \(1\.25\.x\)` are still running on/,
    );
    await report(team, pull, ["test (1.24.x)", "test (1.25.x)"]);
    await report(team, pull, ["integration-test (1.25.x)"], "failure");
    await team.settle();
    expect(gateRow(team, pull, "tests")).toMatch(/^✗ closed · `integration-test \(1\.25\.x\)` failed on/);
    expect(pull.state).toBe("open");
    expect(Object.keys(team.tags())).toEqual(["v1.11.0"]);

    await report(team, pull, ["integration-test (1.25.x)"]);
    await team.settle();
    expect(pull.pull?.merged?.by.login).toBe("release-steward[bot]");
    expect(headline(team, pull)).toBe("v1.11.1 waits at candidate/build-rc for people");
    await releaseCandidate(team, pull, "v1.11.1");
    expect(team.tags()["v1.11.1"]).toBe(pull.pull?.merged?.sha);
    expect(team.releases()).toMatchObject([{ tag: "v1.11.1", isDraft: false }]);
  });

  test("a migration makes it a minor release: its own check, three confirmations and the lead are asked, and a person merges [L-03, L-07, L-13, L-14, L-18, L-19, L-20, L-41, L-45]", async () => {
    const team = await openExample(lakerunner);
    await team.tag("v1.11.0");
    await team.contribute("fix: index the log table", "squash", { "lrdb/migrations/0042_index.up.sql": "CREATE INDEX;\n" });
    await team.settle();
    const pull = team.releasePullRequest();
    expect(headline(team, pull)).toBe("lakerunner 1.12.0 waits for 6 of 6: security, load, customers, led and 2 more");
    expect(team.status(pull)).toContain("**Risk:** touches `lrdb/migrations/**`: minor at least, `migrations`");

    await report(team, pull, LAKERUNNER_CHECKS);
    await report(team, pull, ["Check Migration File Integrity"], "failure");
    await team.settle();
    expect(gateRow(team, pull, "migrations")).toMatch(/^✗ closed · `Check Migration File Integrity` failed on/);
    await report(team, pull, ["Check Migration File Integrity"]);
    await team.settle();
    expect(headline(team, pull)).toBe("lakerunner 1.12.0 waits for 4 of 6: security, load, customers, led");

    // Not the lead's word.
    await team.tick(pull, "security", "olga");
    await team.settle();
    expect(gateRow(team, pull, "security")).toContain("@olga's tick of `security` does not count: it needs lead (@cardinalhq/leads)");
    await team.say(pull, ["/release evidence security https://example.org/scan", "/release evidence load https://example.org/load"].join("\n"), "kim");
    await team.tick(pull, "customers", "kim");
    await team.settle();
    expect(gateRow(team, pull, "security")).toBe("✓ open · @kim confirmed: https://example.org/scan");
    expect(gateRow(team, pull, "load")).toBe("✓ open · @kim confirmed: https://example.org/load");
    expect(headline(team, pull)).toBe("lakerunner 1.12.0 waits for 1 of 6: led");

    await team.approve(pull, "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("lakerunner 1.12.0 is ready to merge");
    expect(Object.keys(team.tags())).toEqual(["v1.11.0"]);
    const merged = await team.merge(pull);
    await team.settle();
    await releaseCandidate(team, pull, "v1.12.0");
    expect(team.tags()["v1.12.0"]).toBe(merged);
  });

  test("what breaks asks the architects, and that customers know: the lead's approval is not enough [L-01, L-04, L-46]", async () => {
    const team = await openExample(lakerunner);
    await team.tag("v1.11.0");
    await team.contribute("feat!: queries are answered in pages");
    await team.settle();
    const pull = team.releasePullRequest();
    expect(headline(team, pull)).toBe("lakerunner 2.0.0 waits for 6 of 6: security, load, customers, designed and 2 more");
    expect(team.status(pull)).toContain("**Risk:** breaking change: queries are answered in pages");

    await report(team, pull, LAKERUNNER_CHECKS);
    await team.say(
      pull,
      ["/release evidence security https://example.org/scan", "/release evidence load https://example.org/load", "/release evidence customers asked two"].join(
        "\n",
      ),
      "kim",
    );
    await team.approve(pull, "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("lakerunner 2.0.0 waits for 2 of 6: designed, notified");
    expect(gateRow(team, pull, "designed")).toMatch(
      /^✗ closed · @kim approved `[\da-f]{7}`, which does not count here: it needs architects \(@cardinalhq\/architecture\)/,
    );

    await team.approve(pull, "ada");
    await team.settle();
    expect(headline(team, pull)).toBe("lakerunner 2.0.0 waits for 1 of 6: notified");
    await team.say(pull, "/release evidence notified https://example.org/migration-guide", "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("lakerunner 2.0.0 is ready to merge");
    expect(pull.state).toBe("open");
    expect(Object.keys(team.tags())).toEqual(["v1.11.0"]);
    const merged = await team.merge(pull);
    await team.settle();
    await releaseCandidate(team, pull, "v2.0.0");
    expect(team.tags()["v2.0.0"]).toBe(merged);
  });
});

describe("mirador-rca: the changelog decides", () => {
  test("placeholders are a question; with a line below Added come green checks, staging, incidents, docs and generated code [M-02, M-03, M-04, M-07, L-40]", async () => {
    const team = await openExample(mirador);
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    expect(team.desk()?.body).toContain("**Which version is next?** No release yet, and the only change carries no signal: which version is next?");

    const changelog = mirador.files["CHANGELOG.md"].replace("_Placeholder: new features_", "Correlation by host");
    await team.contribute("Correlate by host", "squash", { "CHANGELOG.md": changelog, "internal/grpc/proto/rca.proto": "message Host {}\n" });
    await team.standIn.operations.createMilestone(team.person("kim"), team.repository, { title: "v0.5.0", description: null });
    const incident = await team.openIssue("cache misses at midnight", ["incident"]);
    await team.settle();
    const pull = team.releasePullRequest();
    expect(pull.title).toBe("Release v0.4.0");
    expect(headline(team, pull)).toBe("mirador-rca 0.4.0 waits for 5 of 5: staging, incidents, docs, generated and 1 more");
    expect(gateRow(team, pull, "generated")).toContain("`internal/grpc/proto/` changed, and nothing in `internal/grpc/generated/**`");

    // Risky work goes to the next milestone.
    await team.say(pull, `/release defer #${String(incident.number)} needs a new cache`, "mia");
    await team.settle();
    expect(gateRow(team, pull, "incidents")).toBe("✓ open · no open issue carries `incident`");
    expect(incident.milestone?.title).toBe("v0.5.0");

    await team.contribute("Generate the code again", "squash", { "internal/grpc/generated/rca.pb.go": "package generated\n" });
    await team.settle();
    expect(gateRow(team, pull, "generated")).toBe("✓ open · `internal/grpc/proto/**` and `internal/grpc/generated/**` changed together");

    await report(team, pull, ["lint", "test", "helm"]);
    await report(team, pull, ["govulncheck"], "failure");
    await team.settle();
    expect(gateRow(team, pull, "green")).toMatch(/^✗ closed · `govulncheck` failed on/);
    await report(team, pull, ["govulncheck"]);
    await team.settle();
    expect(gateRow(team, pull, "green")).toMatch(/^✓ open · 4 checks green on/);
    expect(headline(team, pull)).toBe("mirador-rca 0.4.0 waits for 2 of 5: staging, docs");

    await team.say(pull, "/release evidence staging https://example.org/run/7", "mia");
    await team.settle();
    expect(gateRow(team, pull, "staging")).toBe("✓ open · @mia confirmed: https://example.org/run/7");
    await team.tick(pull, "docs", "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("mirador-rca 0.4.0 is ready to merge");
    expect(team.tags()).toEqual({});
    const merged = await team.merge(pull);
    await team.settle();
    expect(await team.git.resolve("refs/tags/v0.4.0")).toBe(merged);
    expect(team.releases()).toMatchObject([{ tag: "v0.4.0", isDraft: false, body: expect.stringContaining("Correlation by host") }]);
    expect(await team.read("charts/mirador-rca/Chart.yaml")).toContain("version: 0.4.0");
  });
});

describe("Workload-Variant-Autoscaler: nothing that blocks the milestone", () => {
  test("tests, the milestone, generated definitions, docs and a maintainer who asked for changes first [W-01, W-06, W-14, W-16, W-17, W-23, W-24, W-25, W-58, W-59]", async () => {
    const team = await openExample(autoscaler);
    const { operations } = team.standIn;
    await team.tag("v0.5.1");
    const kim = team.person("kim");
    const milestone = await operations.createMilestone(kim, team.repository, { title: "v0.6.0", description: null });
    await operations.createMilestone(kim, team.repository, { title: "v0.7.0", description: null });
    await team.contribute("feat: scale to zero", "squash", { "config/crd/bases/autoscaling.yaml": "kind: CustomResourceDefinition\n" });
    const blocking = await operations.openIssue(team.person("lee"), team.repository, { title: "scales up twice", body: null, labels: ["blocking"], milestone });
    await operations.openIssue(team.person("lee"), team.repository, { title: "nicer logs", body: null, labels: [], milestone });
    await team.settle();
    const pull = team.releasePullRequest();
    expect([pull.title, pull.pull?.head, pull.labels.map(({ name }) => name)]).toEqual(["Release v0.6.0", "release-v0.6.0", ["release"]]);
    expect(pull.pull?.requestedTeams.map(({ slug }) => slug)).toEqual(["wva-maintainers"]);
    expect(headline(team, pull)).toBe("workload-variant-autoscaler 0.6.0 waits for 6 of 6: milestone, crds, docs, reviewed and 2 more");
    expect(gateRow(team, pull, "tests")).toMatch(/^\? unknown · `lint-and-test` has not reported on/);
    expect(gateRow(team, pull, "milestone")).toContain('"scales up twice", under a day, nobody\'s');
    expect(gateRow(team, pull, "milestone")).not.toContain("nicer logs");
    expect(gateRow(team, pull, "crds")).toContain("`config/crd/bases/` changed, and nothing in `charts/workload-variant-autoscaler/crds/**`");

    await team.say(pull, `/release defer #${String(blocking.number)} rare`, "kim");
    await team.contribute("chore: copy the definition into the chart", "squash", {
      "charts/workload-variant-autoscaler/crds/autoscaling.yaml": "kind: CustomResourceDefinition\n",
    });
    await team.settle();
    expect(blocking.milestone?.title).toBe("v0.7.0");
    expect(gateRow(team, pull, "milestone")).toBe("✓ open · no open issue carries `blocking` in milestone `v0.6.0`");
    expect(gateRow(team, pull, "crds")).toContain("changed together");

    await report(team, pull, ["lint-and-test"], null);
    await team.settle();
    expect(gateRow(team, pull, "tests")).toMatch(/^⏳ waits · `lint-and-test` is still running on/);
    await report(team, pull, ["lint-and-test"]);
    // Lee writes code, and is no maintainer.
    await team.say(pull, "/release evidence docs https://example.org/docs", "lee");
    await team.settle();
    expect(team.commentsOf(pull).at(-1)?.body).toContain("needs the role maintainers");
    expect(headline(team, pull)).toBe("workload-variant-autoscaler 0.6.0 waits for 3 of 6: docs, reviewed, notes");
    await team.say(pull, "/release evidence docs https://example.org/docs", "mo");
    await write(team, pull, "Highlights", "Idle variants cost nothing.");

    await team.review(pull, "mo", "CHANGES_REQUESTED");
    await team.approve(pull, "kim");
    await team.settle();
    expect(headline(team, pull)).toBe("workload-variant-autoscaler 0.6.0 waits for 1 of 6: reviewed");
    expect(gateRow(team, pull, "reviewed")).toMatch(/^✗ closed · @mo asked for changes on `[\da-f]{7}` · ask @mo to look again, or dismiss that review/);
    await team.approve(pull, "mo");
    await team.settle();
    expect(headline(team, pull)).toBe("workload-variant-autoscaler 0.6.0 is ready to merge");
    expect(Object.keys(team.tags())).toEqual(["v0.5.1"]);

    const merged = await team.merge(pull);
    await team.settle();
    expect(await team.git.resolve("refs/tags/v0.6.0")).toBe(merged);
    expect(await team.read("charts/workload-variant-autoscaler/values.yaml")).toContain("tag: v0.6.0");
    expect(team.releases()).toMatchObject([{ tag: "v0.6.0", isDraft: false }]);
  });

  test("help names every command and whether the asker may say it [W-74, H-58]", async () => {
    const team = await openExample(autoscaler);
    await team.tag("v0.5.1");
    await team.contribute("fix: scale down slowly");
    await team.settle();
    const pull = team.releasePullRequest();
    await team.say(pull, "/release help", "lee");
    await team.settle();
    const answer = team.commentsOf(pull).at(-1)?.body ?? "";
    expect(answer).toMatch(/\| `\/release status` \| .* \| ✓ yes \|/);
    expect(answer).toMatch(/\| `\/release evidence <step> <link or words>` \|/);
  });
});

describe("HMCo: charts that are found, pinned and synced by hand", () => {
  test("every chart is found and needs a bump; floating tags and automatic syncs in production keep a release back [H-12, H-15, H-17, H-35, H-38, H-40, H-59]", async () => {
    const team = await openExample(hmco);
    await team.tag("vault-1.0.0");
    await team.tag("trino-1.0.0");
    const silent = await openPull(team.standIn, team.repository, {
      branch: "tune",
      title: "tune the store",
      files: { "helm/charts/storage/templates/class.yaml": "kind: StorageClass\n" },
      login: "lee",
    });
    await team.contribute("feat: rotate keys", "squash", { "helm/charts/vault/templates/rotate.yaml": "kind: CronJob\n" });
    await team.settle();
    // Whoever touches a chart says what it does to its version.
    expect(team.check(silent)).toMatchObject({ conclusion: "failure", output: { title: "Say what this does: label it or type its title" } });

    const pull = team.releasePullRequest();
    expect([pull.title, pull.labels.map(({ name }) => name)]).toEqual(["Release vault 1.1.0", ["helm-chart"]]);
    for (const name of ["data-platform", "storage", "trino", "vault"]) expect(team.desk()?.body).toMatch(new RegExp(`^\\| ${name} \\|`, "m"));
    expect(headline(team, pull)).toBe("vault 1.1.0 waits for 3 of 3: pinned, manual-sync, ci");
    // Those of the store float as well, and are not released now.
    expect(gateRow(team, pull, "pinned")).toContain("1 line holds what is forbidden: `helm/charts/vault/values.yaml:3:3`");
    expect(gateRow(team, pull, "manual-sync")).toContain("expected null or nothing at `spec.syncPolicy.automated`, found a mapping, and in 1 other place");

    await team.contribute("fix: pin the image", "squash", { "helm/charts/vault/values.yaml": "image:\n  repository: vault\n  tag: 1.17.2\n" });
    await team.settle();
    expect(gateRow(team, pull, "pinned")).toBe("✓ open · nothing forbidden in 1 file");
    await team.contribute("chore: production is synced by hand", "squash", { "environments/prod/argocd-applications.yaml": prodApplications("null") });
    await team.settle();
    expect(gateRow(team, pull, "manual-sync")).toBe(
      "✓ open · `spec.syncPolicy.automated` is null in 2 documents of `environments/prod/argocd-applications.yaml`",
    );
    expect(headline(team, pull)).toBe("vault 1.1.0 waits for 1 of 3: ci");

    await report(team, pull, ["Kubernetes Manifest Validation", "SBOM Generation and Signing", "End-to-End Tests"]);
    await team.settle();
    expect(gateRow(team, pull, "ci")).toMatch(/^\? unknown · `Helm Chart Validation` has not reported on/);
    await report(team, pull, ["Helm Chart Validation"], "failure");
    await team.settle();
    expect(gateRow(team, pull, "ci")).toMatch(/^✗ closed · `Helm Chart Validation` failed on/);
    await report(team, pull, ["Helm Chart Validation"]);
    await team.settle();
    expect(headline(team, pull)).toBe("vault 1.1.0 is ready to merge");
    expect(Object.keys(team.tags())).toEqual(["trino-1.0.0", "vault-1.0.0"]);

    const merged = await team.merge(pull);
    await team.settle();
    expect(team.tags()["vault-1.1.0"]).toBe(merged);
    expect(await team.read("helm/charts/vault/Chart.yaml")).toContain("version: 1.1.0");
    expect(team.releases()).toMatchObject([{ tag: "vault-1.1.0", isDraft: false }]);
  });
});
