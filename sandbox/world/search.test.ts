import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../fixture.ts";

const searching =
  ({ lee }: Scene) =>
  async (query: string, more = ""): Promise<unknown> => {
    const { status, body } = await lee("GET", `/search/issues?q=${encodeURIComponent(query)}${more}`);
    return status === 200 ? body.items.map(({ number }: { number: number }) => number) : body.errors[0].message;
  };

const filled = async (scene: Scene): Promise<void> => {
  const { lee, kim, push } = scene;
  await lee("POST", `${REPO}/issues`, { title: "Mount fails", body: "on 1.29", labels: ["kind/bug", "area one"] });
  await kim("POST", `${REPO}/issues`, { title: "Docs", body: "the mount is not described" });
  for (const branch of ["rel-1", "other"]) await push(branch, { [`${branch}.txt`]: "x" });
  await lee("POST", `${REPO}/pulls`, { title: "chore: release", head: "rel-1", base: "main" });
  await kim("POST", `${REPO}/pulls`, { title: "wip", head: "other", base: "main", draft: true });
  await kim("PUT", `${REPO}/pulls/3/merge`);
  await kim("PATCH", `${REPO}/issues/2`, { state: "closed" });
};

it("finds by kind, state, people, labels, branches and words, and by what is not", () =>
  inScene(async (scene) => {
    await filled(scene);
    const search = searching(scene);
    for (const [query, numbers] of [
      ["repo:acme/app", [4, 3, 2, 1]],
      ["repo:acme/app is:issue", [2, 1]],
      ["repo:acme/app is:pr is:merged", [3]],
      ["repo:acme/app type:pr state:open", [4]],
      ["repo:acme/app draft:true", [4]],
      ["org:acme author:lee", [3, 1]],
      ["author:@me is:issue", [1]],
      ['label:kind/bug label:"area one"', [1]],
      ["label:none,kind/bug", [1]],
      ["no:label is:issue", [2]],
      ["-label:kind/bug is:issue", [2]],
      ["head:rel-1 base:main", [3]],
      ["mount", [2, 1]],
      ["mount in:title", [1]],
      ['"mount fails"', [1]],
      ["is:closed closed:>=2026-01-01 is:issue", [2]],
      ["created:2025-01-01..2025-12-31", []],
      ["repo:acme/app sort:created-asc", [1, 2, 3, 4]],
    ] as const)
      expect([query, await search(query)]).toEqual([query, numbers]);
    expect(await search("repo:acme/app", "&sort=created&order=asc&per_page=2")).toEqual([1, 2]);
  }));

it("refuses what it can't search for, and repositories that are not there, rather than pass over them", () =>
  inScene(async (scene) => {
    const search = searching(scene);
    expect(await search("repo:acme/app linked:pr")).toBe("The stand-in does not know the qualifier linked:.");
    expect(await search("is:locked")).toBe("The stand-in does not know the qualifier is:locked.");
    expect(await search("created:yesterday")).toContain("not a recognized date");
    expect(await search("x sort:reactions")).toBe("The stand-in does not sort by reactions.");
    expect(await search("repo:acme/none")).toContain("cannot be searched");
    expect((await scene.lee("GET", "/search/issues?q=")).status).toBe(422);
  }));

it("finds nothing of a private repository for who may not read it", () =>
  inScene(async (scene) => {
    await filled(scene);
    scene.repository.isPrivate = true;
    expect((await scene.sam("GET", "/search/issues?q=mount")).body.total_count).toBe(0);
    expect((await scene.sam("GET", "/search/issues?q=repo:acme/app")).status).toBe(422);
    expect((await (await scene.bot({ pull_requests: "read" }))("GET", "/search/issues?q=repo:acme/app")).body.total_count).toBe(2);
  }));
