// Files and folders at a ref.
import { posix } from "node:path";
import type { TreeEntry } from "../../git/types.ts";
import { need } from "../../world/access.ts";
import { type Answer, answer, found, ok, type RepositoryCall, textOf } from "../call.ts";
import type { RepositoryRoute } from "../routes.ts";
import { base64 } from "../shapes/git-data.ts";
import { apiOfRepository, encodedPath, pageOfRepository } from "../shapes/links.ts";

const CONTENTS = need("contents", "read");
const SYMLINK = "120000";

const kindOf = (entry: TreeEntry): "file" | "dir" | "symlink" | "submodule" => {
  if (entry.type === "tree") return "dir";
  if (entry.type === "commit") return "submodule";
  return entry.mode === SYMLINK ? "symlink" : "file";
};

export const contentShape = ({ world, repository }: RepositoryCall, ref: string, path: string, entry: TreeEntry) => {
  const self = `${apiOfRepository(world, repository)}/contents/${encodedPath(path)}?ref=${encodeURIComponent(ref)}`;
  const git = `${apiOfRepository(world, repository)}/git/${entry.type}s/${entry.sha}`;
  const html = `${pageOfRepository(world, repository)}/${entry.type}/${encodedPath(ref)}/${encodedPath(path)}`;
  return {
    name: posix.basename(path),
    path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: entry.type === "blob" ? `${pageOfRepository(world, repository)}/raw/${encodedPath(ref)}/${encodedPath(path)}` : null,
    type: kindOf(entry),
    _links: { self, git, html },
  };
};

const show = async (call: RepositoryCall): Promise<Answer> => {
  const { git, defaultBranch } = call.repository;
  const ref = call.query.get("ref") ?? defaultBranch;
  const path = textOf(call, "path").replace(/^\/+|\/+$/gu, "");
  const entry = found(await git.entry(found(await git.resolve(ref)), path));
  if (entry.type === "blob") {
    const content = found(await git.blob(entry.sha));
    if (/[.+]raw/u.test(call.accept)) return answer(200, content, { "content-type": "application/octet-stream" });
    return ok({ ...contentShape(call, ref, path, { ...entry, size: content.length }), content: base64(content), encoding: "base64" });
  }
  const children = found(await git.tree(entry.sha));
  return ok(children.map((child) => contentShape(call, ref, path === "" ? child.path : `${path}/${child.path}`, child)));
};

/** The first that GitHub would show: in `.github`, at the root, or in `docs`. */
const readme = async (call: RepositoryCall): Promise<Answer> => {
  const { git, defaultBranch } = call.repository;
  const commit = found(await git.resolve(call.query.get("ref") ?? defaultBranch));
  for (const folder of [".github", "", "docs"]) {
    const entry = await git.entry(commit, folder);
    const files = entry === null ? null : await git.tree(entry.sha);
    const file = files?.find(({ path }) => /^readme(?:\.\w+)?$/iu.test(path));
    if (file !== undefined) return show({ ...call, parameters: { path: posix.join(folder, file.path) } });
  }
  return found<Answer>(null);
};

export const contentRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/readme", needs: CONTENTS, handle: readme },
  { method: "GET", template: "/contents", needs: CONTENTS, handle: show },
  { method: "GET", template: "/contents/", needs: CONTENTS, handle: show },
  { method: "GET", template: "/contents/{+path}", needs: CONTENTS, handle: show },
];
