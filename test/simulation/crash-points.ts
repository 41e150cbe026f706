// A whole release, from the first merged change to its end, told again and again: each time the app dies at another of its
// calls to GitHub or commits of its queue, before it or after it. What comes of it is what comes of it undisturbed.
import type { When } from "../../sandbox/faults/spoil.ts";
import type { HumanDeed, TeamSpec } from "./history.ts";
import { perform } from "./deeds.ts";
import { openScene, type Scene } from "./scene.ts";
import { PLAIN } from "./team.ts";

type Scenario = {
  readonly name: string;
  readonly team: TeamSpec;
  readonly deeds: readonly HumanDeed[];
  /** What comes of it. */
  readonly becomes: Omit<Outcome, "asked">;
};

/** Where the app dies: the so-manieth request or commit after the beginning. */
type Point = { readonly at: "request" | "commit"; readonly count: number; readonly when: When };

/** Everything that may be there once only. */
type Outcome = {
  readonly tags: readonly string[];
  readonly releases: readonly string[];
  /** Workflow, event, what it was given, and the attempt. */
  readonly runs: readonly string[];
  readonly pulls: readonly string[];
  /** Steps at which a person had to say that it may go on: those that were intended, and of which nobody can tell. */
  readonly asked: number;
};

const A_MINUTE_MS = 60_000;
const BEGIN_MS = A_MINUTE_MS;
/** Longer than a process needs to start again and a lease to run out. */
const BETWEEN_MS = 30 * 60_000;
const END_MS = 3 * 3_600_000;
const AGAIN_MAX = 3;

/** @returns what came of it, and how many requests and commits there were to die at */
export async function tell(
  { team, deeds }: Scenario,
  point: Point | null,
): Promise<{ readonly outcome: Outcome; readonly requests: number; readonly commits: number }> {
  const scene = await openScene({ team }, A_MINUTE_MS);
  const place = scene.places[0];
  try {
    scene.startProcess();
    await scene.time.pass(BEGIN_MS);
    const [requests, commits] = [scene.witness.asked.length, scene.commits()];
    if (point?.at === "commit") scene.atCommit(point.count, point.when);
    if (point?.at === "request")
      scene.atRequest(point.count, () => {
        scene.killNow();
        return { is: "drop", when: point.when };
      });
    for (const deed of deeds) {
      await perform(scene, place, deed);
      await scene.time.pass(BETWEEN_MS);
    }
    await scene.time.pass(END_MS);
    const asked = await goOn(scene, deeds);
    return { outcome: outcomeOf(scene, asked), requests: scene.witness.asked.length - requests, commits: scene.commits() - commits };
  } finally {
    await scene.close();
  }
}

/** What is halted because nobody can tell whether it was sent is started again by a person, who looked. */
async function goOn(scene: Scene, deeds: readonly HumanDeed[]): Promise<number> {
  const place = scene.places[0];
  const isHalted = (): boolean => [...place.repository.comments.values()].some(({ body }) => /^\| ✗&nbsp;halted \|/m.test(body));
  for (let asked = 0; asked < AGAIN_MAX; asked += 1) {
    if (!isHalted()) return asked;
    await perform(scene, place, { do: "say", words: "/release retry", where: "merged", pick: 0, by: "kim" });
    await scene.time.pass(BETWEEN_MS);
    for (const deed of deeds.filter((one) => one.do === "finish run")) {
      await perform(scene, place, deed);
      await scene.time.pass(END_MS);
    }
  }
  throw new Error("the release never goes on, however often somebody says so");
}

function outcomeOf({ places, app }: Scene, asked: number): Outcome {
  const { repository } = places[0];
  return {
    tags: [...repository.git.refs().keys()].filter((name) => name.startsWith("refs/tags/")),
    releases: [...repository.releases.values()].map(({ tag, isDraft }) => `${tag}${isDraft ? " draft" : ""}`),
    runs: [...repository.actions.runs.values()]
      .map(({ workflow, event, given, attempt, conclusion }) => `${workflow.path} ${event} ${JSON.stringify(given)} ${String(attempt)} ${String(conclusion)}`)
      .toSorted(),
    pulls: [...repository.issues.values()].flatMap(({ pull, author, title, state }) => (pull !== null && author === app.bot ? [`${title} ${state}`] : [])),
    asked,
  };
}

const merge: HumanDeed = { do: "merge release", pick: 0, method: "squash", by: "kim" };
const change: HumanDeed = { do: "contribute", says: "feature", by: "lee", method: "squash" };
const finished: HumanDeed = { do: "finish run", pick: 0, conclusion: "success" };

/** Three teams that take different ways from the merge to the end. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "reviewed, tagged, two environments",
    team: { ...PLAIN, file: "json", changelog: "keep-a-changelog", gates: ["ci", "reviewed"], artifact: "dispatch", environments: 2, desk: true },
    deeds: [
      change,
      { do: "report ci", pick: 0, conclusion: "success" },
      { do: "approve", pick: 0, by: "mo" },
      merge,
      { do: "report ci", pick: 0, conclusion: "success" },
      finished,
      finished,
      { do: "nothing" },
      { do: "nothing" },
      { do: "nothing" },
      finished,
      { do: "nothing" },
      finished,
    ],
    becomes: {
      tags: ["refs/tags/v1.0.0", "refs/tags/v1.1.0"],
      releases: ["v1.1.0"],
      runs: [
        '.github/workflows/deploy.yml workflow_dispatch {"environment":"production","version":"app 1.1.0"} 1 success',
        '.github/workflows/deploy.yml workflow_dispatch {"environment":"staging","version":"app 1.1.0"} 1 success',
        '.github/workflows/image.yml workflow_dispatch {"version":"app 1.1.0"} 1 success',
      ],
      pulls: ["Release app 1.1.0 closed"],
    },
  },
  {
    name: "automatic, annotated, published after its image",
    team: {
      ...PLAIN,
      file: "toml",
      changelog: "conventional",
      tag: "annotated",
      moving: true,
      automatic: true,
      artifact: "tag",
      publish: "after-artifacts",
      mention: true,
    },
    deeds: [finished, change, finished],
    becomes: {
      tags: ["refs/tags/v1", "refs/tags/v1.0.0", "refs/tags/v1.1.0"],
      releases: ["v1.1.0"],
      runs: [".github/workflows/image.yml push {} 1 null", ".github/workflows/image.yml push {} 1 success", ".github/workflows/image.yml push {} 1 success"],
      pulls: ["Release app 1.1.0 closed"],
    },
  },
  {
    name: "two components in one pull request",
    team: { ...PLAIN, components: "two", per: "repository", file: "yaml", changelog: "conventional", gates: ["rehearsed"], artifact: "dispatch", notes: true },
    deeds: [change, change, { do: "tick", pick: 0, where: "release", by: "ann" }, merge, finished, finished],
    becomes: {
      tags: ["refs/tags/api-1.0.0", "refs/tags/api-1.1.0", "refs/tags/web-1.0.0", "refs/tags/web-1.1.0"],
      releases: ["api-1.1.0", "web-1.1.0"],
      runs: [
        '.github/workflows/image.yml workflow_dispatch {"version":"api 1.1.0"} 1 success',
        '.github/workflows/image.yml workflow_dispatch {"version":"web 1.1.0"} 1 success',
      ],
      pulls: ["Release closed"],
    },
  },
];

/** Before and after each of them. */
export function pointsOf({ requests, commits }: { readonly requests: number; readonly commits: number }): readonly Point[] {
  return (["request", "commit"] as const).flatMap((at) =>
    Array.from({ length: at === "request" ? requests : commits }, (_, index) => index + 1).flatMap((count) =>
      (["before", "after"] as const).map((when) => ({ at, count, when })),
    ),
  );
}
