import { expect, it } from "@jest/globals";
import { inScene, REPO } from "../fixture.ts";

it("opens, labels, plans and closes an issue, and tells of each step", () =>
  inScene(async ({ lee, kim, heard }) => {
    await kim("POST", `${REPO}/labels`, { name: "bug", color: "ff0000", description: "Broken" });
    const milestone = await kim("POST", `${REPO}/milestones`, { title: "v2" });
    await heard();
    const { body } = await lee("POST", `${REPO}/issues`, { title: "It breaks", body: "So", labels: ["Bug", "new"], milestone: milestone.body.number });
    expect(body).toMatchObject({
      number: 1,
      labels: [
        { name: "bug", color: "ff0000" },
        { name: "new", color: "ededed" },
      ],
      milestone: { title: "v2", open_issues: 1 },
    });
    expect(await heard()).toEqual(["issues.opened", "issues.labeled", "label.created", "issues.labeled"]);
    await kim("PATCH", `${REPO}/issues/1`, { title: "It broke", milestone: null, labels: ["new"], state: "closed" });
    expect(await heard()).toEqual(["issues.edited", "issues.demilestoned", "issues.closed", "issues.unlabeled"]);
    expect((await lee("GET", `${REPO}/issues/1`)).body).toMatchObject({
      title: "It broke",
      state: "closed",
      milestone: null,
      closed_by: { login: "kim" },
      closed_at: expect.any(String),
    });
    expect((await lee("GET", `${REPO}/issues?state=all&labels=new`)).body).toHaveLength(1);
    expect((await lee("GET", `${REPO}/issues?labels=bug&state=all`)).body).toEqual([]);
  }));

it("gives issues and pull requests one row of numbers, and lists both as issues", () =>
  inScene(async ({ lee, push, open }) => {
    await lee("POST", `${REPO}/issues`, { title: "One" });
    await push("topic", { "a.txt": "a" });
    expect(await open("topic")).toBe(2);
    const { body } = await lee("GET", `${REPO}/issues`);
    expect(body.map(({ number, pull_request }: { number: number; pull_request?: object }) => [number, pull_request !== undefined])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await lee("GET", `${REPO}/pulls/1`)).status).toBe(404);
  }));

it("labels pull requests as issues, and says so as pull requests", () =>
  inScene(async ({ lee, push, open, heard }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic");
    await heard();
    await lee("POST", `${REPO}/issues/1/labels`, { labels: ["autorelease"] });
    await lee("DELETE", `${REPO}/issues/1/labels/autorelease`);
    expect(await heard()).toEqual(["label.created", "pull_request.labeled", "pull_request.unlabeled"]);
    expect((await lee("DELETE", `${REPO}/issues/1/labels/autorelease`)).body.message).toBe("Label does not exist");
  }));

it("keeps, changes and deletes comments, with all they said", () =>
  inScene(async ({ lee, kim, heard, sent, repository }) => {
    await lee("POST", `${REPO}/issues`, { title: "One" });
    await heard();
    const { body } = await lee("POST", `${REPO}/issues/1/comments`, { body: "First" });
    await kim("PATCH", `${REPO}/issues/comments/${body.id}`, { body: "Second" });
    expect(await heard()).toEqual(["issue_comment.created", "issue_comment.edited"]);
    expect(sent.at(-1)!.payload).toMatchObject({
      changes: { body: { from: "First" } },
      comment: { body: "Second", user: { login: "lee" } },
      sender: { login: "kim" },
    });
    expect(repository.comments.get(body.id)!.edits.map((edit) => edit.body)).toEqual(["First", "Second"]);
    expect((await lee("GET", `${REPO}/issues/1`)).body.comments).toBe(1);
    await lee("DELETE", `${REPO}/issues/comments/${body.id}`);
    expect(await heard()).toEqual(["issue_comment.deleted"]);
    expect((await lee("GET", `${REPO}/issues/comments/${body.id}`)).status).toBe(404);
  }));

it("counts one reaction of a kind for each person", () =>
  inScene(async ({ lee, kim }) => {
    await lee("POST", `${REPO}/issues`, { title: "One" });
    const react = (client: typeof lee, content: string) => client("POST", `${REPO}/issues/1/reactions`, { content });
    expect([(await react(lee, "eyes")).status, (await react(lee, "eyes")).status, (await react(kim, "eyes")).status]).toEqual([201, 200, 201]);
    expect((await lee("GET", `${REPO}/issues/1`)).body.reactions).toMatchObject({ total_count: 2, eyes: 2, heart: 0 });
    expect((await react(lee, "applause")).status).toBe(422);
  }));

it("binds a review to the commit that was seen, and lets nobody approve their own", () =>
  inScene(async ({ lee, kim, push, open, heard, sent }) => {
    const seen = await push("topic", { "a.txt": "a" });
    await open("topic");
    await heard();
    await kim("POST", `${REPO}/pulls/1/reviews`, { event: "APPROVE" });
    expect(await heard()).toEqual(["pull_request_review.submitted"]);
    expect(sent.at(-1)!.payload.review).toMatchObject({ state: "approved", commit_id: seen, user: { login: "kim" } });
    await push("topic", { "b.txt": "b" });
    expect((await lee("GET", `${REPO}/pulls/1/reviews`)).body).toMatchObject([{ state: "APPROVED", commit_id: seen }]);
    expect((await lee("POST", `${REPO}/pulls/1/reviews`, { event: "APPROVE" })).body.message).toBe("Can not approve your own pull request");
  }));

it("closes a milestone with its issues in it, and keeps its title taken", () =>
  inScene(async ({ kim, lee, heard }) => {
    const { body } = await kim("POST", `${REPO}/milestones`, { title: "v1.0.0", due_on: "2026-02-01T00:00:00Z" });
    const { body: issue } = await lee("POST", `${REPO}/issues`, { title: "Not done" });
    await kim("PATCH", `${REPO}/issues/${issue.number}`, { milestone: body.number });
    await heard();
    const closed = await kim("PATCH", `${REPO}/milestones/${body.number}`, { state: "closed", due_on: null });
    expect(closed.body).toMatchObject({ state: "closed", open_issues: 1, due_on: null });
    expect(await heard()).toEqual(["milestone.edited", "milestone.closed"]);
    expect((await lee("GET", `${REPO}/issues/${issue.number}`)).body.milestone).toMatchObject({ number: body.number, state: "closed" });
    const again = await kim("POST", `${REPO}/milestones`, { title: "v1.0.0" });
    expect(again).toMatchObject({ status: 422, body: { errors: [{ resource: "Milestone", field: "title", code: "already_exists" }] } });
    const { body: next } = await kim("POST", `${REPO}/milestones`, { title: "v1.1.0" });
    expect((await kim("PATCH", `${REPO}/milestones/${next.number}`, { title: "v1.0.0" })).status).toBe(422);
    expect((await lee("GET", `${REPO}/milestones`)).body.map(({ title }: { title: string }) => title)).toEqual(["v1.1.0"]);
    expect((await lee("GET", `${REPO}/milestones?state=closed`)).body.map(({ title }: { title: string }) => title)).toEqual(["v1.0.0"]);
  }));
