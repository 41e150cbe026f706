import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../fixture.ts";

const requested = async ({ kim }: Scene) => {
  const { body } = await kim("GET", `${REPO}/pulls/1/requested_reviewers`);
  return [...body.users.map(({ login }: { login: string }) => login), ...body.teams.map(({ slug }: { slug: string }) => `team ${slug}`)];
};

const withPull = (use: (scene: Scene) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    await scene.push("topic", { "a.txt": "a" });
    await scene.open("topic");
    await scene.heard();
    await use(scene);
  });

it("asks people and teams for a review until they gave one", () =>
  withPull(async (scene) => {
    scene.standIn.addTeam("acme", "platform", ["sam"]);
    scene.standIn.addTeam("acme", "legal", []);
    const asked = await scene.lee("POST", `${REPO}/pulls/1/requested_reviewers`, { reviewers: ["kim"], team_reviewers: ["platform", "legal"] });
    expect(asked.status).toBe(201);
    expect(await requested(scene)).toEqual(["kim", "team platform", "team legal"]);
    expect(await scene.heard()).toEqual(["pull_request.review_requested", "pull_request.review_requested", "pull_request.review_requested"]);
    expect(scene.sent.slice(-3).map(({ payload }) => payload.requested_reviewer?.login ?? payload.requested_team.slug)).toEqual(["kim", "platform", "legal"]);
    await scene.kim("POST", `${REPO}/pulls/1/reviews`, { event: "COMMENT", body: "Looking" });
    expect(await requested(scene)).toEqual(["team platform", "team legal"]);
    await scene.sam("POST", `${REPO}/pulls/1/reviews`, { event: "APPROVE" });
    expect(await requested(scene)).toEqual(["team legal"]);
    expect((await scene.lee("DELETE", `${REPO}/pulls/1/requested_reviewers`, { reviewers: [], team_reviewers: ["legal"] })).status).toBe(200);
    expect(await requested(scene)).toEqual([]);
  }));

it.each([
  ["a person who is no collaborator", { reviewers: ["kim", "sam"] }],
  ["the author", { reviewers: ["lee"] }],
  ["nobody", { reviewers: ["ghost"] }],
  ["a team that is not there", { team_reviewers: ["ghosts"] }],
])("asks nobody at all when one of them is %s", (_who, body) =>
  withPull(async (scene) => {
    expect((await scene.kim("POST", `${REPO}/pulls/1/requested_reviewers`, body)).status).toBe(422);
    expect(await requested(scene)).toEqual([]);
    expect(await scene.heard()).toEqual([]);
  }),
);

it("lets who may write dismiss an approval, once", () =>
  withPull(async (scene) => {
    const { body: review } = await scene.kim("POST", `${REPO}/pulls/1/reviews`, { event: "APPROVE" });
    const dismiss = (by: Scene["kim"]) => by("PUT", `${REPO}/pulls/1/reviews/${review.id}/dismissals`, { message: "It changed" });
    expect((await dismiss(scene.sam)).status).toBe(403);
    expect((await dismiss(scene.lee)).body).toMatchObject({ id: review.id, state: "DISMISSED" });
    expect(await scene.heard()).toEqual(["pull_request_review.submitted", "pull_request_review.dismissed"]);
    expect((await dismiss(scene.lee)).status).toBe(422);
  }));

it("takes reviews and comments after the merge too", () =>
  withPull(async (scene) => {
    const { kim, heard } = scene;
    await kim("PUT", `${REPO}/pulls/1/merge`);
    await heard();
    for (const event of ["COMMENT", "APPROVE"]) expect((await kim("POST", `${REPO}/pulls/1/reviews`, { event, body: "Seen it run" })).status).toBe(200);
    expect((await scene.sam("POST", `${REPO}/issues/1/comments`, { body: "So did I" })).status).toBe(201);
    expect(await heard()).toEqual(["pull_request_review.submitted", "pull_request_review.submitted", "issue_comment.created"]);
  }));
