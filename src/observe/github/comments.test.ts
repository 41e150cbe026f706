// What is read of conversations: commands of people with all that they ever said, and this app's own comments.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Actor, Comment, Issue } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { Transient } from "../../model/errors.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import { openMemory } from "./memory.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
let pull: Issue;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { "README.md": "begin\n" });
  pull = await world.openPull("release", "Release", { a: "1" });
});
afterEach(() => world.standIn.close());

const say = (body: string, by: Actor = world.kim): Promise<Comment> => world.standIn.operations.comment(by, world.repository, pull, body);
const edit = (comment: Comment, body: string, by: Actor = world.kim): Promise<void> =>
  world.standIn.operations.editComment(by, world.repository, comment, body);
const react = async (comment: Comment, content: "rocket" | "confused" | "eyes", by: Actor = world.bot): Promise<number> =>
  (await world.standIn.operations.react(by, world.repository, comment, content)).createdAt;

async function look(): Promise<OwnPullRequest> {
  const [own] = (await world.look().first()).hosted.open;
  return own!;
}

const asked = async (): Promise<readonly (readonly string[])[]> => (await look()).requests.map(({ revisions }) => revisions.map(({ text }) => text));

describe("commands", () => {
  it("are comments of people in which a line begins with one, however they were answered", async () => {
    const accepted = await say("/release plan");
    const refused = await say("Please:\n\n  /release as 2.0.0");
    await say("what does /release do?");
    await say("/released yesterday");
    await say("/release plan", world.bot);
    const last = await say("/release last");
    await react(accepted, "eyes");
    await react(accepted, "rocket");
    await react(refused, "confused");
    await react(last, "rocket", world.kim);
    const { requests } = await look();
    expect(requests.map(({ author, revisions, answered }) => [author, revisions.at(-1)!.text, answered?.is ?? null])).toEqual([
      ["kim", "/release plan", "accepted"],
      ["kim", "Please:\n\n  /release as 2.0.0", "refused"],
      ["kim", "/release last", null],
    ]);
    expect(requests[2]).toEqual({
      id: expect.any(String),
      url: `${world.standIn.world.url}/acme/app/pull/${pull.number}#issuecomment-${last.id}`,
      author: "kim",
      createdAt: last.createdAt,
      revisions: [{ at: last.createdAt, editor: "kim", text: "/release last" }],
      seenAt: null,
      answered: null,
    });
  });

  it("that another app says are none", async () => {
    const { standIn } = world;
    const other = standIn.addApp({ slug: "parrot", publicKey: "", permissions: { issues: "write", pull_requests: "write" }, events: [], webhook: null });
    await say("/release plan", { is: "installation", user: other.bot, installation: standIn.install(other, "acme") });
    expect(await asked()).toEqual([]);
  });

  it("tell all that they ever said, who wrote that and when", async () => {
    world.standIn.addUser("lee");
    world.repository.collaborators.set("lee", "write");
    const comment = await say("/release plan");
    await edit(comment, "/release hold too soon", world.standIn.actorFor("lee"));
    await edit(comment, "/release unhold");
    const [{ revisions } = { revisions: [] }] = (await look()).requests;
    expect(revisions.map(({ editor, text }) => [editor, text])).toEqual([
      ["kim", "/release plan"],
      ["lee", "/release hold too soon"],
      ["kim", "/release unhold"],
    ]);
    expect(revisions.map(({ at }) => at)).toEqual(revisions.map(({ at }) => at).toSorted((one, other) => one - other));
    expect(revisions[0]!.at).toBe(comment.createdAt);
  });

  it("are found where an edit wrote one, or only an older text held one and this app answered it", async () => {
    await edit(await say("hello"), "/release plan");
    const gone = await say("/release hold");
    await react(gone, "rocket");
    await edit(gone, "never mind");
    await edit(await say("/release unhold"), "what is /release?");
    await edit(await say("hello"), "world");
    expect(await asked()).toEqual([
      ["hello", "/release plan"],
      ["/release hold", "never mind"],
      ["/release unhold", "what is /release?"],
    ]);
  });

  it("tell since when they are being answered, and whether an edit came before or after the answer", async () => {
    const waiting = await say("/release plan");
    const answered = await say("/release plan");
    for (const login of ["ann", "bob", "cleo"]) {
      world.standIn.addUser(login);
      await react(waiting, "eyes", world.standIn.actorFor(login));
    }
    world.standIn.advance(60_000);
    const seenAt = await react(waiting, "eyes");
    const eyesAt = await react(answered, "eyes");
    world.standIn.advance(60_000);
    const at = await react(answered, "rocket");
    world.standIn.advance(60_000);
    await edit(answered, "/release plan\n/release hold");
    const { requests } = await look();
    expect(requests.map((one) => [one.seenAt, one.answered])).toEqual([
      [seenAt, null],
      [eyesAt, { is: "accepted", at }],
    ]);
    expect(requests[1]!.revisions[1]!.at).toBeGreaterThan(at);
  });

  it("tell since when the newest answer to an edit was begun", async () => {
    const comment = await say("/release plan");
    await react(comment, "eyes");
    const at = await react(comment, "rocket");
    await edit(comment, "/release plan\n/release hold");
    world.standIn.advance(60_000);
    await world.standIn.operations.unreact(world.bot, world.repository, comment, "eyes");
    const seenAt = await react(comment, "eyes");
    expect((await look()).requests.map((one) => [one.seenAt, one.answered])).toEqual([[seenAt, { is: "accepted", at }]]);
    expect(seenAt).toBeGreaterThanOrEqual(at + 60_000);
  });

  it("are found behind a hundred reactions of others", async () => {
    const comment = await say("/release plan");
    for (let index = 0; index < 120; index += 1) {
      world.standIn.addUser(`fan${index}`);
      await react(comment, "eyes", world.standIn.actorFor(`fan${index}`));
    }
    const seenAt = await react(comment, "eyes");
    expect((await look()).requests[0]!.seenAt).toBe(seenAt);
  });

  it("are all found among five thousand comments, and at the next look for one request", async () => {
    await say("/release one");
    for (let index = 0; index < 4_998; index += 1) await say(`word ${index}`);
    await say("/release two");
    const memory = openMemory();
    expect((await world.look(memory).first()).hosted.open[0]!.requests.map(({ revisions }) => revisions[0]!.text)).toEqual(["/release one", "/release two"]);
    await say("/release three");
    let again: readonly string[] = [];
    const requests = await world.requestsOf(async () => {
      again = (await world.look(memory).first()).hosted.open[0]!.requests.map(({ revisions }) => revisions[0]!.text);
    });
    expect(again).toEqual(["/release one", "/release two", "/release three"]);
    expect(requests.length).toBeLessThanOrEqual(2);
  });

  it("keep every word of a long history of edits", async () => {
    const comment = await say("/release plan");
    for (let index = 0; index < 230; index += 1) await edit(comment, `/release plan ${index}`);
    expect(await asked()).toEqual([["/release plan", ...Array.from({ length: 230 }, (_, index) => `/release plan ${index}`)]]);
  });

  it("keep the place of a text that somebody deleted from the history, without its words", async () => {
    const comment = await say("/release hold");
    await edit(comment, "/release plan");
    const { github } = world;
    const graphql: typeof github.graphql = async (...args) => {
      const text = JSON.stringify(await github.graphql(...args));
      return JSON.parse(text.replace('"diff":"/release hold"', '"diff":null'));
    };
    const [own] = (await world.look(openMemory(), { ...github, graphql }).first()).hosted.open;
    expect(own!.requests[0]!.revisions.map(({ text }) => text)).toEqual(["", "/release plan"]);
  });

  it("decide nothing when the history does not end with what stands there", async () => {
    const comment = await say("/release plan");
    await edit(comment, "/release hold");
    const { github } = world;
    const graphql: typeof github.graphql = async (document, ...others) => {
      if (document.includes("on IssueComment { userContentEdits")) await edit(comment, "/release unhold");
      return github.graphql(document, ...others);
    };
    await expect(world.look(openMemory(), { ...github, graphql }).first()).rejects.toThrow(Transient);
  });

  it("belong to whoever edited last where GitHub keeps no history", async () => {
    const comment = await say("hello");
    await edit(comment, "/release plan");
    const { github } = world;
    const graphql: typeof github.graphql = async (document, ...others) => {
      const data = await github.graphql(document, ...others);
      const text = JSON.stringify(data).replace(/"userContentEdits":\{.*?\]\}/, '"userContentEdits":null');
      return JSON.parse(text);
    };
    const [own] = (await world.look(openMemory(), { ...github, graphql }).first()).hosted.open;
    expect(own!.requests[0]!.revisions).toEqual([{ at: comment.edits.at(-1)!.at, editor: "kim", text: "/release plan" }]);
  });
});

describe("this app's own comments", () => {
  it("tell who changed them", async () => {
    const comment = await say("- [ ] backup", world.bot);
    await edit(comment, "- [x] backup");
    await say("words", world.kim);
    const { own } = await look();
    expect(own).toEqual([
      {
        id: expect.any(String),
        url: expect.stringContaining(`#issuecomment-${comment.id}`),
        createdAt: comment.createdAt,
        revisions: [
          { at: comment.createdAt, editor: "release-steward[bot]", text: "- [ ] backup" },
          { at: comment.edits.at(-1)!.at, editor: "kim", text: "- [x] backup" },
        ],
      },
    ]);
  });

  it("of hundreds of versions bring the newest hundred, and cost no more than one page", async () => {
    const comment = await say("0", world.bot);
    for (let index = 1; index <= 250; index += 1) await edit(comment, `${index}`, world.bot);
    let texts: readonly string[] = [];
    const requests = await world.requestsOf(async () => {
      texts = (await look()).own[0]!.revisions.map(({ text }) => text);
    });
    expect(texts).toEqual(Array.from({ length: 100 }, (_, index) => `${index + 151}`));
    expect(requests.filter((one) => one === "graphql")).toHaveLength(2);
  });
});

describe("reviews", () => {
  it("are all read, oldest first, with what each looked at", async () => {
    const { standIn, repository, git } = world;
    const logins = Array.from({ length: 300 }, (_, index) => `reviewer${index}`);
    for (const login of logins) {
      standIn.addUser(login);
      await standIn.operations.review(standIn.actorFor(login), repository, pull, { state: "APPROVED", body: "" });
    }
    const { reviews, headSha } = await look();
    expect(reviews.map(({ author }) => author)).toEqual(logins);
    expect(new Set(reviews.map(({ state, sha }) => `${state} ${sha}`))).toEqual(new Set([`approved ${headSha}`]));
    expect(headSha).toBe(git.refs().get("refs/heads/release"));
  });

  it("tell what each said, a dismissed one that it was dismissed, and of whom one is still wanted", async () => {
    const { standIn, repository, kim } = world;
    standIn.addUser("lee");
    repository.collaborators.set("lee", "write");
    const lee = standIn.actorFor("lee");
    const team = standIn.addTeam("acme", "sre", ["lee"]);
    const dismissed = await standIn.operations.review(kim, repository, pull, { state: "APPROVED", body: "" });
    await standIn.operations.dismissReview(kim, repository, pull, dismissed);
    const refused = await standIn.operations.review(lee, repository, pull, { state: "CHANGES_REQUESTED", body: "no" });
    await standIn.operations.review(kim, repository, pull, { state: "COMMENTED", body: "hm" });
    await standIn.operations.requestReviews(kim, repository, pull, { users: [lee.user], teams: [team] });
    const { reviews, requestedReviewers, headSha } = await look();
    expect(reviews.map(({ author, state }) => [author, state])).toEqual([
      ["kim", "dismissed"],
      ["lee", "changes-requested"],
      ["kim", "commented"],
    ]);
    expect(reviews[1]).toEqual({
      url: expect.stringContaining(`/acme/app/pull/${pull.number}#pullrequestreview-${refused.id}`),
      author: "lee",
      state: "changes-requested",
      sha: headSha,
      at: refused.submittedAt,
    });
    expect(requestedReviewers).toEqual(["lee", "acme/sre"]);
  });

  it("of a team are known to be wanted, even where the app may not read who is in it", async () => {
    const { standIn, repository, kim } = world;
    const team = standIn.addTeam("acme", "sre", ["kim"]);
    await standIn.operations.requestReviews(kim, repository, pull, { users: [kim.user], teams: [team] });
    world.refuse("members");
    expect((await look()).requestedReviewers).toEqual(["kim", "acme/sre"]);
  });
});
