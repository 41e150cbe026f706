import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../../fixture.ts";
import { commitFiles } from "../../git/fixture.ts";
import { keepRules } from "../../scenarios/people.ts";
import { NO_RULES } from "./keep.ts";
import type { RefRule, Ruleset } from "./types.ts";

const HEADING = "Repository rule violations found\n\n";
type Fields = Parameters<typeof keepRules>[3];

const keep = ({ standIn, repository }: Scene, fields: Fields): Promise<Ruleset> => keepRules(standIn, repository, "kim", fields);
const refusing = (...refuses: readonly RefRule[]): Fields => ({ rules: { ...NO_RULES, refuses } });
const PULL_REQUEST = { approvals: 0, dismissesStale: false, needsCodeOwners: false, needsLastPushApproval: false };

/** What lee is answered who makes, moves or deletes a reference. */
const asked = async (scene: Scene, method: string, path: string, body?: object): Promise<string> => {
  const answer = await scene.lee(method, `${REPO}/git/refs${path}`, body);
  return answer.status < 300 ? "done" : `${String(answer.status)} ${answer.body.message}`;
};
const onMain = async (scene: Scene, files: Record<string, string>): Promise<string> =>
  commitFiles(scene.repository.git, [scene.headOf("main")!], files, "feat: it");

it.each<[string, Fields, (scene: Scene) => Promise<string>, string]>([
  [
    "a push past the pull request",
    { rules: { ...NO_RULES, pullRequest: PULL_REQUEST } },
    async (scene) => asked(scene, "PATCH", "/heads/main", { sha: await onMain(scene, { a: "a" }) }),
    `422 ${HEADING}Changes must be made through a pull request.\n\n`,
  ],
  [
    "a push past the merge queue",
    { rules: { ...NO_RULES, queue: { method: "squash", checksWithinMinutes: 60 } } },
    async (scene) => asked(scene, "PATCH", "/heads/main", { sha: await onMain(scene, { a: "a" }) }),
    `422 ${HEADING}Changes must be made through the merge queue\n\n`,
  ],
  [
    "a commit whose check nobody has reported",
    { rules: { ...NO_RULES, checks: [{ name: "unit", appId: null }] } },
    async (scene) => asked(scene, "PATCH", "/heads/main", { sha: await onMain(scene, { a: "a" }) }),
    `422 ${HEADING}Required status check "unit" is expected.\n\n`,
  ],
  [
    "any move",
    refusing("update"),
    async (scene) => asked(scene, "PATCH", "/heads/main", { sha: await onMain(scene, { a: "a" }) }),
    `422 ${HEADING}Cannot update this protected ref.\n\n`,
  ],
  [
    "a commit that is not signed",
    refusing("required_signatures"),
    async (scene) => asked(scene, "PATCH", "/heads/main", { sha: await onMain(scene, { a: "a" }) }),
    `422 ${HEADING}Commits must have verified signatures.\n\n`,
  ],
  [
    "a forced push",
    refusing("non_fast_forward"),
    async (scene) => asked(scene, "PATCH", "/heads/main", { sha: await commitFiles(scene.repository.git, [], { a: "a" }, "feat: other"), force: true }),
    `422 ${HEADING}Cannot force-push to this branch\n\n`,
  ],
  [
    "a branch that is made",
    { ...refusing("creation"), include: ["refs/heads/release/*"] },
    async (scene) => asked(scene, "POST", "", { ref: "refs/heads/release/1.x", sha: scene.headOf("main") }),
    `422 ${HEADING}Cannot create ref due to creations being restricted.\n\n`,
  ],
  [
    "a branch that is deleted",
    { ...refusing("deletion"), include: ["~ALL"] },
    async (scene) => {
      await scene.push("old", { a: "a" });
      return asked(scene, "DELETE", "/heads/old");
    },
    `422 ${HEADING}Cannot delete this branch\n\n`,
  ],
  [
    "a tag that is made",
    { ...refusing("creation"), target: "tag", include: ["refs/tags/v*"] },
    async (scene) => asked(scene, "POST", "", { ref: "refs/tags/v1.0.0", sha: scene.headOf("main") }),
    `422 ${HEADING}Cannot create ref due to creations being restricted.\n\n`,
  ],
])("refuses %s", (_what, fields, act, answer) =>
  inScene(async (scene) => {
    await keep(scene, fields);
    expect(await act(scene)).toBe(answer);
  }),
);

it("lets others pass: another branch, an excluded one, and all while it is disabled", () =>
  inScene(async (scene) => {
    const make = (name: string) => asked(scene, "POST", "", { ref: `refs/heads/${name}`, sha: scene.headOf("main") });
    const ruleset = await keep(scene, { ...refusing("creation"), include: ["refs/heads/release/*"], exclude: ["refs/heads/release/free"] });
    expect(await make("release/1.x")).toContain("creations");
    expect(await make("release/free")).toBe("done");
    expect(await make("topic")).toBe("done");
    await keep(scene, { ...ruleset, isActive: false });
    expect(await make("release/1.x")).toBe("done");
  }));

it.each<[string, Ruleset["bypass"][number]["who"] | null, string, number]>([
  ["an administrator", { is: "role", role: "admin" }, "kim", 200],
  ["who only writes", { is: "role", role: "admin" }, "lee", 422],
  ["an owner of the organization", { is: "owners" }, "owner", 200],
  // Lee is the third account of the scene.
  ["a person", { is: "person", id: 3 }, "lee", 200],
  ["nobody else than that person", { is: "person", id: 3 }, "kim", 422],
  ["nobody", null, "kim", 422],
])("spares %s", (_who, who, login, status) =>
  inScene(async (scene) => {
    const { standIn, repository } = scene;
    standIn.addUser("owner");
    repository.owner.organization!.owners.push(standIn.actorFor("owner").user);
    await keep(scene, { ...refusing("update"), bypass: who === null ? [] : [{ who, when: "always" }] });
    const sha = await onMain(scene, { a: "a" });
    const move = standIn.operations.updateRefs(standIn.actorFor(login), repository, [{ name: "refs/heads/main", after: sha, force: false }]);
    await expect(
      move.then(
        () => 200,
        ({ status: code }: { readonly status: number }) => code,
      ),
    ).resolves.toBe(status);
  }),
);

it("spares an app, and one that is spared for pull requests only where it merges one", () =>
  inScene(async (scene) => {
    const { app, bot, push, open } = scene;
    const asBot = await bot();
    const rules = { ...NO_RULES, pullRequest: { ...PULL_REQUEST, approvals: 1 } };
    const ruleset = await keep(scene, { rules, bypass: [{ who: { is: "app", id: app.id }, when: "pull request" }] });
    const sha = await onMain(scene, { a: "a" });
    expect((await asBot("PATCH", `${REPO}/git/refs/heads/main`, { sha })).status).toBe(422);
    await push("topic", { b: "b" });
    expect((await asBot("PUT", `${REPO}/pulls/${String(await open("topic"))}/merge`)).status).toBe(200);
    await keep(scene, { ...ruleset, bypass: [{ who: { is: "app", id: app.id }, when: "always" }] });
    expect((await asBot("PATCH", `${REPO}/git/refs/heads/main`, { sha: await onMain(scene, { c: "c" }) })).status).toBe(200);
  }));

it("tells of a release whose tag a ruleset refuses where GitHub does: in the errors, with nothing published", () =>
  inScene(async (scene) => {
    await keep(scene, { ...refusing("creation"), target: "tag", include: ["~ALL"] });
    const { status, body } = await scene.lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0" });
    expect([status, body.message]).toEqual([422, "Validation Failed"]);
    const message = `pre_receive ${HEADING}Cannot create ref due to creations being restricted.\n\n`;
    expect(body.errors).toEqual([{ resource: "Release", field: "pre_receive", code: "custom", message }]);
    expect(scene.repository.releases.size).toBe(0);
  }));

it("the older protection refuses forced pushes and deletion unless it allows them, and spares administrators unless it says so", () =>
  inScene(async (scene) => {
    const { kim, lee } = scene;
    await scene.push("stable", { a: "a" });
    const usual = { required_status_checks: null, enforce_admins: false, required_pull_request_reviews: null, restrictions: null };
    await kim("PUT", `${REPO}/branches/stable/protection`, usual);
    expect(await asked(scene, "DELETE", "/heads/stable")).toBe("422 Cannot delete a protected branch");
    expect(await asked(scene, "PATCH", "/heads/stable", { sha: scene.headOf("main"), force: true })).toBe("422 Cannot force-push to this branch");
    await kim("PUT", `${REPO}/branches/stable/protection`, { ...usual, required_pull_request_reviews: {}, enforce_admins: true });
    const sha = await commitFiles(scene.repository.git, [scene.headOf("stable")!], { b: "b" }, "feat: b");
    expect((await kim("PATCH", `${REPO}/git/refs/heads/stable`, { sha })).status).toBe(422);
    await kim("PUT", `${REPO}/branches/stable/protection`, { ...usual, required_pull_request_reviews: {} });
    expect((await lee("PATCH", `${REPO}/git/refs/heads/stable`, { sha })).status).toBe(422);
    expect((await kim("PATCH", `${REPO}/git/refs/heads/stable`, { sha })).status).toBe(200);
    expect((await lee("GET", `${REPO}/branches/stable`)).body).toMatchObject({ protected: true, protection: { enabled: true } });
    await kim("DELETE", `${REPO}/branches/stable/protection`);
    expect((await kim("GET", `${REPO}/branches/stable/protection`)).body.message).toBe("Branch not protected");
    expect(await asked(scene, "DELETE", "/heads/stable")).toBe("done");
  }));
