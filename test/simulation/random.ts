// Random histories. What is common in the life of a repository is drawn often, what is rare seldom; faults come in between.
import fc from "fast-check";
import type { ApiFault, ChangeKind, FaultDeed, GateName, History, HumanDeed, Person, Step, TeamSpec } from "./history.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const anyOf = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
type Choice<Value> = readonly [number, fc.Arbitrary<Value>];
/** A value with how often it is drawn. */
const weighted = <Value>(...choices: readonly Choice<Value>[]): fc.Arbitrary<Value> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const gates = fc.subarray<GateName>(["ci", "blockers", "reviewed", "rehearsed"]);
const team: fc.Arbitrary<TeamSpec> = fc.record({
  components: anyOf("one", "one", "two"),
  per: anyOf("component", "component", "repository"),
  source: anyOf("conventional-commits", "pull-requests"),
  noSignal: anyOf("patch", "ask", "nothing"),
  file: anyOf("json", "yaml", "toml", "regex", "none"),
  changelog: anyOf("conventional", "keep-a-changelog", "none"),
  tag: anyOf("plain", "annotated"),
  moving: fc.boolean(),
  gates: weighted([1, fc.constant<GateName[]>([])], [1, gates]),
  automatic: weighted([3, fc.constant(false)], [1, fc.constant(true)]),
  artifact: anyOf("none", "dispatch", "tag"),
  environments: anyOf(0, 0, 1, 2),
  publish: anyOf("with-tag", "with-tag", "after-artifacts"),
  notes: fc.boolean(),
  desk: fc.boolean(),
  mention: fc.boolean(),
});

const pick = fc.nat({ max: 5 });
const writer = anyOf<Person>("lee", "mo", "kim", "ann");
const anybody = anyOf<Person>("lee", "mo", "kim", "ann", "jo");
const method = anyOf("squash", "merge", "rebase");
const says = weighted<ChangeKind>(
  [4, fc.constant("feature")],
  [4, fc.constant("fix")],
  [1, fc.constant("breaking")],
  [2, fc.constant("chore")],
  [1, fc.constant("nothing said")],
  [1, fc.constant("odd text")],
);
const words = anyOf(
  "/release status", "/release plan", "/release bump minor", "/release bump major", "/release as 7.0.0", "/release hold I want to look", "/release unhold",
  "/release freeze until later", "/release thaw", "/release evidence rehearsed https://example.org/1", '/release override ci "it is broken"',
  "/release override reviewed nobody is there", "/release retry", "/release retry image", "/release skip image not needed", "/release skip staging not needed",
  "/release withdraw it is wrong", "/release announce", "/release nonsense", "/release help", "looks good", "> /release hold quoted", "/release hold one\n/release unhold",
); // prettier-ignore

/** What moves a release on; every history has all of it. */
const common: readonly Choice<HumanDeed>[] = [
  [9, fc.record({ do: fc.constant("contribute"), says, by: writer, method })],
  [5, fc.record({ do: fc.constant("push"), says, by: writer })],
  [10, fc.record({ do: fc.constant("merge release"), pick, method, by: anyOf<Person>("kim", "lee") })],
  [4, fc.record({ do: fc.constant("approve"), pick, by: weighted([3, fc.constant<Person>("mo")], [2, anybody]) })],
  [5, fc.record({ do: fc.constant("report ci"), pick, conclusion: anyOf("success", "success", "success", "failure", "pending") })],
  [8, fc.record({ do: fc.constant("finish run"), pick, conclusion: anyOf("success", "success", "success", "failure", "cancelled", "timed_out", "skipped") })],
  [3, fc.record({ do: fc.constant("tick"), pick, where: anyOf("release", "merged"), by: anybody })],
];
/** What happens now and then; a history has some of it, and so more of that. */
const rare: readonly Choice<HumanDeed>[] = [
  [1, fc.record({ do: fc.constant("close release"), pick })],
  [1, fc.record({ do: fc.constant("reopen release"), pick })],
  [2, fc.record({ do: fc.constant("write notes"), pick })],
  [2, fc.record({ do: fc.constant("push to release branch"), pick })],
  [1, fc.record({ do: fc.constant("delete release branch"), pick })],
  [1, fc.record({ do: fc.constant("dismiss"), pick })],
  [4, fc.record({ do: fc.constant("say"), words, where: anyOf("release", "release", "merged", "desk"), pick, by: anybody })],
  [1, fc.record({ do: fc.constant("edit comment"), pick, words, by: writer })],
  [1, fc.record({ do: fc.constant("delete comment"), pick })],
  [2, weighted<HumanDeed>([1, fc.record({ do: fc.constant("open blocker"), by: writer })], [2, fc.record({ do: fc.constant("close blocker"), pick })])],
  [1, fc.record({ do: fc.constant("run by hand"), pick })],
  [1, fc.record({ do: fc.constant("delete tag"), pick })],
  [1, fc.record({ do: fc.constant("move tag"), pick })],
  [1, fc.record({ do: fc.constant("tag by hand"), version: anyOf("v1.0.1", "v1.1.0", "api-1.1.0", "2.0.0", "v9.0.0-rc.1", "nightly") })],
  [1, fc.record({ do: fc.constant("delete release"), pick })],
  [1, fc.record({ do: anyOf("revoke", "restore"), who: anyOf<Person>("lee", "mo", "ann") })],
  [2, weighted<HumanDeed>([1, fc.constant({ do: "break playbook" })], [2, fc.constant({ do: "mend playbook" })])],
  [1, fc.record({ do: fc.constant("change playbook"), gates })],
  [1, fc.record({ do: anyOf("rename branch", "rename repository"), pick })],
  [1, weighted<HumanDeed>([1, fc.constant({ do: "archive" })], [2, fc.constant({ do: "unarchive" })])],
];

const soon = fc.integer({ min: 1, max: 40 });
const when = anyOf("before", "after");
const faultsOver = (human: fc.Arbitrary<HumanDeed>): readonly Choice<FaultDeed>[] => [
  [8, fc.record({ do: fc.constant("fault"), in: soon, what: anyOf<ApiFault>("drop", "cut", "stale", "stale", 403, 404, 409, 422, 429, 500, 502), when })],
  [6, fc.record({ do: fc.constant("meanwhile"), in: soon, deed: human })],
  [4, fc.record({ do: fc.constant("kill"), in: soon, when, at: anyOf("request", "commit") })],
  [
    4,
    fc.record({
      do: fc.constant("mail"),
      what: anyOf("lost", "swallowed", "doubled", "delayed", "reversed", "swapped"),
      count: fc.integer({ min: 1, max: 8 }),
    }),
  ],
  [
    4,
    weighted<FaultDeed>([1, fc.constant({ do: "second process" })], [1, fc.record({ do: fc.constant("freeze"), in: soon })], [1, fc.constant({ do: "thaw" })]),
  ],
  [1, fc.record({ do: fc.constant("clock jumps"), ms: anyOf(-HOUR_MS, -MINUTE_MS, MINUTE_MS, HOUR_MS) })],
  [1, fc.constant({ do: "tokens expire" })],
  [1, weighted<FaultDeed>([1, fc.constant({ do: "suspend" })], [2, fc.constant({ do: "unsuspend" })])],
];

const gap = weighted(
  [2, fc.constant(0)],
  [3, fc.constant(MINUTE_MS)],
  [3, fc.constant(5 * MINUTE_MS)],
  [2, fc.constant(2 * HOUR_MS)],
  [1, fc.constant(24 * HOUR_MS)],
);

/** Few kinds of trouble at a time meet more often than all of them would. */
const deeds: fc.Arbitrary<fc.Arbitrary<Step>> = fc.tuple(fc.subarray([...rare], { minLength: 2, maxLength: 8 }), fc.nat({ max: 255 })).map(([some, which]) => {
  const human = weighted<HumanDeed>(...common, ...some);
  const faults = faultsOver(human).filter((_, index) => (which >> index) % 2 === 1);
  return fc.record({
    at: weighted<0 | 1>([8, fc.constant(0)], [1, fc.constant(1)]),
    does: faults.length === 0 ? human : weighted<Step["does"]>([5, human], [2, weighted<FaultDeed>(...faults)]),
    thenMs: gap,
  });
});

const STEPS_MIN = 10;
const STEPS_MAX = 24;
const anyHistory: fc.Arbitrary<History> = fc
  .tuple(team, deeds)
  .chain(([team, step]) => fc.record({ team: fc.constant(team), steps: fc.array(step, { minLength: STEPS_MIN, maxLength: STEPS_MAX, size: "max" }) }));

/** The history of that number, always the same. */
export function historyOf(seed: number): History {
  const [history] = fc.sample(anyHistory, { seed, numRuns: 1 });
  if (history === undefined) throw new Error(`no history has the number ${String(seed)}`);
  return history;
}
