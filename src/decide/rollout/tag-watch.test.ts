import { describe, expect, test } from "@jest/globals";
import { hostedRepository, type HostedRepository, playbookWith } from "../../../test/fixtures/hosted.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, HostedRelease, OwnCheck, Sha, Snapshot } from "../../model/snapshot.ts";
import { componentsOf } from "../components.ts";
import { tagsOf } from "../tags-of.ts";
import { followedReleases } from "./followed.ts";
import { type RolloutRecord, rolloutId, rolloutRecordAsComment } from "./record.ts";
import { signingProblem, tagTroubles, tagWatchWants } from "./tag-watch.ts";

const PLAYBOOK = playbookWith();
const DAY_MS = 86_400_000;

function troublesIn(snapshot: Snapshot, playbook: Playbook = PLAYBOOK) {
  const hosted = snapshot.hosted!;
  const { components } = componentsOf(playbook, snapshot);
  const repository = { components, tags: tagsOf(playbook, snapshot, components), playbook, snapshot };
  return { repository, troubles: tagTroubles(repository, hosted, followedReleases(repository, hosted)), wants: tagWatchWants(repository, hosted) };
}

/** v1.0.0 by hand, then v1.0.1 merged and released by the app. */
function released(): HostedRepository & { readonly sha: Sha; readonly begun: Sha } {
  const repository = hostedRepository(PLAYBOOK);
  const begun = repository.push("feat: begin");
  repository.tag("v1.0.0");
  repository.push("fix: disk");
  repository.settle();
  const sha = repository.merge();
  repository.settle();
  expect(repository.tags).toContainEqual({ name: "v1.0.1", sha });
  return { ...repository, sha, begun };
}

function lead({ tags }: HostedRepository, name: string, sha: Sha | null): void {
  tags.splice(
    tags.findIndex((tag) => tag.name === name),
    1,
    ...(sha === null ? [] : [{ name, sha }]),
  );
}

const back = (sha: Sha, tag = "v1.0.1") => `put it back: \`git push --force origin ${sha}:refs/tags/${tag}\``;

describe("a release that is over", () => {
  test("a tag that stays where it was is no trouble", () => {
    expect(troublesIn(released().look().snapshot).troubles).toEqual([]);
  });

  test("a tag that was deleted is told with the command that puts it back, and is right again when it is back", () => {
    const repository = released();
    lead(repository, "v1.0.1", null);
    const { sha } = repository;
    const because = `somebody deleted \`v1.0.1\`, which was released from ${sha.slice(0, 7)}`;
    expect(troublesIn(repository.look().snapshot).troubles).toEqual([
      { component: "app", tag: "v1.0.1", is: "deleted", recordedSha: sha, foundSha: null, because, next: back(sha) },
    ]);
    repository.tag("v1.0.1", sha);
    expect(troublesIn(repository.look().snapshot).troubles).toEqual([]);
  });

  test("a tag that was moved to an older commit is told, with the place where it belongs", () => {
    const repository = released();
    const { sha, begun } = repository;
    lead(repository, "v1.0.1", begun);
    expect(troublesIn(repository.look().snapshot).troubles).toMatchObject([
      {
        is: "moved",
        recordedSha: sha,
        foundSha: begun,
        because: `\`v1.0.1\` leads to ${begun.slice(0, 7)} instead of ${sha.slice(0, 7)}, which was reviewed: somebody moved it`,
        next: back(sha),
      },
    ]);
  });

  test("a tag that was moved to a newer commit is told, and where it belongs is found among the commits before", () => {
    const repository = released();
    const { sha } = repository;
    const later = repository.push("docs: more");
    lead(repository, "v1.0.1", later);
    expect(troublesIn(repository.look().snapshot).troubles).toMatchObject([
      {
        is: "moved",
        recordedSha: sha,
        foundSha: later,
        because: `\`v1.0.1\` leads to ${later.slice(0, 7)} instead of ${sha.slice(0, 7)}, which was reviewed: somebody moved it`,
        next: back(sha),
      },
    ]);
  });

  test("what GitHub has forgotten after a year says nothing", () => {
    const repository = released();
    lead(repository, "v1.0.1", repository.push("docs: more"));
    repository.later(299 * DAY_MS);
    expect(troublesIn(repository.look().snapshot).troubles).toHaveLength(1);
    repository.later(2 * DAY_MS);
    expect(troublesIn(repository.look().snapshot).troubles).toEqual([]);
  });

  test("a tag that a person made, and one that a person published, is nobody's trouble", () => {
    const repository = hostedRepository(PLAYBOOK);
    repository.push("feat: begin");
    repository.tag("v1.0.0");
    const release: HostedRelease = { id: 5, tag: "v1.0.0", isDraft: false, isPrerelease: false, isOwn: false, body: "", assets: [] };
    repository.releases.push(release);
    expect(troublesIn(repository.look().snapshot).troubles).toEqual([]);
    repository.releases.splice(0, 1, { ...release, isDraft: true });
    expect(troublesIn(repository.look().snapshot).troubles).toEqual([]);
  });

  test("a draft of this app whose tag stands where it began nothing is not published", () => {
    const repository = hostedRepository(PLAYBOOK);
    repository.push("feat: begin");
    repository.tag("v1.0.0");
    repository.releases.push({ id: 5, tag: "v1.0.0", isDraft: true, isPrerelease: false, isOwn: true, body: "", assets: [] });
    expect(troublesIn(repository.look().snapshot).troubles).toMatchObject([
      { tag: "v1.0.0", is: "moved", because: expect.stringContaining("drafted its release and began nothing from that commit") },
    ]);
    expect(repository.plan().actions.filter(({ kind }) => kind === "publish-release")).toEqual([]);
  });
});

describe("a release that is under way", () => {
  const [HERE, THERE, EARLIER] = ["a", "b", "c"].map((letter) => letter.repeat(40)) as [Sha, Sha, Sha];
  const RECORD: RolloutRecord = {
    line: "app",
    component: "app",
    version: "1.1.0",
    tag: "v1.1.0",
    sha: HERE,
    previousTag: "v1.0.0",
    pullRequest: null,
    bump: "minor",
    policy: null,
    startedAt: 0,
    taggedAt: null,
    publishedAt: null,
    behind: [],
  };
  const followed = (change: Partial<RolloutRecord>, tagged: Readonly<Record<string, Sha>>) => {
    const record = { ...RECORD, ...change };
    const { snapshot } = hostedRepository(PLAYBOOK).look();
    const check: OwnCheck = {
      id: 1,
      nodeId: "CR_1",
      name: "",
      externalId: rolloutId(record.tag),
      conclusion: null,
      startedAt: 0,
      title: "",
      summary: "",
      text: rolloutRecordAsComment(record),
      url: null,
    };
    const tags = Object.entries(tagged).map(([name, sha]) => ({ name, sha }));
    const hosted: Hosted = { ...snapshot.hosted!, tagged: new Map() };
    const { components } = componentsOf(PLAYBOOK, snapshot);
    const changed = { ...snapshot, tags, hosted };
    const repository = { components, tags: tagsOf(PLAYBOOK, changed, components), playbook: PLAYBOOK, snapshot: changed };
    return tagTroubles(repository, hosted, [
      { component: components[0]!, record, check, checks: [check], tagSha: tagged[record.tag] ?? null, pullRequest: null },
    ]);
  };

  test.each<[string, Partial<RolloutRecord>, Readonly<Record<string, Sha>>, object[]]>([
    ["has its tag", { taggedAt: 1 }, { "v1.1.0": HERE }, []],
    ["has no tag yet", {}, {}, []],
    ["was tagged, and is not any more", { taggedAt: 1 }, {}, [{ is: "deleted", recordedSha: HERE, foundSha: null, next: back(HERE, "v1.1.0") }]],
    ["was published, and has no tag any more", { publishedAt: 1 }, {}, [{ is: "deleted" }]],
    ["has its tag elsewhere", { taggedAt: 1 }, { "v1.1.0": THERE }, [{ is: "moved", foundSha: THERE, because: expect.stringMatching(/somebody moved it$/) }]],
    [
      "was tagged elsewhere",
      {},
      { "v1.1.0": THERE },
      [{ is: "moved", because: "`v1.1.0` leads to bbbbbbb instead of aaaaaaa, which was reviewed: somebody made it there" }],
    ],
    [
      "follows one whose tag was moved",
      { taggedAt: 1, behind: [{ tag: "v1.0.0", sha: EARLIER }] },
      { "v1.1.0": HERE, "v1.0.0": THERE },
      [{ tag: "v1.0.0", is: "moved", recordedSha: EARLIER, foundSha: THERE, next: back(EARLIER, "v1.0.0") }],
    ],
    ["follows one whose tag is where it was", { taggedAt: 1, behind: [{ tag: "v1.0.0", sha: EARLIER }] }, { "v1.1.0": HERE, "v1.0.0": EARLIER }, []],
    [
      "is named so that a shell would read it",
      { tag: "v$(x)1.1.0", taggedAt: 1 },
      {},
      [{ next: `put it back: \`git push --force origin '${HERE}:refs/tags/v$(x)1.1.0'\`` }],
    ],
  ])("and %s", (_title, record, tags, expected) => {
    expect(followed(record, tags)).toMatchObject(expected);
    expect(followed(record, tags)).toHaveLength(expected.length);
  });
});

test.each<[string, Partial<Playbook["release"]["tag"]>, "pgp" | null, Playbook["artifacts"], boolean]>([
  ["a required signature and no key", { signed: "required" }, null, [], true],
  ["a required signature and a key", { signed: "required" }, "pgp", [], false],
  ["a preferred signature and no key", { signed: "preferred" }, null, [], false],
  ["a required signature that a workflow makes", { signed: "required" }, null, [{ makesTag: true } as Playbook["artifacts"][number]], false],
])("%s", (_title, tag, signs, artifacts, isProblem) => {
  const playbook = { ...playbookWith({ release: { tag: { ...DEFAULTS.release.tag, ...tag } } }), artifacts };
  expect(signingProblem(playbook, { app: { login: "", signoff: "", signs } }) !== null).toBe(isProblem);
});
