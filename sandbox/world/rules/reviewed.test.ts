import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../../fixture.ts";

const NO_REVIEW = { required_approving_review_count: 0, dismiss_stale_reviews_on_push: false, require_code_owner_review: false };
const MORE = { require_last_push_approval: false, required_review_thread_resolution: false };

type Reviewed = Scene & { readonly merge: () => Promise<string>; readonly approve: (login: string) => Promise<void> };

/** A pull request of lee's into main, whose ruleset asks for these reviews; jo and kim may review. */
const inReview = (wanted: object, use: (reviewed: Reviewed) => Promise<void>, files: Record<string, string> = {}): Promise<void> =>
  inScene(async (scene) => {
    const { kim, standIn, repository, push, open } = scene;
    standIn.addUser("jo");
    repository.collaborators.set("jo", "write");
    await push("main", { "docs/a.md": "a", ...files });
    const rules = [{ type: "pull_request", parameters: { ...NO_REVIEW, ...MORE, ...wanted } }];
    const conditions = { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } };
    const made = await kim("POST", `${REPO}/rulesets`, { name: "Reviews", target: "branch", enforcement: "active", conditions, rules });
    expect(made.status).toBe(201);
    await push("topic", { "src/b.txt": "b" });
    await open("topic");
    const issue = repository.issues.get(1)!;
    await use({
      ...scene,
      merge: async () => (await kim("PUT", `${REPO}/pulls/1/merge`)).body.message,
      approve: async (login) => void (await standIn.operations.review(standIn.actorFor(login), repository, issue, { state: "APPROVED", body: "" })),
    });
  });

const VIOLATED = "Repository rule violations found\n\n";
const MERGED = "Pull Request successfully merged";

it("asks for as many approvals of people who may write", () =>
  inReview({ required_approving_review_count: 2 }, async ({ merge, approve, kim }) => {
    expect(await merge()).toBe(`${VIOLATED}At least 2 approving reviews are required by reviewers with write access.`);
    await approve("sam");
    await approve("jo");
    expect(await merge()).toMatch("At least 2");
    expect((await kim("GET", `${REPO}/pulls/1`)).body.mergeable_state).toBe("blocked");
    await approve("kim");
    expect(await merge()).toBe(MERGED);
  }));

it("a push takes approvals back where that is asked for, and tells of it", () =>
  inReview({ required_approving_review_count: 1, dismiss_stale_reviews_on_push: true }, async ({ merge, approve, push, heard, kim }) => {
    await approve("jo");
    await heard();
    await push("topic", { "src/c.txt": "c" });
    expect(await heard()).toContain("pull_request_review.dismissed");
    expect((await kim("GET", `${REPO}/pulls/1/reviews`)).body).toMatchObject([{ state: "DISMISSED" }]);
    expect(await merge()).toMatch("At least 1 approving review is required");
    await approve("jo");
    expect(await merge()).toBe(MERGED);
  }));

it("the newest push must be approved by somebody who did not make it, where that is asked for", () =>
  inReview({ required_approving_review_count: 1, require_last_push_approval: true }, async ({ merge, approve, push, standIn, repository }) => {
    await approve("jo");
    await push("topic", { "src/c.txt": "c" });
    expect(await merge()).toBe(`${VIOLATED}New changes require approval from someone other than the last pusher.`);
    await standIn.operations.review(standIn.actorFor("kim"), repository, repository.issues.get(1)!, { state: "APPROVED", body: "" });
    expect(await merge()).toBe(MERGED);
  }));

it("code owners of what is changed are asked when it opens, by the file on the base, and must agree where that is asked for", () =>
  inReview(
    { require_code_owner_review: true },
    async ({ merge, approve, kim }) => {
      const { body } = await kim("GET", `${REPO}/pulls/1`);
      expect(body.requested_reviewers.map(({ login }: { login: string }) => login)).toEqual(["jo"]);
      expect(await merge()).toBe(`${VIOLATED}Waiting on code owner review from jo.`);
      await approve("kim");
      expect(await merge()).toMatch("code owner review");
      await approve("jo");
      expect(await merge()).toBe(MERGED);
    },
    { ".github/CODEOWNERS": "* @kim\ndocs/ @sam\n/src/ @jo @sam # sam may not write\n" },
  ));

it("where code owners are not required they are asked all the same, and an author is never asked", () =>
  inReview(
    {},
    async ({ merge, kim }) => {
      expect((await kim("GET", `${REPO}/pulls/1`)).body.requested_reviewers).toEqual([]);
      expect(await merge()).toBe(MERGED);
    },
    { CODEOWNERS: "*.txt @lee\n" },
  ));
