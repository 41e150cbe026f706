import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { commitFiles } from "./git/fixture.ts";
import type { StandIn } from "./stand-in.ts";
import { startStandIn } from "./start.ts";

async function inMemory(root: string, use: (standIn: StandIn) => Promise<void>): Promise<void> {
  const standIn = await startStandIn({ clock: "manual", git: "memory", root, deliver: () => Promise.resolve(200) });
  try {
    standIn.addUser("kim");
    await use(standIn);
  } finally {
    await standIn.close();
  }
}

it("serves repositories that are only in memory by its API, and leaves nothing on disk", async () => {
  const root = await mkdtemp(join(tmpdir(), "in-memory-"));
  await inMemory(root, async (standIn) => {
    const repository = await standIn.addRepository("kim", "app");
    const sha = await commitFiles(repository.git, [], { "a.txt": "a\n" }, "feat: a\n");
    await standIn.operations.updateRefs(standIn.actorFor("kim"), repository, [{ name: "refs/heads/main", before: null, after: sha, force: false }]);
    const headers = { authorization: `token ${standIn.tokenFor("kim")}` };
    const answer = await standIn.handle(new Request("http://stand-in.test/api/v3/repos/kim/app/commits", { headers }));
    expect(await answer.json()).toMatchObject([{ sha, commit: { message: "feat: a" } }]);
    expect(await readdir(root)).toEqual([]);
  });
  await rm(root, { recursive: true });
});

it("tells git's clients and whoever wants a copy of a folder that memory is not for them", async () => {
  await inMemory("", async (standIn) => {
    await standIn.addRepository("kim", "app");
    const answer = await standIn.handle(new Request("http://stand-in.test/kim/app.git/info/refs?service=git-upload-pack"));
    expect(answer.status).toBe(501);
    expect(await answer.text()).toBe('This repository is held in memory, where git can\'t serve it: start the stand-in with git: "disk"\n');
    await expect(standIn.addRepository("kim", "copy", { from: "/srv/repository" })).rejects.toThrow(
      '/srv/repository can\'t be copied into memory: start the stand-in with git: "disk"',
    );
    expect([...standIn.world.repositories.keys()]).toEqual(["kim/app"]);
  });
});
