import { describe, expect, test } from "@jest/globals";
import { playbookWith } from "../../../test/fixtures/hosted.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { tagsOf } from "../tags-of.ts";
import { movingTags } from "./moving-tags.ts";

type Case = { readonly moving: string[]; readonly tags: string[]; readonly out?: string[]; readonly components?: string[]; readonly name?: string };

/** Tags as `name` or `name on commit`; each that stands for itself is on a commit of its own. */
function look({ moving, tags, out, components = ["app"], name = "v{version}" }: Case) {
  const found = tags.map((text) => {
    const [tag = "", sha = `c-${tag}`] = text.split(" on ");
    return { name: tag, sha };
  });
  const all = components.map((component) => ({
    name: component,
    path: components.length === 1 ? "." : component,
    dependents: "leave" as const,
    isPresent: true,
  }));
  const playbook = playbookWith({ release: { tag: { ...DEFAULTS.release.tag, name, moving } } });
  const snapshot = { tags: found } as unknown as Snapshot;
  const sorted = tagsOf(playbook, snapshot, all);
  const moved = movingTags({ components: all, tags: sorted, playbook, snapshot }, (tag) => out === undefined || out.includes(tag));
  return {
    oddities: sorted.oddities.map(({ tag }) => tag),
    says: moved.map(({ says }) => says),
    moves: moved.flatMap(({ action }) => (action === null ? [] : [`${action.tag}: ${String(action.from)} -> ${action.to}`])),
  };
}

describe("a tag that moves along", () => {
  test.each<[string, Case, string[], string[]]>([
    ["is made for the first release", { moving: ["stable"], tags: ["v1.0.0"] }, ["stable: null -> c-v1.0.0"], ["`stable` moves to v1.0.0"]],
    [
      "moves to the highest release",
      { moving: ["stable"], tags: ["v1.0.0", "v1.9.0", "v1.10.0", "stable on c-v1.0.0"] },
      ["stable: c-v1.0.0 -> c-v1.10.0"],
      ["`stable` moves to v1.10.0"],
    ],
    ["is left where it belongs", { moving: ["stable"], tags: ["v1.0.0", "v1.1.0", "stable on c-v1.1.0"] }, [], ["`stable` leads to v1.1.0; this app moves it"]],
    [
      "goes with its own line, and others with theirs",
      {
        moving: ["v{major}", "v{major}.{minor}"],
        tags: ["v1.0.0", "v1.0.1", "v1.1.0", "v2.0.0", "v1 on c-v1.0.0", "v2 on c-v2.0.0", "v1.0 on c-v1.0.0", "v1.1 on c-v1.1.0", "v2.0 on c-v2.0.0"],
      },
      ["v1: c-v1.0.0 -> c-v1.1.0", "v1.0: c-v1.0.0 -> c-v1.0.1"],
      [
        "`v2` leads to v2.0.0; this app moves it",
        "`v1` moves to v1.1.0",
        "`v2.0` leads to v2.0.0; this app moves it",
        "`v1.1` leads to v1.1.0; this app moves it",
        "`v1.0` moves to v1.0.1",
      ],
    ],
    [
      "is never taken back by a fix of an older line",
      { moving: ["stable"], tags: ["v1.0.1", "v2.0.0", "stable on c-v2.0.0"], out: ["v1.0.1"] },
      [],
      ["`stable` leads to v2.0.0, which is newer than v1.0.1"],
    ],
    [
      "is not made for a fix of an older line",
      { moving: ["stable"], tags: ["v1.0.1", "v2.0.0"], out: ["v1.0.1"] },
      [],
      ["`stable` is not made for v1.0.1: `v2.0.0` is newer"],
    ],
    ["waits for the publication", { moving: ["stable"], tags: ["v1.0.0", "v1.1.0", "stable on c-v1.0.0"], out: [] }, [], []],
    [
      "moves as far as releases are out",
      { moving: ["stable"], tags: ["v1.0.0", "v1.1.0", "v1.2.0", "stable on c-v1.0.0"], out: ["v1.1.0"] },
      ["stable: c-v1.0.0 -> c-v1.1.0"],
      ["`stable` moves to v1.1.0"],
    ],
    [
      "passes over candidates",
      { moving: ["stable"], tags: ["v1.0.0", "v1.1.0-rc.1", "stable on c-v1.0.0"] },
      [],
      ["`stable` leads to v1.0.0; this app moves it"],
    ],
    [
      "is left where somebody put it",
      { moving: ["stable"], tags: ["v1.0.0", "stable on 1234567890"] },
      [],
      ["`stable` leads to 1234567, which is no release of app that it fits: it is left alone. To have it moved to v1.0.0, delete it"],
    ],
    [
      "is left on a release of another line",
      { moving: ["v{major}"], tags: ["v1.0.0", "v2.0.0", "v1 on c-v2.0.0", "v2 on c-v2.0.0"] },
      [],
      [
        "`v2` leads to v2.0.0; this app moves it",
        "`v1` leads to c-v2.0., which is no release of app that it fits: it is left alone. To have it moved to v1.0.0, delete it",
      ],
    ],
    [
      "belongs to one component",
      {
        moving: ["{component}-stable"],
        components: ["cavern", "reg"],
        name: "{component}-{version}",
        tags: ["cavern-0.9.0", "reg-1.0.0", "cavern-0.8.0", "cavern-stable on c-cavern-0.8.0"],
      },
      ["cavern-stable: c-cavern-0.8.0 -> c-cavern-0.9.0", "reg-stable: null -> c-reg-1.0.0"],
      ["`cavern-stable` moves to cavern 0.9.0", "`reg-stable` moves to reg 1.0.0"],
    ],
    [
      "that two components want follows neither",
      { moving: ["stable"], components: ["cavern", "reg"], name: "{component}-{version}", tags: ["cavern-0.9.0", "reg-1.0.0"] },
      [],
      Array.from({ length: 2 }, () => "`stable` is wanted by cavern and reg and left alone: put {component} into `release.tag.moving`"),
    ],
    [
      "of components that share their tags is moved once",
      { moving: ["stable"], components: ["a", "b"], tags: ["v1.0.0"] },
      ["stable: null -> c-v1.0.0"],
      ["`stable` moves to a 1.0.0", "`stable` moves to b 1.0.0"],
    ],
    [
      "never takes the name of a version",
      { moving: ["v{major}.0.0"], tags: ["v1.2.0"] },
      [],
      ["`v1.0.0` is spelt like a version and left alone: correct `release.tag.moving`"],
    ],
  ])("%s", (_title, given, moves, says) => {
    expect(look(given)).toMatchObject({ moves, says });
  });

  test("is no oddity, and a version that looks like one stays a version", () => {
    const given = { moving: ["v{major}", "{component}-{major}.{minor}", "live"], tags: ["v1.0.0", "v1", "app-1.0", "live", "v01", "vv", "app-1", "other-1.0"] };
    expect(look(given).oddities.toSorted()).toEqual(["app-1", "other-1.0", "v01", "vv"]);
    expect(look({ ...given, moving: ["v{major}.0.0"] }).says).toEqual(["`v1.0.0` is spelt like a version and left alone: correct `release.tag.moving`"]);
  });
});
