// `release-steward explain`: the same answer as the app's, for whoever sits at a terminal.
import { afterEach, describe, expect, test } from "@jest/globals";
import { explain } from "../../src/cli/explain.ts";
import { run } from "../fixtures/command.ts";
import { scratchRepository } from "../fixtures/repository.ts";
import { openTeam } from "../fixtures/story.ts";

const PLAYBOOK = `schema: 1
components: {app: {path: .}}
versioning: {files: [{file: package.json, json: version}]}
gates:
  pinned: {forbid: {pattern: ":latest", paths: ["*.yaml"]}}
  blockers: {no_open_issues: {labels: [release-blocker]}}
  backup: {evidence: Database is backed up}
policies:
  default: {gates: [pinned, blockers, backup]}
`;
const FILES = { "package.json": '{"name": "app", "version": "1.0.0"}\n', "deploy.yaml": "image: app:latest\n" };

const timeless = (text: string): string => text.replace(/evaluated [^·]+/, "");

function asKim({ standIn }: Awaited<ReturnType<typeof openTeam>>): void {
  standIn.world.tokens.set("ghp_kim", { text: "ghp_kim", actor: standIn.actorFor("kim"), expiresAt: null });
  process.env["GITHUB_API_URL"] = `${standIn.world.url}/api/v3`;
  process.env["GITHUB_TOKEN"] = "ghp_kim";
  globalThis.fetch = async (input, init) => await standIn.handle(new Request(input, init));
}

const table = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("|"));

describe("of a local repository", () => {
  test("what the files say is told, and what only GitHub knows is unknown and never green", async () => {
    const repository = scratchRepository();
    repository.commit("feat: begin", { ...FILES, ".github/release-steward.yml": PLAYBOOK });
    const { out, exit, complaints } = await run(explain, ["--repo", repository.directory]);
    expect(complaints).toBe("");
    expect(exit).toBe(1);
    expect(out).toContain("app 1.0.0 waits for 3 of 3");
    expect(out).toMatch(/closed +pinned[\s\S]*deploy\.yaml/);
    expect(out).toMatch(/unknown +blockers/);
    const json = JSON.parse((await run(explain, ["--repo", repository.directory, "--format", "json"])).out) as {
      lines: { gates: { gate: string; state: string }[] }[];
    };
    expect(json.lines[0]?.gates.map(({ gate, state }) => `${gate} ${state}`)).toEqual(["pinned closed", "blockers unknown", "backup unknown"]);
  });

  test.each([
    [["--format", "xml"], "expected text, markdown or json"],
    [["--component", "nope"], 'no component is called "nope"'],
    [["--tag", "v1.0.0"], "hint: name the repository with `--github OWNER/NAME`"],
    [["--github", "nope"], "expected a repository such as organisation/name"],
  ])("%j is wrong usage, said with what is right", async (words, message) => {
    const repository = scratchRepository();
    repository.commit("feat: begin", { ...FILES, ".github/release-steward.yml": PLAYBOOK });
    const shown = await run(explain, ["--repo", repository.directory, ...words]).catch((error: unknown) => ({ exit: 2, complaints: String(error) }));
    expect(shown.exit).toBe(2);
    expect(shown.complaints).toContain(message);
  });
});

describe("of a repository on GitHub", () => {
  const { GITHUB_API_URL: url, GITHUB_TOKEN: token } = process.env;
  const fetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = fetch;
    for (const [name, value] of [
      ["GITHUB_API_URL", url],
      ["GITHUB_TOKEN", token],
    ] as const) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  test("it says what the status comment says, and writes nothing", async () => {
    const team = await openTeam({ playbook: PLAYBOOK, files: FILES });
    await team.tag("v1.0.0");
    await team.contribute("fix: disk");
    await team.settle();
    const pull = team.releasePullRequest();
    const { standIn } = team;
    asKim(team);
    const before = standIn.world.requests.length;
    const { out, exit } = await run(explain, ["--github", "acme/app", "--format", "markdown"]);
    expect(exit).toBe(1);
    expect(standIn.world.requests.slice(before).filter(({ isWrite }) => isWrite)).toEqual([]);
    const comment = [...team.repository.comments.values()].find(({ issue, author }) => issue === pull && author.login === team.app.bot.login);
    expect(table(out).length).toBeGreaterThan(3);
    expect(table(out)).toEqual(table(comment?.body ?? ""));
  });

  test("a release shows its steps, by its tag also when it is over, or without while it is under way", async () => {
    const playbook = `schema: 1
components: {app: {path: .}}
versioning: {files: [{file: package.json, json: version}]}
artifacts: [{workflow: docs.yml, trigger: tag}]
`;
    const team = await openTeam({
      playbook,
      files: {
        "package.json": FILES["package.json"],
        ".github/workflows/docs.yml": "on: {push: {tags: ['v*']}}\njobs: {site: {runs-on: ubuntu-latest, steps: [{run: make site}]}}\n",
      },
    });
    await team.tag("v1.0.0");
    await team.contribute("fix: disk");
    await team.settle();
    await team.merge(team.releasePullRequest());
    await team.settle();
    const docs = [...team.repository.actions.runs.values()].at(-1);
    await team.standIn.operations.finishRun(team.repository, docs!, "failure");
    asKim(team);
    const shown = await run(explain, ["--github", "acme/app", "--tag", "v1.0.1"]);
    expect(shown.complaints).toBe("");
    expect(shown.out).toMatch(/^v1\.0\.1 is paused: docs failed \(#\d+\)\n/);
    expect(shown.out).toMatch(/✓ done +tag[\s\S]*✗ failed +docs[\s\S]*→ .*`\/release retry docs`/);
    expect(shown.exit).toBe(1);
    expect(timeless((await run(explain, ["--github", "acme/app"])).out)).toBe(timeless(shown.out));
    const json = JSON.parse((await run(explain, ["--github", "acme/app", "--tag", "v1.0.1", "--format", "json"])).out) as {
      rollouts: { tag: string; steps: { step: string; state: string }[] }[];
    };
    expect(json.rollouts.map(({ tag, steps }) => [tag, ...steps.map(({ step, state }) => `${step} ${state}`)])).toEqual([
      ["v1.0.1", "tag done", "docs failed", "publication done"],
    ]);
    const unknown = await run(explain, ["--github", "acme/app", "--tag", "v9.0.0"]);
    expect(unknown).toEqual({
      exit: 2,
      out: "",
      complaints: 'release-steward explain: the app followed no release that has the tag "v9.0.0"\n  hint: under way: v1.0.1\n',
    });
    await team.standIn.operations.rerun(team.person("kim"), team.repository, docs!, "all");
    await team.standIn.operations.finishRun(team.repository, docs!, "success");
    await team.settle();
    const over = await run(explain, ["--github", "acme/app", "--tag", "v1.0.1"]);
    expect(over.out).toMatch(/^v1\.0\.1 is verified \(#\d+\)\n/);
    expect(over.out).toMatch(/✓ done +docs/);
    expect((await run(explain, ["--github", "acme/app"])).out).not.toContain("v1.0.1 is verified");
  });

  test("without a token it says how to get one", async () => {
    Reflect.deleteProperty(process.env, "GITHUB_TOKEN");
    await expect(run(explain, ["--github", "acme/app"])).rejects.toThrow("there is no token");
  });
});
