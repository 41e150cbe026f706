// Commits, tags and blobs over a store of objects, and what a name means: the same wherever the objects are.
import type { ObjectStore } from "./object-store.ts";
import { commitText, readCommit, readTag, tagText } from "./object-text.ts";
import type { RefStore } from "./refs.ts";
import type { CommitObject, GitRepository, Sha } from "./types.ts";

const SHA = /^[0-9a-f]{40}$/;

/** @param branch the one that HEAD names */
export function openObjects(
  store: ObjectStore,
  refs: RefStore,
  branch: string,
): Pick<GitRepository, "resolve" | "typeOf" | "commit" | "tag" | "blob" | "writeBlob" | "writeCommit" | "writeTag"> {
  const commits = new Map<Sha, CommitObject>();

  return {
    /** Branches before tags, as GitHub reads a short name. */
    async resolve(revision) {
      const names = revision === "HEAD" ? [`refs/heads/${branch}`] : [revision, `refs/${revision}`, `refs/heads/${revision}`, `refs/tags/${revision}`];
      const referenced = SHA.test(revision) ? undefined : names.map((name) => refs.all().get(name)).find((sha) => sha !== undefined);
      const start = referenced ?? revision;
      return commits.has(start) ? start : ((await store.summary(`${start}^{commit}`))?.sha ?? null);
    },
    typeOf: async (sha) => (await store.summary(sha))?.type ?? null,
    async commit(sha) {
      const known = commits.get(sha);
      if (known !== undefined) return known;
      const object = SHA.test(sha) ? await store.contents(sha) : null;
      if (object?.type !== "commit") return null;
      const read = readCommit(object.sha, object.body.toString());
      commits.set(sha, read);
      return read;
    },
    async tag(sha) {
      const object = await store.contents(sha);
      return object?.type === "tag" ? readTag(object.sha, object.body.toString()) : null;
    },
    async blob(sha) {
      const object = await store.contents(sha);
      return object?.type === "blob" ? object.body : null;
    },
    writeBlob: async (content) => store.write("blob", content),
    writeCommit: async (commit) => store.write("commit", Buffer.from(commitText(commit))),
    writeTag: async (tag) => store.write("tag", Buffer.from(tagText(tag))),
  };
}
