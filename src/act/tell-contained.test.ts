// One comment on each pull request and issue of a release, and one issue to look back at it.
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { observedRepository } from "../../test/fixtures/observed.ts";
import { type Answer, recording } from "../../test/fixtures/recording.ts";
import { Refused } from "../model/errors.ts";
import type { TellContained } from "../model/plan.ts";
import { act } from "./act.ts";
import type { Place } from "./place.ts";
import { tellContained } from "./tell-contained.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: one", { a: "1" });
});
afterEach(() => world.standIn.close());

const ACTION: TellContained = {
  kind: "tell-contained",
  tag: "v1.2.0",
  body: "Released in v1.2.0.",
  subjects: [1, 2, 3].map((number) => ({ id: `I_${number}`, number })),
};

test("each is told in one document, in their order; what is gone meanwhile holds back none of the others", async () => {
  const { repository, standIn, kim, requestsOf } = world;
  const place = { github: world.github, repository: { id: repository.id, nodeId: "" }, signer: null, onOpened: () => {}, onDesk: () => {} };
  const titles = ["one", "two"];
  for (const title of titles) await standIn.operations.openIssue(kim, repository, { title, body: null, labels: [], milestone: null });
  const id = async (number: number): Promise<string> =>
    String(Reflect.get((await world.github.rest("GET /repositories/{id}/issues/{number}", { id: repository.id, number })).data as object, "node_id"));
  const subjects = [
    { id: await id(1), number: 1 },
    { id: "I_gone", number: 9 },
    { id: await id(2), number: 2 },
  ];
  expect(await requestsOf(() => act([{ ...ACTION, subjects }], place))).toEqual(["graphql"]);
  const told = [...repository.comments.values()].map(({ issue, author, body }) => [issue.number, author.login, body]);
  expect(told).toEqual([1, 2].map((number) => [number, "release-steward[bot]", "Released in v1.2.0."]));
});

/** Each field is refused with these words; null for none. */
function refusing(...reasons: readonly (string | null)[]): Place {
  const { place } = recording((): Answer => ({ data: {} }));
  return {
    ...place,
    github: {
      ...place.github,
      graphql: (_document, _variables, options) => {
        for (const [index, reason] of reasons.entries()) if (reason !== null) options?.onRefused?.([`step${index}`], new Refused("mutation", reason, null));
        return Promise.resolve({});
      },
    },
  };
}

test("what was locked meanwhile is passed over; a permission that is missing is told", async () => {
  await expect(tellContained(ACTION, refusing(null, "Unable to create comment because issue is locked.", null))).resolves.toBeUndefined();
  await expect(tellContained(ACTION, refusing(null, null, "Resource not accessible by integration"))).rejects.toMatchObject({
    reason: "Resource not accessible by integration",
  });
});

test("the look back is an issue of the app, as it was written [C-32]", async () => {
  const { hosted } = await world.look().first();
  const place = { github: world.github, repository: { id: world.repository.id, nodeId: hosted.id }, signer: null, onOpened: () => {}, onDesk: () => {} };
  const body = "what happened\n\n<!-- release-steward-retrospective: v1.2.0 -->";
  expect(await act([{ kind: "open-retrospective", tag: "v1.2.0", title: "Retrospective: v1.2.0", body }], place)).toEqual([null]);
  expect([...world.repository.issues.values()].map((one) => [one.author.login, one.title, one.body])).toEqual([
    ["release-steward[bot]", "Retrospective: v1.2.0", body],
  ]);
});
