import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, it } from "@jest/globals";
import { commitFiles, filesOf, inRepository } from "./fixture.ts";
import { gitEnvironment } from "./run-git.ts";
import { smartHttp } from "./smart-http.ts";
import type { GitRepository, RefChange, RepositoryOnDisk, Sha } from "./types.ts";

const run = promisify(execFile);

type Client = {
  readonly repository: RepositoryOnDisk;
  readonly url: string;
  /** Runs git in the folder that clones go to; returns what it prints, standard error last. */
  readonly git: (...command: readonly string[]) => Promise<string>;
  readonly clone: string;
  /** What each push changed. */
  readonly pushes: (readonly RefChange[])[];
  readonly refuseWith: (reason: string | null) => void;
};

async function withServer(use: (client: Client) => Promise<void>): Promise<void> {
  await inRepository(async (repository, folder) => {
    const pushes: (readonly RefChange[])[] = [];
    let reason: string | null = null;
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const url = new URL(request.url ?? "", "http://localhost");
      const service = (url.searchParams.get("service") ?? url.pathname.split("/").at(-1)) === "git-receive-pack" ? "git-receive-pack" : "git-upload-pack";
      const isAdvertisement = request.method === "GET";
      const gitProtocol = request.headers["git-protocol"]?.toString() ?? null;
      const answered = await smartHttp(repository, { service, isAdvertisement, gitProtocol, body: await bodyOf(request) }, () => reason);
      if (service === "git-receive-pack" && !isAdvertisement) pushes.push(answered.changes);
      response.writeHead(200, { "content-type": answered.contentType }).end(answered.body);
    };
    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bare.git`;
    const git = async (...command: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await run("git", [...command], { cwd: folder, env: gitEnvironment() });
      return stdout + stderr;
    };
    try {
      await use({ repository, url, git, clone: join(folder, "clone"), pushes, refuseWith: (next) => (reason = next) });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function history(repository: GitRepository, length: number): Promise<Sha> {
  let head: Sha | null = null;
  for (let index = 0; index < length; index += 1) head = await commitFiles(repository, head === null ? [] : [head], { "a.txt": `${index}\n` });
  await repository.updateRefs([{ name: "refs/heads/main", after: head }]);
  return head!;
}

for (const version of ["0", "1", "2"]) {
  it(`lets git clone and fetch with protocol version ${version}`, async () => {
    await withServer(async ({ repository, url, git, clone }) => {
      const protocol = ["-c", `protocol.version=${version}`];
      const first = await history(repository, 40);
      await git(...protocol, "clone", "--quiet", url, clone);
      expect(await readFile(join(clone, "a.txt"), "utf8")).toBe("39\n");
      expect((await git("-C", clone, "rev-list", "--count", "HEAD")).trim()).toBe("40");

      const next = await commitFiles(repository, [first], { "b.txt": "b\n" });
      await repository.updateRefs([
        { name: "refs/heads/main", after: next },
        { name: "refs/tags/v1", after: next },
      ]);
      await git(...protocol, "-C", clone, "pull", "--quiet", "--ff-only", "--tags");
      expect((await git("-C", clone, "describe", "--tags")).trim()).toBe("v1");
    });
  });
}

it("names the service first, but in version 2, which pushes don't have", async () => {
  await withServer(async ({ repository }) => {
    await history(repository, 1);
    const start = async (service: "git-upload-pack" | "git-receive-pack", gitProtocol: string | null): Promise<string> => {
      const { body } = await smartHttp(repository, { service, isAdvertisement: true, gitProtocol, body: new Uint8Array() });
      return Buffer.from(body).toString("latin1", 0, 14);
    };
    expect(await start("git-upload-pack", null)).toBe("001e# service=");
    expect(await start("git-upload-pack", "version=1")).toBe("001e# service=");
    expect(await start("git-upload-pack", "version=2")).toBe("000eversion 2\n");
    expect(await start("git-receive-pack", "version=2")).toBe("001f# service=");
  });
});

it("reads a compressed request", async () => {
  await withServer(async ({ repository }) => {
    const head = await history(repository, 3);
    const fetch = Buffer.from(`0032want ${head}\n00000009done\n`);
    const request = { service: "git-upload-pack", isAdvertisement: false, gitProtocol: null } as const;
    const answers = await Promise.all([fetch, gzipSync(fetch)].map((body) => smartHttp(repository, { ...request, body })));
    expect(Buffer.from(answers[0]!.body).toString("latin1")).toMatch(/^0008NAK\nPACK/);
    expect(answers[1]).toEqual(answers[0]);
  });
});

it("serves an empty repository, shallow and partial clones, and any commit by its SHA", async () => {
  await withServer(async ({ repository, url, git, clone }) => {
    await git("clone", "--quiet", url, `${clone}-empty`);
    expect((await git("-C", `${clone}-empty`, "symbolic-ref", "HEAD")).trim()).toBe("refs/heads/main");
    const head = await history(repository, 5);
    await git("clone", "--quiet", "--depth=2", url, `${clone}-shallow`);
    expect((await git("-C", `${clone}-shallow`, "rev-list", "--count", "HEAD")).trim()).toBe("2");
    await git("-C", `${clone}-shallow`, "fetch", "--quiet", "--unshallow");
    expect((await git("-C", `${clone}-shallow`, "rev-list", "--count", "HEAD")).trim()).toBe("5");

    await git("clone", "--quiet", "--filter=blob:none", "--no-checkout", url, `${clone}-partial`);
    const missing = await git("-C", `${clone}-partial`, "rev-list", "--objects", "--missing=print", "HEAD");
    expect(missing.split("\n").filter((line) => line.startsWith("?"))).toHaveLength(5);
    expect(await git("-C", `${clone}-partial`, "show", "HEAD~3:a.txt")).toBe("1\n");

    const unnamed = await commitFiles(repository, [head], { "a.txt": "unnamed\n" });
    for (const version of ["0", "2"]) {
      await git("init", "--quiet", `${clone}-${version}`);
      await git("-C", `${clone}-${version}`, "-c", `protocol.version=${version}`, "fetch", "--quiet", url, unnamed);
      expect(await git("-C", `${clone}-${version}`, "show", "FETCH_HEAD:a.txt")).toBe("unnamed\n");
    }
  });
});

it("takes pushes: a branch, tags, a forced one, a deletion; and knows at once what they changed", async () => {
  await withServer(async ({ repository, url, git, clone, pushes }) => {
    const first = await history(repository, 1);
    await git("clone", "--quiet", url, clone);
    const commit = async (content: string, ...options: readonly string[]): Promise<Sha> => {
      await writeFile(join(clone, "a.txt"), content);
      await git("-C", clone, "commit", "--quiet", "-am", "pushed", ...options);
      return (await git("-C", clone, "rev-parse", "HEAD")).trim();
    };

    const second = await commit("second\n");
    await git("-C", clone, "tag", "light");
    await git("-C", clone, "tag", "-a", "v1.0.0", "-m", "one\n\nmore");
    const tag = (await git("-C", clone, "rev-parse", "v1.0.0")).trim();
    expect(await git("-C", clone, "push", "origin", "main", "main:refs/heads/feature/x", "light", "v1.0.0")).toContain("* [new tag]");
    expect(pushes.at(-1)).toEqual([
      { name: "refs/heads/main", before: first, after: second },
      { name: "refs/heads/feature/x", before: null, after: second },
      { name: "refs/tags/light", before: null, after: second },
      { name: "refs/tags/v1.0.0", before: null, after: tag },
    ]);
    expect(repository.refs().get("refs/heads/main")).toBe(second);
    expect(await filesOf(repository, second)).toEqual({ "a.txt": "second\n" });
    expect(await repository.tag(tag)).toMatchObject({ tag: "v1.0.0", target: second, message: "one\n\nmore\n" });

    const amended = await commit("amended\n", "--amend");
    await expect(git("-C", clone, "push", "origin", "main")).rejects.toThrow("non-fast-forward");
    expect(await git("-C", clone, "push", "--force-with-lease", "origin", "main")).toContain("forced update");
    expect(pushes.at(-1)).toEqual([{ name: "refs/heads/main", before: second, after: amended }]);

    expect(await git("-C", clone, "push", "origin", ":feature/x")).toContain("[deleted]");
    expect(pushes.at(-1)).toEqual([{ name: "refs/heads/feature/x", before: second, after: null }]);
    expect([...repository.refs().keys()]).toEqual(["refs/heads/main", "refs/tags/light", "refs/tags/v1.0.0"]);
    await repository.updateRefs([{ name: "refs/heads/main", before: amended, after: first }]);
    expect((await git("ls-remote", url, "refs/heads/main")).slice(0, 40)).toBe(first);
  });
});

it("takes a push larger than the client's buffer, in chunks and packed", async () => {
  await withServer(async ({ repository, url, git, clone }) => {
    await history(repository, 1);
    await git("clone", "--quiet", url, clone);
    const names = Array.from({ length: 150 }, (_, index) => `file-${index}`);
    await Promise.all(names.map((name) => writeFile(join(clone, name), Buffer.from(crypto.getRandomValues(new Uint8Array(20_000))))));
    await git("-C", clone, "add", ".");
    await git("-C", clone, "commit", "--quiet", "-m", "large");
    await git("-C", clone, "push", "--quiet", "origin", "main");
    const head = (await git("-C", clone, "rev-parse", "HEAD")).trim();
    const entry = await repository.entry((await repository.resolve("main"))!, "file-149");
    expect(repository.refs().get("refs/heads/main")).toBe(head);
    expect(await repository.blob(entry!.sha)).toEqual(await readFile(join(clone, "file-149")));
  });
});

it("refuses all of a push with a reason the client shows, and stores nothing of it", async () => {
  await withServer(async ({ repository, url, git, clone, pushes, refuseWith }) => {
    const first = await history(repository, 1);
    await git("clone", "--quiet", url, clone);
    await git("-C", clone, "commit", "--quiet", "--allow-empty", "-m", "unwanted");
    refuseWith("protected branch hook declined");
    const push = git("-C", clone, "push", "origin", "main", "main:other");
    await expect(push).rejects.toThrow("! [remote rejected] main -> other (protected branch hook declined)");
    expect(pushes).toEqual([[]]);
    expect([...repository.refs()]).toEqual([["refs/heads/main", first]]);
    const unwanted = (await git("-C", clone, "rev-parse", "HEAD")).trim();
    expect(await repository.typeOf(unwanted)).toBeNull();

    refuseWith(null);
    await git("-C", clone, "push", "--quiet", "origin", "main");
    expect(repository.refs().get("refs/heads/main")).toBe(unwanted);
  });
});

it("reports only what was done when git takes one ref of a push and refuses another", async () => {
  await withServer(async ({ repository, url, git, clone, pushes }) => {
    const first = await history(repository, 1);
    await repository.updateRefs([{ name: "refs/heads/taken", after: first }]);
    await git("clone", "--quiet", url, clone);
    await expect(git("-C", clone, "push", "origin", "main:taken/x", "main:free")).rejects.toThrow("[remote rejected] main -> taken/x");
    expect(pushes).toEqual([[{ name: "refs/heads/free", before: null, after: first }]]);
    expect([...repository.refs().keys()]).toEqual(["refs/heads/free", "refs/heads/main", "refs/heads/taken"]);
  });
});
