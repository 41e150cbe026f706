import { expect, test } from "@jest/globals";
import { type Answer, type Asked, recording } from "../../test/fixtures/recording.ts";
import { Refused, Stale, Transient } from "../model/errors.ts";
import type { PublishRelease } from "../model/plan.ts";
import { publishRelease } from "./publish-release.ts";

const SHA = "a".repeat(40);
const OTHER = "b".repeat(40);
const [RUN, DRAFT] = [71, 72];

function action(found: Partial<PublishRelease["found"]> = {}, changes: Partial<PublishRelease> = {}): PublishRelease {
  return {
    kind: "publish-release",
    component: "app",
    version: "1.1.0",
    tag: "v1.1.0",
    sha: SHA,
    annotation: null,
    signed: "no",
    taggedAt: 0,
    title: "v1.1.0",
    body: "notes",
    isPrerelease: false,
    isLatest: true,
    to: "publication",
    begin: { externalId: "release/v1.1.0", conclusion: null, title: "releasing", summary: "Begun.", text: "the record", problems: [] },
    check: { externalId: "release/v1.1.0", conclusion: "success", title: "released", summary: "Out.", text: "the record", problems: [] },
    found: { tagSha: null, drafts: [], notes: null, published: null, begun: null, ...found },
    ...changes,
  };
}

/** All goes well, but for the routes that are named. */
function answering(others: Readonly<Record<string, Answer>> = {}) {
  return ({ route }: Asked): Answer => {
    const short = route.replace("/repositories/{id}", "");
    const usual: Readonly<Record<string, unknown>> = {
      "GET /commits/{ref}/check-runs": { check_runs: [] },
      "POST /check-runs": { id: RUN },
      "POST /releases": { id: DRAFT },
      "POST /git/tags": { sha: OTHER },
    };
    return others[short] ?? { data: usual[short] ?? {} };
  };
}

const EXISTS: Answer = { status: 422, message: "Reference already exists" };
const leadsTo = (sha: string): Readonly<Record<string, Answer>> => ({ "POST /git/refs": EXISTS, "GET /commits/{ref}": { data: { sha } } });

test("says that it begins, drafts, tags, publishes, and says that it is done, in this order", async () => {
  const { place, writes, asked } = recording(answering());
  await publishRelease(action(), place);
  expect(writes()).toEqual(["POST /check-runs", "POST /releases", "POST /git/refs", "PATCH /releases/{release}", "PATCH /check-runs/{run}"]);
  expect(asked.find(({ route }) => route.endsWith("/git/refs"))?.parameters).toEqual({ id: 9, ref: "refs/tags/v1.1.0", sha: SHA });
  expect(asked.at(-2)?.parameters).toMatchObject({ release: DRAFT, draft: false, make_latest: "true" });
});

test("its check run holds the record from the beginning on", async () => {
  const { place, asked } = recording(answering());
  await publishRelease(action(), place);
  const text = "the record";
  expect(asked.filter(({ route }) => route.includes("/check-runs")).map(({ parameters }) => parameters)).toEqual([
    {
      id: 9,
      name: "Release app 1.1.0",
      head_sha: SHA,
      external_id: "release/v1.1.0",
      status: "in_progress",
      output: { title: "releasing", summary: "Begun.", text },
    },
    { id: 9, run: RUN, status: "completed", conclusion: "success", output: { title: "released", summary: "Out.", text } },
  ]);
});

const FOLLOWED = { externalId: "release/v1.1.0", conclusion: null, title: "tagged", summary: "", text: "the record", problems: [] } as const;

test.each<[PublishRelease["to"], Partial<PublishRelease["found"]>, string[]]>([
  ["draft", {}, ["POST /check-runs", "POST /releases", "PATCH /check-runs/{run}"]],
  ["tag", {}, ["POST /check-runs", "POST /releases", "POST /git/refs", "PATCH /check-runs/{run}"]],
  ["tag", { begun: RUN, drafts: [DRAFT] }, ["POST /git/refs", "PATCH /check-runs/{run}"]],
  ["tag", { begun: RUN, drafts: [DRAFT], tagSha: SHA }, ["PATCH /check-runs/{run}"]],
  ["draft", { begun: RUN, drafts: [DRAFT] }, ["PATCH /check-runs/{run}"]],
  ["draft", { begun: RUN, drafts: [DRAFT, 6] }, ["DELETE /releases/{release}", "PATCH /check-runs/{run}"]],
  ["tag", { begun: RUN, drafts: [DRAFT], tagSha: SHA, published: 5 }, ["DELETE /releases/{release}", "PATCH /check-runs/{run}"]],
])("as far as the %s, of %j: the draft stays one, and its check run stays in progress", async (to, found, expected) => {
  const { place, writes, asked } = recording(answering());
  await publishRelease(action(found, { to, check: FOLLOWED, body: found.drafts === undefined ? "notes" : null }), place);
  expect(writes()).toEqual(expected);
  expect(asked.at(-1)?.parameters).toMatchObject({ run: RUN, status: "in_progress", output: { title: "tagged" } });
  expect(asked.at(-1)?.parameters).not.toHaveProperty("conclusion");
});

test("an app that can't sign says so where a signature is preferred", async () => {
  const { place, asked } = recording(answering());
  await publishRelease(action({}, { signed: "preferred", annotation: "Release app 1.1.0" }), place);
  expect(asked.at(-1)?.parameters).toMatchObject({ output: { summary: "Out.\n\nSignature: none, because this app has no signing key." } });
});

test.each([
  [{ verified: true, reason: "valid" }, "Signature: by `A [b](x) 'c' <a@b.test>`, verified by GitHub."],
  [{ verified: false, reason: "invalid" }, "Signature: by `A [b](x) 'c' <a@b.test>`. GitHub says: `invalid`."],
])("what GitHub says of a signature: %j", async (verification, expected) => {
  const read: Record<string, Answer> = {
    "GET /git/ref/{ref}": { data: { object: { type: "tag", sha: OTHER } } },
    "GET /git/tags/{sha}": { data: { message: "", tagger: { name: "A [b](x)\n`c`", email: "a@b.test" }, verification } },
  };
  const { place, asked } = recording(answering(read));
  await publishRelease(action({ tagSha: SHA }, { signed: "required" }), place);
  expect(asked.at(-1)?.parameters).toMatchObject({ output: { summary: `Out.\n\n${expected}` } });
});

test("an annotated tag leads to its object", async () => {
  const { place, asked } = recording(answering());
  await publishRelease(action({}, { annotation: "Release app 1.1.0" }), place);
  expect(asked.find(({ route }) => route.endsWith("/git/refs"))?.parameters).toMatchObject({ sha: OTHER });
});

test.each([
  [
    "that stands on the same commit is left alone",
    { tagSha: SHA },
    {},
    ["POST /check-runs", "POST /releases", "PATCH /releases/{release}", "PATCH /check-runs/{run}"],
  ],
  [
    "that somebody made on the same commit meanwhile is as good",
    {},
    leadsTo(SHA),
    ["POST /check-runs", "POST /releases", "POST /git/refs", "PATCH /releases/{release}", "PATCH /check-runs/{run}"],
  ],
])("a tag %s", async (_title, found, others, expected) => {
  const { place, writes } = recording(answering(others));
  await publishRelease(action(found), place);
  expect(writes()).toEqual(expected);
});

test.each([
  ["that stands on another commit", { tagSha: OTHER }, {}, []],
  ["that somebody made on another commit meanwhile", {}, leadsTo(OTHER), ["POST /check-runs", "POST /releases", "POST /git/refs"]],
])("a tag %s is never moved: nothing is published", async (_title, found, others, expected) => {
  const { place, writes } = recording(answering(others));
  await expect(publishRelease(action(found), place)).rejects.toThrow(/tagging v1\.1\.0: the tag exists already, on bbbbbbb instead of aaaaaaa/);
  expect(writes()).toEqual(expected);
});

test("a ruleset that refuses the tag is told in GitHub's words", async () => {
  const { place, writes } = recording(answering({ "POST /git/refs": { status: 422, message: "Repository rule violations found" } }));
  await expect(publishRelease(action(), place)).rejects.toThrow("tagging v1.1.0: Repository rule violations found");
  expect(writes().at(-1)).toBe("POST /git/refs");
});

test("a release that another run published first: only own drafts are deleted, and it is done", async () => {
  const taken: Answer = { status: 422, message: "Validation Failed", errors: [{ resource: "Release", code: "already_exists", field: "tag_name" }] };
  const { place, writes, asked } = recording(answering({ "PATCH /releases/{release}": taken }));
  await publishRelease(action({ tagSha: SHA }), place);
  expect(writes()).toEqual(["POST /check-runs", "POST /releases", "PATCH /releases/{release}", "DELETE /releases/{release}", "PATCH /check-runs/{run}"]);
  expect(asked.filter(({ route }) => route.startsWith("DELETE")).map(({ parameters }) => parameters["release"])).toEqual([DRAFT]);
});

test("any other refusal to publish deletes nothing", async () => {
  const { place, writes } = recording(answering({ "PATCH /releases/{release}": { status: 422, message: "pre_receive" } }));
  await expect(publishRelease(action({ tagSha: SHA }), place)).rejects.toBeInstanceOf(Refused);
  expect(writes()).not.toContain("DELETE /releases/{release}");
});

test("a second draft of a race is deleted, the first published", async () => {
  const { place, asked } = recording(answering());
  await publishRelease(action({ tagSha: SHA, drafts: [5, 6], begun: RUN }, { body: null }), place);
  expect(asked.map(({ route, parameters }) => [route.split(" ")[0], parameters["release"] ?? parameters["run"]])).toEqual([
    ["PATCH", 5],
    ["DELETE", 6],
    ["PATCH", RUN],
  ]);
});

test("what somebody writes into the draft meanwhile is not written over: nothing is tagged on a stale view", async () => {
  const { place, writes } = recording(answering({ "GET /releases/{release}": { data: { body: "theirs" } } }));
  await expect(publishRelease(action({ drafts: [DRAFT], notes: "older notes", begun: RUN }), place)).rejects.toBeInstanceOf(Stale);
  expect(writes()).toEqual([]);
});

test("a draft whose notes are other by now is brought up to date before the tag", async () => {
  const { place, writes } = recording(answering({ "GET /releases/{release}": { data: { body: "older notes" } } }));
  await publishRelease(action({ drafts: [DRAFT], notes: "older notes", begun: RUN }), place);
  expect(writes()).toEqual(["PATCH /releases/{release}", "POST /git/refs", "PATCH /releases/{release}", "PATCH /check-runs/{run}"]);
});

test("a check run that an earlier run left on the commit is completed, no other is begun", async () => {
  const { place, writes, asked } = recording(answering());
  await publishRelease(action({ begun: 33 }), place);
  expect(writes()).toEqual(["POST /releases", "POST /git/refs", "PATCH /releases/{release}", "PATCH /check-runs/{run}"]);
  expect(asked.at(-1)?.parameters).toMatchObject({ run: 33 });
});

test.each([0, 1, 2, 3, 4])("a lease that is lost after %i writes stops it before the next", async (leased) => {
  const { place, writes } = recording(answering(), leased);
  await expect(publishRelease(action(), place)).rejects.toBeInstanceOf(Transient);
  expect(writes()).toHaveLength(leased);
});
