import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../fixture.ts";

/** sam is in a team that is a part of engineering; jo owns the organization; max is a member of it; eva is nobody there. */
const inTeams = (use: (scene: Scene & { readonly roleOf: (login: string) => Promise<string> }) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    const { standIn, repository, kim } = scene;
    for (const login of ["jo", "max", "eva"]) standIn.addUser(login);
    const engineering = standIn.addTeam("acme", "engineering", []);
    standIn.addTeam("acme", "release", ["sam"], { parent: engineering });
    const { organization } = repository.owner;
    organization!.owners.push(standIn.actorFor("jo").user);
    organization!.members.push(standIn.actorFor("max").user, standIn.actorFor("kim").user);
    await use({
      ...scene,
      roleOf: async (login) => (await kim("GET", `${REPO}/collaborators/${login}/permission`)).body.role_name,
    });
  });

it("a team gives its members a role, and those of the teams that are parts of it; what was given by name stays, and the higher counts", () =>
  inTeams(async ({ kim, sam, lee, roleOf, standIn, repository }) => {
    expect(await roleOf("sam")).toBe("read");
    expect((await sam("POST", `${REPO}/labels`, { name: "x", color: "ffffff" })).status).toBe(403);
    expect((await lee("PUT", `/orgs/acme/teams/engineering${REPO}`, { permission: "push" })).status).toBe(404);
    await kim("PUT", `/orgs/acme/teams/engineering${REPO}`, { permission: "push" });
    expect(await roleOf("sam")).toBe("write");
    expect((await sam("POST", `${REPO}/labels`, { name: "x", color: "ffffff" })).status).toBe(201);
    repository.collaborators.set("sam", "triage");
    expect(await roleOf("sam")).toBe("write");
    await kim("DELETE", `/orgs/acme/teams/engineering${REPO}`);
    expect(await roleOf("sam")).toBe("triage");
    standIn.setMembers(standIn.world.teams.get("acme/release")!, []);
    expect((await kim("GET", "/orgs/acme/teams/engineering/members")).body).toEqual([]);
  }));

it("owners administer, members have the base role of the organization, and others nothing of a private repository", () =>
  inTeams(async ({ repository, roleOf }) => {
    repository.isPrivate = true;
    expect(await Promise.all(["jo", "max", "eva"].map(roleOf))).toEqual(["admin", "read", "none"]);
    repository.owner.organization!.baseRole = "none";
    expect(await roleOf("max")).toBe("none");
    repository.owner.organization!.baseRole = "write";
    expect(await roleOf("max")).toBe("write");
  }));

it("membership counts through parts of a team, and is told to who belongs to the organization and to apps that may read members", () =>
  inTeams(async ({ kim, sam, bot, installation, nobody }) => {
    const at = "/orgs/acme/teams/engineering/memberships";
    expect((await kim("GET", `${at}/sam`)).body).toMatchObject({ role: "member", state: "active" });
    expect((await kim("GET", `${at}/max`)).status).toBe(404);
    expect((await sam("GET", "/orgs/acme/teams/release")).body).toMatchObject({ parent: { slug: "engineering" }, members_count: 1 });
    expect([(await nobody("GET", `${at}/sam`)).status, (await (await bot())("GET", `${at}/sam`)).status]).toEqual([401, 403]);
    installation.permissions = { ...installation.permissions, members: "read" };
    expect((await (await bot())("GET", `${at}/sam`)).status).toBe(200);
  }));

it("a team is asked for a review where it may read", () =>
  inTeams(async ({ kim, lee, push, open, repository }) => {
    await push("topic", { a: "a" });
    const ask = async (): Promise<number> =>
      (await lee("POST", `${REPO}/pulls/${String(await number)}/requested_reviewers`, { team_reviewers: ["release"] })).status;
    const number = open("topic");
    await number;
    repository.isPrivate = true;
    repository.owner.organization!.baseRole = "none";
    expect(await ask()).toBe(422);
    await kim("PUT", `/orgs/acme/teams/engineering${REPO}`, { permission: "pull" });
    expect(await ask()).toBe(201);
  }));
