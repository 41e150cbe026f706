import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../../fixture.ts";
import { installCi, reportCheck, setStatus } from "../../scenarios/people.ts";
import type { Ruleset } from "./types.ts";

type Report = (scene: Scene, sha: string) => Promise<unknown>;
const run =
  (conclusion: string | null): Report =>
  ({ standIn, repository }, sha) =>
    reportCheck(standIn, repository, sha, "unit", conclusion);
const ofOtherApp: Report = ({ standIn, repository }, sha) =>
  standIn.operations.reportCheck(standIn.actorFor("kim"), repository, sha, { name: "unit", conclusion: "success", appSlug: "steward" });
const status =
  (state: "success" | "failure" | "pending", login?: string): Report =>
  ({ standIn, repository }, sha) =>
    setStatus(standIn, repository, sha, { context: "unit", state, ...(login === undefined ? {} : { login }) });

const MERGED = "Pull Request successfully merged";
const is = (standing: string): string => `Required status check "unit" is ${standing}.`;

/** A pull request into main, which requires `unit`, from anybody or from acme-ci; what kim is answered when she merges. */
const mergedAfter = async (reports: readonly Report[], from: "anybody" | "acme-ci", by: Ruleset["by"] = "protection"): Promise<string> => {
  let answer = "";
  await inScene(async (scene) => {
    const { standIn, repository, push, open, kim } = scene;
    const ci = installCi(standIn, "acme");
    const checks = [{ name: "unit", appId: from === "anybody" ? null : ci.id }];
    await standIn.operations.requireChecks(standIn.actorFor("kim"), repository, { branch: "main", by, checks });
    const sha = await push("topic", { "a.txt": "a" });
    await open("topic");
    for (const report of reports) await report(scene, sha);
    const { status: code, body } = await kim("PUT", `${REPO}/pulls/1/merge`);
    answer = body.message;
    expect(code).toBe(answer === MERGED ? 200 : 405);
  });
  return answer;
};

it.each<[string, readonly Report[], "anybody" | "acme-ci", string]>([
  ["nobody said anything", [], "anybody", is("expected")],
  ["its check runs", [run(null)], "anybody", is("pending")],
  ["its check failed", [run("failure")], "anybody", is("failing")],
  ["its check was cancelled", [run("cancelled")], "anybody", is("failing")],
  ["its check passed", [run("success")], "anybody", MERGED],
  ["its check is neutral", [run("neutral")], "anybody", MERGED],
  ["its check was skipped", [run("skipped")], "anybody", MERGED],
  ["its newest check passed", [run("failure"), run("success")], "anybody", MERGED],
  ["its newest check failed", [run("success"), run("failure")], "anybody", is("failing")],
  ["its newest check has begun again", [run("success"), run(null)], "anybody", is("pending")],
  ["a status passed", [status("success", "lee")], "anybody", MERGED],
  ["a status waits", [status("pending", "lee")], "anybody", is("pending")],
  ["a check passed and a status of that name failed", [run("success"), status("failure")], "anybody", is("failing")],
  ["another app said so", [ofOtherApp], "acme-ci", is("expected")],
  ["a person said so", [status("success", "lee")], "acme-ci", is("expected")],
  ["that app said so by a status", [status("success")], "acme-ci", MERGED],
  ["that app failed it and another one passed it later", [run("failure"), ofOtherApp], "acme-ci", is("failing")],
  ["that app passed it", [run("success")], "acme-ci", MERGED],
])("when %s", async (_when, reports, from, answer) => {
  expect(await mergedAfter(reports, from)).toBe(answer);
});

it("says of a ruleset that it was violated", async () => {
  expect(await mergedAfter([], "anybody", "ruleset")).toBe(`Repository rule violations found\n\n${is("expected")}`);
});

it("holds an app as it holds people, and only on that branch", () =>
  inScene(async ({ standIn, repository, push, open, bot, kim }) => {
    const required = [{ name: "unit", appId: null }];
    await standIn.operations.requireChecks(standIn.actorFor("kim"), repository, { branch: "main", by: "ruleset", checks: required });
    await push("topic", { "a.txt": "a" });
    await open("topic");
    expect((await (await bot())("PUT", `${REPO}/pulls/1/merge`)).status).toBe(405);
    await kim("GET", `${REPO}/pulls/1`);
    expect((await kim("GET", `${REPO}/pulls/1`)).body.mergeable_state).toBe("blocked");
    await standIn.operations.requireChecks(standIn.actorFor("kim"), repository, { branch: "main", by: "ruleset", checks: [] });
    await standIn.operations.requireChecks(standIn.actorFor("kim"), repository, { branch: "release/1.x", by: "ruleset", checks: required });
    expect((await (await bot())("PUT", `${REPO}/pulls/1/merge`)).status).toBe(200);
  }));

it("tells both kinds at their own addresses, with the app where one is named", () =>
  inScene(async ({ standIn, repository, app, kim, lee }) => {
    const demand = (by: Ruleset["by"], name: string, appId: number | null) =>
      standIn.operations.requireChecks(standIn.actorFor("kim"), repository, { branch: "main", by, checks: [{ name, appId }] });
    await demand("ruleset", "unit", null);
    await demand("ruleset", "e2e", app.id);
    await demand("protection", "lint", null);
    const rules = (await lee("GET", `${REPO}/rules/branches/main`)).body;
    expect(rules).toMatchObject([{ type: "required_status_checks", parameters: { required_status_checks: [{ context: "e2e", integration_id: app.id }] } }]);
    const { protection } = (await kim("GET", `/repositories/${repository.id}/branches/main`)).body;
    expect(protection.required_status_checks).toMatchObject({ contexts: ["lint"], checks: [{ context: "lint", app_id: null }] });
    expect((await lee("GET", `${REPO}/rules/branches/other`)).body).toEqual([]);
    await expect(standIn.operations.requireChecks(standIn.actorFor("lee"), repository, { branch: "main", by: "ruleset", checks: [] })).rejects.toThrow(
      "Must have admin access",
    );
  }));

it("lets a running check of that app end, and makes a new one for the next word", () =>
  inScene(async ({ standIn, repository, headOf }) => {
    installCi(standIn, "acme");
    const sha = headOf("main")!;
    for (const conclusion of [null, "success", "failure"]) await reportCheck(standIn, repository, sha, "unit", conclusion);
    expect([...repository.checkRuns.values()].map(({ conclusion, suite }) => [suite.app.slug, conclusion])).toEqual([
      ["acme-ci", "success"],
      ["acme-ci", "failure"],
    ]);
    await expect(
      standIn.operations.reportCheck(standIn.actorFor("kim"), repository, sha, { name: "unit", conclusion: null, appSlug: "nobody" }),
    ).rejects.toThrow("acme has no app nobody installed");
  }));
