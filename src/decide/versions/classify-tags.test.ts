import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Release } from "../../model/playbook.ts";
import type { Tag } from "../../model/snapshot.ts";
import { classifyTags } from "./classify-tags.ts";
import type { TagRules } from "./read-tag.ts";

type Playbook = { tag?: string; ignore?: string[]; candidate?: string | null; train?: string | null; components?: string[]; calver?: string };

function rules({ tag = "v{version}", ignore = [], candidate = null, train = null, components = ["api"], calver }: Playbook = {}): TagRules {
  const release: Release = {
    ...DEFAULTS.release,
    tag: { ...DEFAULTS.release.tag, name: tag, ignore },
    candidate: candidate === null ? null : { tag: candidate, for: ["minor"], promote: null },
    train: train === null ? null : { name: train, tag: train, annotated: false, includes: "*" },
  };
  return { components, release, versioning: { scheme: calver === undefined ? "semver" : "calver", calver: calver ?? "{yyyy}.{n}" } };
}

/** Every tag on its own commit, unless it says `name@commit`. */
function tagsOf(...names: string[]): Tag[] {
  return names.map((text) => {
    const [name = "", sha = `commit of ${text}`] = text.split(" on ");
    return { name, sha };
  });
}

function oddity(names: string[], playbook: Playbook, tag: string): string | undefined {
  const found = classifyTags(tagsOf(...names), rules(playbook)).oddities.find((one) => one.tag === tag);
  return found && `${found.kind}: ${found.because}`;
}

function releaseTags(names: string[], playbook: Playbook): Record<string, string[]> {
  const { releases } = classifyTags(tagsOf(...names), rules(playbook));
  return Object.fromEntries([...releases].map(([component, found]) => [component, found.map(({ tag }) => tag.name)]));
}

function candidates(names: string[], playbook: Playbook): Record<string, string[]> {
  const found = classifyTags(tagsOf(...names), rules(playbook)).candidates.get("api") ?? new Map();
  return Object.fromEntries([...found].map(([version, tags]) => [version, tags.map(({ tag }: { tag: Tag }) => tag.name)]));
}

function entries({ releases, candidates, trains, lookalikes, oddities }: ReturnType<typeof classifyTags>): unknown {
  return [[...releases], [...candidates].map(([component, found]) => [component, [...found]]), trains, [...lookalikes], oddities];
}

describe("releases", () => {
  test("are newest first by version, whatever the order of the tags", () => {
    expect(releaseTags(["v1.9.0", "v1.10.0", "v0.1.0", "v1.9.10", "v1.9.9"], {})).toEqual({ api: ["v1.10.0", "v1.9.10", "v1.9.9", "v1.9.0", "v0.1.0"] });
  });

  test("of a component whose name begins another's are told apart", () => {
    const components = ["api", "api-gateway", "api-2"];
    const names = ["api-1.0.0", "api-gateway-1.1.0", "api-2-1.2.0", "api-gateway-2.0.0-rc1"];
    expect(releaseTags(names, { tag: "{component}-{version}", components })).toEqual({
      api: ["api-1.0.0"],
      "api-gateway": ["api-gateway-1.1.0"],
      "api-2": ["api-2-1.2.0"],
    });
  });

  test("of a component whose name ends another's are told apart", () => {
    const names = ["1.0.0-api", "1.1.0-new-api"];
    expect(releaseTags(names, { tag: "{version}-{component}", components: ["api", "new-api"] })).toEqual({ api: ["1.0.0-api"], "new-api": ["1.1.0-new-api"] });
  });

  test("belong to all components when the template names none of them", () => {
    expect(releaseTags(["v1.0.0"], { components: ["api", "web"] })).toEqual({ api: ["v1.0.0"], web: ["v1.0.0"] });
  });

  test("have an entry for every component, also without tags", () => {
    expect(releaseTags([], { tag: "{component}-{version}", components: ["api", "web"] })).toEqual({ api: [], web: [] });
  });

  test("of two tags for one version, the one spelt as the template says counts", () => {
    expect(releaseTags(["1.0.0", "v1.0.0"], { tag: "v{version}" })).toEqual({ api: ["v1.0.0"] });
    expect(releaseTags(["1.0.0", "v1.0.0"], { tag: "{version}" })).toEqual({ api: ["1.0.0"] });
  });

  test("by the calendar are read by their format only", () => {
    const names = ["2026.1", "2026.10", "2026.9", "2025.1", "1.2.3", "2026.01"];
    expect(releaseTags(names, { tag: "{version}", calver: "{yyyy}.{n}" })).toEqual({ api: ["2026.10", "2026.9", "2026.1", "2025.1"] });
  });
});

describe("a tag that is no release says why", () => {
  const names = ["v1.2.0", "v1.3.0", "v1.4.0 on newest", "v0.5.1 on shared", "v0.5.0"];
  test.each([
    ["1.3.6-rc6", "mistagged: no `v` in front"],
    ["1.3.6", "mistagged: no `v` in front"],
    ["v.1.3.3-rc1", "mistagged: a dot after `v`"],
    ["v.1.3.3", "mistagged: a dot after `v`"],
    ["V1.2.3", "mistagged: upper or lower case: `V` where `v` is expected"],
    ["V.1.2.3", "mistagged: `V.` in front, where `v` is expected"],
    ["v-1.2.3", "mistagged: `v-` in front, where `v` is expected"],
    ["vv1.2.3", "mistagged: a `v` in front of the version"],
    ["release-1.2.3", "mistagged: `release-` in front, where `v` is expected"],
    ["api-1.2.3", "mistagged: `api-` in front, where `v` is expected"],
    ["api-v1.2.3", "mistagged: `api-v` in front, where `v` is expected"],
    ["v1.9", "mistagged: two numbers where three are expected"],
    ["v9", "mistagged: one number where three are expected"],
    ["v1.9-rc1", "mistagged: two numbers where three are expected"],
    ["v1.2.3.4", "mistagged: 4 numbers where three are expected"],
    ["v01.2.3", "mistagged: a leading zero in `01`"],
    ["v1.2.03-rc1", "mistagged: a leading zero in `03`"],
    ["v1..2.3", "mistagged: a dot too many"],
    ["v1.2.3.", "mistagged: a dot too many"],
    ["v1.2.3.rc1", "mistagged: `.rc1` follows the version without a `-`"],
    ["v1.2.3rc1", "mistagged: `rc1` follows the version without a `-`"],
    ["v1.2.3_rc1", "mistagged: `_rc1` follows the version without a `-`"],
    ["v1.2.3@next", "mistagged: `@next` follows the version without a `-`"],
    ["v1.2.3-", "mistagged: nothing after the last `-`"],
    ["v1.2.3-01", "mistagged: `-01` is no suffix in SemVer"],
    ["v1.2.3-beta.1@beta", "mistagged: `-beta.1@beta` is no suffix in SemVer"],
    ["v1.2.99999999999999999", "mistagged: a number too large to count on from"],
    ["1.9", "mistagged: no `v` in front, and two numbers where three are expected"],
    ["v0.5.0-rc-1 on shared", "mistagged: sits on the commit of v0.5.1"],
    ["v0.5.1-rc-1 on shared", "candidate: candidate 1 of 0.5.1"],
    ["v1.5.0-rc1 on newest", "candidate: candidate 1 of 1.5.0"],
    ["v1.2.0-RC3", "candidate: candidate 3 of 1.2.0"],
    ["v1.2.0-rc", "candidate: a candidate of 1.2.0 without a number"],
    ["v1.2.0-mlg1", "prerelease: build `mlg1` of 1.2.0: neither a release nor a candidate"],
    ["v1.9.0-newquery-rc3", "prerelease: build `newquery-rc3` of 1.9.0: neither a release nor a candidate"],
    ["v1.2.0-beta.1", "prerelease: build `beta.1` of 1.2.0: neither a release nor a candidate"],
    ["v1.2.3-20240101-nightly", "prerelease: a nightly build of 1.2.3"],
    ["v1.2.3+5", "prerelease: 1.2.3 with build metadata, which gives it no place of its own in the order"],
    ["v1 on newest", "floating: a tag that moves with 1, on v1.4.0"],
    ["v1.4 on newest", "floating: a tag that moves with 1.4, on v1.4.0"],
    ["v1.x on newest", "floating: a tag that moves with 1, on v1.4.0"],
    ["v1 on commit of v1.2.0", "floating: a tag that moves with 1, on v1.2.0; the newest is v1.4.0"],
    ["v1.3", "floating: a tag that moves with 1.3, on none of its releases"],
    ["nightly", "floating: a tag that moves: `nightly` is no version"],
    ["Latest", "floating: a tag that moves: `latest` is no version"],
    ["vlatest", "floating: a tag that moves: `latest` is no version"],
    ["ls", "unclaimed: no component claims it"],
    ["v", "unclaimed: no component claims it"],
    ["version", "unclaimed: no component claims it"],
    ["web-1.2.0", "unclaimed: looks like a release of `web`, which is no component of the playbook"],
    ["web/v1.2.0-rc1", "unclaimed: looks like a release of `web`, which is no component of the playbook"],
    ["dev1.2.3", "unclaimed: looks like a release of `dev`, which is no component of the playbook"],
    ["backup-2024.01", "unclaimed: no component claims it"],
    ["x".repeat(300), "unclaimed: longer than the 256 characters that a version's tag may have"],
  ])("%s is %s", (tag, expected) => {
    expect(oddity([...names, tag], {}, tag.split(" on ")[0] ?? "")).toBe(expected);
  });

  test.each([
    ["cavern-v1.0.0", "mistagged: a `v` in front of the version"],
    ["cavern/1.0.0", "mistagged: `cavern/` in front, where `cavern-` is expected"],
    ["Cavern-1.0.0", "mistagged: upper or lower case: `Cavern-` where `cavern-` is expected"],
    ["cavern1.0.0", "mistagged: `cavern` in front, where `cavern-` is expected"],
    ["posixmapper-1.0.0", "mistagged: `posixmapper-` in front, where `posix-mapper-` is expected"],
    ["cavern-1.0", "mistagged: two numbers where three are expected"],
    ["cavern-latest", "floating: a tag that moves: `latest` is no version"],
    ["skaha-1.2.0", "unclaimed: looks like a release of `skaha`, which is no component of the playbook"],
    ["cavern-ui-1.2.0", "unclaimed: looks like a release of `cavern-ui`, which is no component of the playbook"],
    ["1.0.0", "unclaimed: a version without a component's name"],
    ["v1.0.0", "unclaimed: a version without a component's name"],
    ["de-1.0.0", "unclaimed: looks like a release of `de`, which is no component of the playbook"],
    ["cavern-", "unclaimed: no component claims it"],
    ["cavern", "unclaimed: no component claims it"],
  ])("among several components %s is %s", (tag, expected) => {
    expect(oddity([tag], { tag: "{component}-{version}", components: ["cavern", "posix-mapper", "dev"] }, tag)).toBe(expected);
  });

  test.each([
    ["v1.2.3", "mistagged: a `v` in front of the version"],
    ["01.2.3", "mistagged: a leading zero in `01`"],
    ["1.2", "mistagged: two numbers where three are expected"],
    ["1.2.3.4", "mistagged: 4 numbers where three are expected"],
    ["2024-backup", "unclaimed: no component claims it"],
    ["experiment-2", "unclaimed: no component claims it"],
  ])("with bare versions %s is %s", (tag, expected) => {
    expect(oddity([tag], { tag: "{version}" }, tag)).toBe(expected);
  });

  test("with a calendar's format the format is named", () => {
    expect(oddity(["2026.01"], { tag: "{version}", calver: "{yyyy}.{n}" }, "2026.01")).toBe("mistagged: it does not fit `{yyyy}.{n}`");
    expect(oddity(["1.2.3"], { tag: "{version}", calver: "{yyyy}.{n}" }, "1.2.3")).toBe("mistagged: it does not fit `{yyyy}.{n}`");
  });

  test("with text after the version its lack is named", () => {
    expect(oddity(["v1.0.0"], { tag: "v{version}-final" }, "v1.0.0")).toBe("mistagged: no `-final` at the end");
  });
});

describe("ignored tags", () => {
  test("belong to nobody, even when they are spelt like a release", () => {
    const playbook = { ignore: ["v0.0.0-*", "tmp/**", ".*"] };
    expect(oddity(["v0.0.0-rc1"], playbook, "v0.0.0-rc1")).toBe("ignored: `release.tag.ignore` names it: `v0.0.0-*`");
    expect(oddity(["tmp/a/b"], playbook, "tmp/a/b")).toBe("ignored: `release.tag.ignore` names it: `tmp/**`");
    expect(oddity([".hidden"], playbook, ".hidden")).toBe("ignored: `release.tag.ignore` names it: `.*`");
    expect(releaseTags(["v1.0.0", "v0.0.0"], { ignore: ["v1.*"] })).toEqual({ api: ["v0.0.0"] });
  });
});

describe("trains", () => {
  test("run beside components and are never theirs", () => {
    const names = ["2026.1", "2025.2", "2026.10", "2026.9", "cavern-1.0.0", "2026.2-rc1", "2026"];
    const playbook = { tag: "{component}-{version}", components: ["cavern"], train: "{yyyy}.{n}" };
    const { trains, releases } = classifyTags(tagsOf(...names), rules(playbook));
    expect(trains.map(({ version }) => version)).toEqual(["2026.10", "2026.9", "2026.1", "2025.2"]);
    expect(releases.get("cavern")?.map(({ version }) => version)).toEqual(["1.0.0"]);
    expect(oddity(names, playbook, "2026.2-rc1")).toBe("unclaimed: a candidate of the train 2026.2: trains have releases only");
    expect(oddity(names, playbook, "2026")).toBe("unclaimed: no component claims it");
  });

  test("lose the literal text around the calendar's part", () => {
    const { trains } = classifyTags(tagsOf("train-2026.1"), rules({ train: "train-{yyyy}.{n}" }));
    expect(trains).toEqual([{ tag: { name: "train-2026.1", sha: "commit of train-2026.1" }, version: "2026.1" }]);
  });
});

describe("candidates", () => {
  test("are in natural order, by version", () => {
    expect(candidates(["v1.2.0-rc9", "v1.2.0-rc10", "v1.3.0-rc1", "v1.2.0-rc1"], {})).toEqual({
      "1.3.0": ["v1.3.0-rc1"],
      "1.2.0": ["v1.2.0-rc10", "v1.2.0-rc9", "v1.2.0-rc1"],
    });
  });

  test("are read in every usual spelling, the template's first", () => {
    const names = ["v1.2.0-rc-1", "v1.2.0-rc1", "v1.2.0-RC2", "v1.2.0-rc.1"];
    expect(candidates(names, { candidate: "v{version}-rc.{n}" })).toEqual({ "1.2.0": ["v1.2.0-RC2", "v1.2.0-rc.1", "v1.2.0-rc1", "v1.2.0-rc-1"] });
  });

  test("can have a spelling of their own", () => {
    expect(candidates(["test/1.2.0/3", "v1.2.0-rc4"], { candidate: "test/{version}/{n}" })).toEqual({ "1.2.0": ["v1.2.0-rc4", "test/1.2.0/3"] });
    expect(candidates(["v1.2.0-beta.3"], { candidate: "v{version}-beta.{n}" })).toEqual({ "1.2.0": ["v1.2.0-beta.3"] });
    expect(candidates(["v1.2.0-beta.3"], {})).toEqual({});
  });

  test("of a build's name are not candidates of the version", () => {
    expect(candidates(["v1.2.0-newquery-rc3"], { candidate: "v{version}-rc{n}" })).toEqual({});
  });
});

describe("lookalikes", () => {
  test("are the mis-tags that were meant as a final version", () => {
    const { lookalikes } = classifyTags(tagsOf("1.0.0", "v.2.0.0", "V3.0.0", "1.3.0-rc1", "v1.2", "web-9.0.0", "v4.0.0"), rules());
    expect(lookalikes.get("api")?.map(({ tag }) => tag.name)).toEqual(["V3.0.0", "v.2.0.0", "1.0.0"]);
  });
});

describe("for any tag names", () => {
  const pieces = fc.array(fc.constantFrom("v", "V", "1", "01", "2", ".", "-", "rc", "api", "gateway", "/", "2026", "nightly", "x", "+", "é"), {
    maxLength: 10,
  });
  const name = fc.oneof(
    fc.string(),
    pieces.map((parts) => parts.join("")),
  );
  const tags = fc.uniqueArray(fc.record({ name, sha: fc.constantFrom("a", "b", "c") }), { selector: (tag) => tag.name, maxLength: 30 });
  const playbooks = fc.constantFrom<Playbook>(
    {},
    { candidate: "v{version}-rc{n}", ignore: ["*1"] },
    { tag: "{component}-{version}", components: ["api", "api-gateway", "gateway"], train: "{yyyy}.{n}" },
    { tag: "{version}", calver: "{yyyy}.{n}" },
    { tag: "{component}/v{version}", components: ["api", "gateway"], candidate: "{component}/v{version}-rc.{n}" },
  );

  test("every tag is in exactly one place, and the order of the tags changes nothing", () => {
    fc.assert(
      fc.property(tags, playbooks, (all, playbook) => {
        const sorted = classifyTags(all, rules(playbook));
        const places = [...sorted.releases.values(), sorted.trains].flatMap((found) => found.map(({ tag }) => tag.name));
        expect([...places, ...sorted.oddities.map(({ tag }) => tag)].toSorted()).toEqual(all.map((tag) => tag.name).toSorted());
        const shuffled = classifyTags(
          all.toSorted((left, right) => (left.sha + left.name < right.sha + right.name ? -1 : 1)),
          rules(playbook),
        );
        const reversed = classifyTags(all.toReversed(), rules(playbook));
        expect(JSON.stringify(entries(shuffled))).toBe(JSON.stringify(entries(sorted)));
        expect(JSON.stringify(entries(reversed))).toBe(JSON.stringify(entries(sorted)));
      }),
      { numRuns: 500 },
    );
  });
});
