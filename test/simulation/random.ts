// Random histories. What is common in the life of a repository is drawn often, what is rare seldom; faults come in between.
import fc from "fast-check";
import type { ApiFault, ChangeKind, FaultDeed, GateName, History, HumanDeed, Person, Step, TeamSpec } from "./history.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const anyOf = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
/** A value with how often it is drawn. */
const weighted = <Value>(...choices: readonly (readonly [number, fc.Arbitrary<Value>])[]): fc.Arbitrary<Value> =>
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
  gates: weighted([2, fc.constant<GateName[]>([])], [3, gates]),
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

const human: fc.Arbitrary<HumanDeed> = weighted<HumanDeed>(
  [8, fc.record({ do: fc.constant("contribute"), says, by: writer, method })],
  [6, fc.record({ do: fc.constant("push"), says, by: writer })],
  [10, fc.record({ do: fc.constant("merge release"), pick, method, by: anyOf<Person>("kim", "lee") })],
  [1, fc.record({ do: fc.constant("close release"), pick })],
  [1, fc.record({ do: fc.constant("reopen release"), pick })],
  [2, fc.record({ do: fc.constant("write notes"), pick })],
  [2, fc.record({ do: fc.constant("push to release branch"), pick })],
  [1, fc.record({ do: fc.constant("delete release branch"), pick })],
  [4, fc.record({ do: fc.constant("approve"), pick, by: anybody })],
  [1, fc.record({ do: fc.constant("dismiss"), pick })],
  [5, fc.record({ do: fc.constant("say"), words, where: anyOf("release", "release", "merged", "desk"), pick, by: anybody })],
  [1, fc.record({ do: fc.constant("edit comment"), pick, words, by: writer })],
  [1, fc.record({ do: fc.constant("delete comment"), pick })],
  [1, fc.record({ do: fc.constant("open blocker"), by: writer })],
  [2, fc.record({ do: fc.constant("close blocker"), pick })],
  [5, fc.record({ do: fc.constant("report ci"), pick, conclusion: anyOf("success", "success", "failure", "pending") })],
  [8, fc.record({ do: fc.constant("finish run"), pick, conclusion: anyOf("success", "success", "success", "failure", "cancelled", "timed_out", "skipped") })],
  [1, fc.record({ do: fc.constant("run by hand"), pick })],
  [3, fc.record({ do: fc.constant("tick"), pick, where: anyOf("release", "merged"), by: anybody })],
  [1, fc.record({ do: fc.constant("delete tag"), pick })],
  [1, fc.record({ do: fc.constant("move tag"), pick })],
  [1, fc.record({ do: fc.constant("tag by hand"), version: anyOf("v1.0.1", "v1.1.0", "api-1.1.0", "2.0.0", "v9.0.0-rc.1", "nightly") })],
  [1, fc.record({ do: fc.constant("delete release"), pick })],
  [1, fc.record({ do: fc.constant("revoke"), who: anyOf<Person>("lee", "mo", "ann") })],
  [1, fc.record({ do: fc.constant("restore"), who: anyOf<Person>("lee", "mo", "ann") })],
  [1, fc.constant({ do: "break playbook" })],
  [2, fc.constant({ do: "mend playbook" })],
  [1, fc.record({ do: fc.constant("change playbook"), gates })],
  [2, fc.constant({ do: "nothing" })],
);

const soon = fc.integer({ min: 1, max: 40 });
const when = anyOf("before", "after");
const fault: fc.Arbitrary<FaultDeed> = weighted<FaultDeed>(
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
  [2, fc.constant({ do: "second process" })],
  [2, fc.record({ do: fc.constant("freeze"), in: soon })],
  [2, fc.constant({ do: "thaw" })],
  [1, fc.record({ do: fc.constant("clock jumps"), ms: anyOf(-HOUR_MS, -MINUTE_MS, MINUTE_MS, HOUR_MS) })],
  [1, fc.constant({ do: "tokens expire" })],
  [1, fc.constant({ do: "suspend" })],
  [2, fc.constant({ do: "unsuspend" })],
);

const step: fc.Arbitrary<Step> = fc.record({
  at: weighted<0 | 1>([6, fc.constant(0)], [1, fc.constant(1)]),
  does: weighted<Step["does"]>([5, human], [2, fault]),
  thenMs: weighted(
    [2, fc.constant(0)],
    [3, fc.constant(MINUTE_MS)],
    [3, fc.constant(5 * MINUTE_MS)],
    [2, fc.constant(2 * HOUR_MS)],
    [1, fc.constant(24 * HOUR_MS)],
  ),
});

const STEPS_MIN = 15;
const STEPS_MAX = 40;
export const anyHistory: fc.Arbitrary<History> = fc.record({ team, steps: fc.array(step, { minLength: STEPS_MIN, maxLength: STEPS_MAX, size: "max" }) });
