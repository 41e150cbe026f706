import { describe, expect, test } from "@jest/globals";
import { hostedWith } from "../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { FileState, Hosted, Permission, Team } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { peopleOf } from "./people.ts";
import type { People } from "./types.ts";

type Given = {
  roles?: Playbook["roles"];
  /** Path and owners in the playbook, by component. */
  components?: Record<string, { path: string; owners?: string[] }>;
  paths?: string[];
  files?: Record<string, FileState | string>;
  unread?: string[];
  teams?: Record<string, Team | string[]>;
  permissions?: Record<string, Permission>;
  isLocal?: boolean;
};

function people({
  roles = {},
  components = { api: { path: "charts/api" } },
  paths = [],
  files = {},
  unread = [],
  teams = {},
  permissions = {},
  isLocal = false,
}: Given): People {
  const named = Object.entries(components).map(([name, { path, owners = [] }]) => ({ name, path, owners, dependents: "leave" as const }));
  const hosted: Hosted = hostedWith({
    teams: new Map(Object.entries(teams).map(([team, one]) => [team, Array.isArray(one) ? { is: "known", members: one } : one])),
    permissions: new Map(Object.entries(permissions)),
  });
  return peopleOf({
    playbook: { ...DEFAULTS, roles, components: { named, discover: null } },
    hosted: isLocal ? null : hosted,
    components: named.map(({ name, path }): Component => ({ name, path, dependents: "leave", isPresent: true })),
    paths,
    files: (path) => {
      if (unread.includes(path)) return undefined;
      const file = files[path] ?? { is: "missing" };
      return typeof file === "string" ? { is: "text", text: file } : file;
    },
  });
}

const NOT_FOUND = { because: "the team @acme/sre does not exist, or the app may not see it", next: "correct `roles.sre` in the playbook" };
const NOT_ALLOWED = { because: "the app may not read @acme/sre: it needs members: read", next: "give the app that permission and accept it" };
const MISSING: Team = { is: "missing" };
const UNREADABLE: Team = { is: "unreadable", because: "403: Resource not accessible by integration, members: read" };

describe("who is in a role", () => {
  test.each<[string, Given, string, string]>([
    ["a login", { roles: { sre: ["@Kim"] } }, "kim", "in"],
    ["another login", { roles: { sre: ["@kim"] } }, "lee", "out"],
    ["a login that merely begins so", { roles: { sre: ["@kim"] } }, "kimberly", "out"],
    ["a member of a team, in any case", { roles: { sre: ["@Acme/SRE"] }, teams: { "acme/sre": ["Lee"] } }, "lEE", "in"],
    ["nobody of the team", { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": ["lee"] } }, "kim", "out"],
    ["exactly that permission", { roles: { sre: ["maintain"] }, permissions: { Kim: "maintain" } }, "kim", "in"],
    ["more than that permission", { roles: { sre: ["triage"] }, permissions: { kim: "admin" } }, "kim", "in"],
    ["less than that permission", { roles: { sre: ["maintain"] }, permissions: { kim: "write" } }, "kim", "out"],
    ["no permission at all", { roles: { sre: ["triage"] }, permissions: { kim: "none" } }, "kim", "out"],
    ["a permission that there is not", { roles: { sre: ["owner"] }, permissions: { kim: "admin" } }, "kim", "out"],
    ["a permission that was not read", { roles: { sre: ["triage"] } }, "kim", "unknown: what @kim may do here has not been read yet"],
    ["a bot that is listed", { roles: { sre: ["@deploy[bot]"] } }, "deploy[bot]", "out"],
    ["a bot that may write", { roles: { sre: ["write"] }, permissions: { "deploy[bot]": "admin" } }, "deploy[bot]", "out"],
    ["a bot in a team", { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": ["deploy[bot]"] } }, "deploy[bot]", "out"],
    ["a team that was not read", { roles: { sre: ["@acme/sre"] } }, "kim", "unknown: who is in @acme/sre has not been read yet"],
    ["a team that does not exist", { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": MISSING } }, "kim", `unknown: ${NOT_FOUND.because}`],
    ["a team that can't be read", { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": UNREADABLE } }, "kim", `unknown: ${NOT_ALLOWED.because}`],
    ["a login beside a team that can't be read", { roles: { sre: ["@acme/sre", "@kim"] }, teams: { "acme/sre": UNREADABLE } }, "kim", "in"],
    ["a role that nobody wrote down", { roles: {} }, "kim", "unknown: the playbook has no role `sre`"],
    [
      "a local repository",
      { roles: { sre: ["@kim"] }, isLocal: true },
      "kim",
      "unknown: who has which role is known on GitHub only, and this was read from a local repository",
    ],
  ])("%s", (_, given, login, expected) => {
    const standing = people(given).standing(login, "sre");
    expect(standing.is === "unknown" ? `unknown: ${standing.because}` : standing.is).toBe(expected);
  });

  test.each<[Permission, string]>([
    ["admin", "in"],
    ["maintain", "in"],
    ["write", "in"],
    ["triage", "out"],
    ["read", "out"],
    ["none", "out"],
  ])("without a role: whoever may write, which %s is %s", (permission, expected) => {
    expect(people({ permissions: { kim: permission } }).standing("kim", null).is).toBe(expected);
  });

  test("a role's name is never taken from what every object has", () => {
    expect(people({}).standing("kim", "constructor").is).toBe("unknown");
  });
});

describe("the people of a role, and what is wrong with it", () => {
  test.each<[string, Given, ReturnType<People["members"]>]>([
    [
      "each once",
      { roles: { sre: ["@kim", "@acme/sre"] }, teams: { "acme/sre": ["Kim", "lee", "ci[bot]"] } },
      { logins: ["kim", "lee"], levels: [], faults: [] },
    ],
    ["a permission level", { roles: { sre: ["@kim", "maintain"] } }, { logins: ["kim"], levels: ["maintain"], faults: [] }],
    [
      "a missing team",
      { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": MISSING } },
      { logins: [], levels: [], faults: [{ ...NOT_FOUND, isEmpty: false }] },
    ],
    [
      "an unreadable team",
      { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": UNREADABLE } },
      { logins: [], levels: [], faults: [{ ...NOT_ALLOWED, isEmpty: false }] },
    ],
    [
      "a team that is unreadable for another cause",
      { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": { is: "unreadable", because: "the organization wants single sign-on" } } },
      {
        logins: [],
        levels: [],
        faults: [
          { because: "the app may not read @acme/sre: the organization wants single sign-on", next: "let the app read who is in @acme/sre", isEmpty: false },
        ],
      },
    ],
    [
      "an empty team",
      { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": [] } },
      { logins: [], levels: [], faults: [{ because: "nobody is in @acme/sre", next: "add somebody to @acme/sre", isEmpty: true }] },
    ],
    [
      "no such role",
      {},
      { logins: [], levels: [], faults: [{ because: "the playbook has no role `sre`", next: "add `roles.sre` to the playbook", isEmpty: false }] },
    ],
  ])("%s", (_, given, expected) => {
    expect(people(given).members("sre")).toEqual(expected);
  });
});

describe("owners", () => {
  const groups = (given: Given): string[] =>
    people(given)
      .groups("owners")
      .map(({ handles, paths }) => `${handles.join(" ")}: ${paths.join(" ")}`);
  const faults = (given: Given): string[] =>
    people(given)
      .members("owners")
      .faults.map(({ because, next }) => `${because} | ${next}`);
  const FILE = "* @all\n/charts/api/ @kim @lee\n/charts/api/values.yaml @sam\n/charts/api/generated\n/charts/web/ @Lee @kim\n";
  const TWO = { api: { path: "charts/api" }, web: { path: "charts/web" } };

  test.each<[string, Given, string[]]>([
    [
      "the playbook's, when it names them",
      { components: { api: { path: "charts/api", owners: ["@acme/api"] } }, paths: ["charts/api/a", "x"], files: { CODEOWNERS: FILE } },
      ["@acme/api: charts/api/a"],
    ],
    ["the playbook's, even if nothing was touched", { components: { api: { path: "charts/api", owners: ["@acme/api"] } } }, ["@acme/api: "]],
    [
      "those of each touched path",
      { paths: ["charts/api/a", "charts/api/b", "charts/api/values.yaml"], files: { CODEOWNERS: FILE } },
      ["@kim @lee: charts/api/a charts/api/b", "@sam: charts/api/values.yaml"],
    ],
    [
      "one group for the same people, in any order and case",
      { components: TWO, paths: ["charts/api/a", "charts/web/a"], files: { CODEOWNERS: FILE } },
      ["@kim @lee: charts/api/a charts/web/a"],
    ],
    ["not those of what is outside", { paths: ["charts/api/a", "README.md", "charts/api-2/x"], files: { CODEOWNERS: FILE } }, ["@kim @lee: charts/api/a"]],
    ["nobody for what nobody owns", { paths: ["charts/api/a", "charts/api/generated/x"], files: { CODEOWNERS: FILE } }, ["@kim @lee: charts/api/a"]],
    ["everything, for the whole repository", { components: { all: { path: "." } }, paths: ["README.md"], files: { CODEOWNERS: FILE } }, ["@all: README.md"]],
    [
      "the deepest component's for a path in two",
      { components: { all: { path: ".", owners: ["@boss"] }, api: { path: "charts/api", owners: ["@kim"] } }, paths: ["README.md", "charts/api/a"] },
      ["@boss: README.md", "@kim: charts/api/a"],
    ],
    [
      "the first file that exists",
      { paths: ["charts/api/a"], files: { "docs/CODEOWNERS": "* @docs", CODEOWNERS: "* @root", ".github/CODEOWNERS": "* @first" } },
      ["@first: charts/api/a"],
    ],
    ["the last place", { paths: ["charts/api/a"], files: { "docs/CODEOWNERS": "* @docs" } }, ["@docs: charts/api/a"]],
    ["a folder that one rule covers", { paths: ["charts/web/"], components: TWO, files: { CODEOWNERS: FILE } }, ["@Lee @kim: charts/web/"]],
    ["nobody yet for a folder in which rules differ", { paths: ["charts/api/"], files: { CODEOWNERS: FILE } }, [": charts/api/"]],
    ["a folder around the component", { paths: ["charts/"], files: { CODEOWNERS: "* @all" } }, ["@all: charts/api/"]],
    ["nobody yet for an address", { paths: ["charts/api/a"], files: { CODEOWNERS: "* kim@acme.org" } }, [": charts/api/a"]],
    ["nobody yet where the file has not been read", { paths: ["charts/api/a"], unread: ["CODEOWNERS"] }, [": charts/api/a"]],
    ["nobody yet where the file can't be read", { paths: ["charts/api/a"], files: { CODEOWNERS: { is: "symlink" } } }, [": charts/api/a"]],
  ])("%s", (_, given, expected) => {
    expect(groups(given)).toEqual(expected);
  });

  test.each<[string, Given, string[]]>([
    ["all is well", { paths: ["charts/api/a"], files: { CODEOWNERS: FILE } }, []],
    [
      "no path has an owner",
      { paths: ["charts/api/a"], files: { CODEOWNERS: "docs/ @kim" } },
      ["nothing that this release touches in api has an owner | add the path to `CODEOWNERS`, or `owners` to api in the playbook"],
    ],
    [
      "there is no file",
      { paths: ["charts/api/a"] },
      ["nothing that this release touches in api has an owner | add the path to `.github/CODEOWNERS`, or `owners` to api in the playbook"],
    ],
    [
      "a folder in which rules differ",
      { paths: ["charts/api/"], files: { CODEOWNERS: FILE } },
      ["which files in charts/api/ changed is not known, and `CODEOWNERS` gives them different owners | name the `owners` of the component in the playbook"],
    ],
    [
      "an address",
      { paths: ["charts/api/a"], files: { CODEOWNERS: "* kim@acme.org" } },
      ["charts/api/a belongs to kim@acme.org, and the app can't tell whose address that is | write a `@login` in its place in `CODEOWNERS`"],
    ],
    [
      "a line that GitHub leaves out",
      { paths: ["charts/api/a"], files: { CODEOWNERS: "* @kim\n[Docs] @lee" } },
      ["line 2 of `CODEOWNERS` is left out by GitHub: a pattern can't hold `[` or `]` | correct line 2 of `CODEOWNERS`"],
    ],
    [
      "a file that is too large",
      { paths: ["charts/api/a"], files: { CODEOWNERS: { is: "too-large", bytes: 4_000_000 } } },
      ["`CODEOWNERS` has 4000000 bytes: more than the app reads, and above 3 MB GitHub does not read it either | shorten `CODEOWNERS`"],
    ],
    [
      "a team of CODEOWNERS that does not exist",
      { paths: ["charts/api/a"], files: { CODEOWNERS: "* @acme/gone" }, teams: { "acme/gone": MISSING } },
      ["the team @acme/gone does not exist, or the app may not see it | correct `CODEOWNERS`"],
    ],
    [
      "a team of the playbook's owners that does not exist",
      { components: { api: { path: "charts/api", owners: ["@acme/gone"] } }, teams: { "acme/gone": MISSING } },
      ["the team @acme/gone does not exist, or the app may not see it | correct `owners` of api in the playbook"],
    ],
  ])("what is wrong when %s", (_, given, expected) => {
    expect(faults(given)).toEqual(expected);
  });

  test("many bad lines are counted", () => {
    const told = faults({ paths: ["charts/api/a"], files: { CODEOWNERS: `* @kim\n${"!a @kim\n".repeat(10)}` } });
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toBe("7 more lines of `CODEOWNERS` are left out by GitHub | correct `CODEOWNERS`");
  });

  test("whoever is in one of the groups is an owner, and of that group only", () => {
    const here = people({ paths: ["charts/api/a", "charts/api/values.yaml"], files: { CODEOWNERS: FILE } });
    expect([here.standing("SAM", "owners").is, here.standing("all", "owners").is]).toEqual(["in", "out"]);
    expect(here.groups("owners").map(({ handles }) => here.isOneOf("sam", handles).is)).toEqual(["out", "in"]);
  });

  test("who is no owner can't be said while some owners are not known", () => {
    const here = people({ paths: ["charts/api/"], files: { CODEOWNERS: FILE } });
    expect(here.standing("kim", "owners").is).toBe("unknown");
  });
});

describe("what has to be read first", () => {
  const OWNED = { paths: ["charts/api/a"], files: { CODEOWNERS: "* @acme/api @kim" } };
  test.each<[string, Given, string | null, ReturnType<People["wants"]>]>([
    ["logins need nothing", { roles: { sre: ["@kim"] } }, "sre", { files: [], teams: [], logins: [] }],
    ["a team, once", { roles: { sre: ["@Acme/SRE", "@acme/sre"] } }, "sre", { files: [], teams: ["acme/sre"], logins: [] }],
    [
      "not a team that was read, whatever came of it",
      { roles: { sre: ["@acme/sre"] }, teams: { "acme/sre": MISSING } },
      "sre",
      { files: [], teams: [], logins: [] },
    ],
    ["what people may do, for a level", { roles: { sre: ["maintain"] }, permissions: { Kim: "read" } }, "sre", { files: [], teams: [], logins: ["lee"] }],
    ["what people may do, without a role", {}, null, { files: [], teams: [], logins: ["kim", "lee"] }],
    [
      "the files of code owners",
      { ...OWNED, unread: [".github/CODEOWNERS", "CODEOWNERS"] },
      "owners",
      { files: [".github/CODEOWNERS", "CODEOWNERS"], teams: [], logins: [] },
    ],
    ["not the files behind the one that counts", { ...OWNED, unread: ["docs/CODEOWNERS"] }, "owners", { files: [], teams: ["acme/api"], logins: [] }],
    [
      "no file when the playbook names owners",
      { components: { api: { path: "charts/api", owners: ["@acme/api"] } }, unread: ["CODEOWNERS"] },
      "owners",
      { files: [], teams: ["acme/api"], logins: [] },
    ],
    ["nothing of a local repository", { roles: { sre: ["@acme/sre"] }, isLocal: true }, "sre", { files: [], teams: [], logins: [] }],
  ])("%s", (_, given, role, expected) => {
    expect(people(given).wants(role, ["kim", "lee", "ci[bot]"])).toEqual(expected);
  });
});

describe("a role in words", () => {
  test.each<[Given, string | null, string]>([
    [{ roles: { steward: ["@acme/stewards"] } }, "steward", "steward (@acme/stewards)"],
    [{ roles: { steward: ["@kim", "maintain"] } }, "steward", "steward (@kim, anybody with maintain access)"],
    [{ roles: { steward: ["@a", "@b", "@c", "@d", "@e", "@f", "@g"] } }, "steward", "steward (@a, @b, @c, @d, @e and 2 more)"],
    [{}, null, "anybody with write access"],
    [{ paths: ["charts/api/a"], files: { CODEOWNERS: "* @kim @lee" } }, "owners", "owners of charts/api (@kim, @lee)"],
    [{ components: { all: { path: ".", owners: ["@kim"] } } }, "owners", "owners of the repository (@kim)"],
    [{}, "owners", "owners of charts/api"],
  ])("%#", (given, role, expected) => {
    expect(people(given).describe(role)).toBe(expected);
  });
});
