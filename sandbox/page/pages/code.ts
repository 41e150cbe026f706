// Folders and files of a revision.
import type { TreeEntry } from "../../git/types.ts";
import type { Repository } from "../../world/types.ts";
import { revisionPath } from "../addresses.ts";
import { html, joined, type Content, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { revisionIn, type Revision } from "../parts/revision.ts";
import type { Page, Shown, Visit } from "../visit.ts";

const SHOWN_BYTES = 500_000;

export const code: Page = { path: /^\/(?:tree|blob)(?:\/(?<rest>.+))?$/u, show, forms: {} };

async function show(visit: Visit): Promise<Shown | null> {
  const { git, defaultBranch } = visit.repository;
  const revision = await revisionIn(visit.repository, visit.parameters["rest"] ?? defaultBranch);
  const entry = revision === null ? null : await git.entry(revision.sha, revision.path);
  if (revision === null || entry === null) return null;
  const body = entry.type === "tree" ? await folder(visit, revision, entry) : await file(visit, revision, entry);
  const main = html`<h1>${trail(visit.repository, revision)}</h1>
    <p><a href="${revisionPath(visit.repository, "commits", revision.name, revision.path)}">history</a></p>
    ${body}`;
  return { title: revision.path === "" ? `Files of ${revision.name}` : revision.path, tab: "code", main };
}

function trail(repository: Repository, { name, path }: Revision): Content {
  const parts = path === "" ? [] : path.split("/");
  const links = parts.map((part, index) =>
    index === parts.length - 1
      ? html`<span>${part}</span>`
      : html`<a href="${revisionPath(repository, "tree", name, parts.slice(0, index + 1).join("/"))}">${part}</a>`,
  );
  return joined(
    [html`<a href="${revisionPath(repository, "tree", name)}"><code class="branch">${name}</code></a>`, ...links],
    html` <span class="quiet">/</span> `,
  );
}

async function folder(visit: Visit, revision: Revision, { sha }: TreeEntry): Promise<Html> {
  const entries = [...((await visit.repository.git.tree(sha)) ?? [])].sort(
    (one, other) => Number(other.type === "tree") - Number(one.type === "tree") || one.path.localeCompare(other.path),
  );
  const lines = entries.map(({ path, type, size }) => {
    const name = path.split("/").at(-1) ?? path;
    const whole = revision.path === "" ? name : `${revision.path}/${name}`;
    return html`<li class="row">
      <a class="grow" href="${revisionPath(visit.repository, type === "tree" ? "tree" : "blob", revision.name, whole)}">${name}${type === "tree" && "/"}</a>
      <span class="quiet">${type === "blob" ? `${size ?? "?"} bytes` : type === "tree" ? "folder" : "submodule"}</span>
    </li>`;
  });
  const readme = entries.find(({ path, type }) => type === "blob" && /^readme\.md$/iu.test(path.split("/").at(-1) ?? ""));
  return html`<ul class="rows card">
      ${lines}
    </ul>
    ${readme !== undefined && html`<section class="card pad" aria-label="${readme.path}">${await markdownFile(visit, readme)}</section>`}`;
}

async function file(visit: Visit, { path }: Revision, entry: TreeEntry): Promise<Html> {
  if (entry.type === "commit") return html`<p class="quiet">A submodule at <code>${entry.sha}</code>.</p>`;
  const content = await visit.repository.git.blob(entry.sha);
  if (content === null || content.length > SHOWN_BYTES || content.includes(0))
    return html`<p class="quiet">${entry.size ?? 0} bytes that are no text, or too many to show.</p>`;
  const lines = content.toString("utf8").replace(/\n$/u, "").split("\n");
  return html`${/\.md$/iu.test(path) && html`<section class="card pad" aria-label="Rendered">${await markdownFile(visit, entry)}</section>`}
    <div class="card wide" tabindex="0" role="region" aria-label="Lines of ${path}">
      <table class="diff">
        <tbody>
          ${lines.map(
            (text, index) =>
              html`<tr id="L${index + 1}">
                <td class="line">${index + 1}</td>
                <td class="text">${text}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

async function markdownFile({ repository, standIn }: Visit, { sha }: TreeEntry): Promise<Html> {
  const text = (await repository.git.blob(sha))?.toString("utf8") ?? "";
  return renderMarkdown(text, { repository, world: standIn.world, taskForm: null });
}
