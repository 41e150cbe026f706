// Merging a pull request: whether git can and what has to pass first, the three ways, and the title of the commit that it makes.
import { mergeRefusal } from "../../world/rules/merge-violations.ts";
import type { Issue, Pull } from "../../world/types.ts";
import { form, kept, pressForm, the } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { badge } from "./badge.ts";

type Method = {
  readonly name: "merge" | "squash" | "rebase";
  readonly label: string;
  /** Null where the commits keep their own. */ readonly title: string | null;
};

export async function mergePanel(visit: Visit, issue: Issue, pull: Pull): Promise<Html> {
  const base = visit.repository.git.refs().get(`refs/heads/${pull.base}`) ?? pull.baseSha;
  const result = await visit.repository.git.merge(base, pull.headSha);
  const refusal = await mergeRefusal(
    visit.standIn.world,
    visit.viewer.person === null ? null : { is: "user", user: visit.viewer.person },
    visit.repository,
    issue,
    pull,
  );
  return html`<section class="card" id="merge" aria-labelledby="merge-title">
    <header>
      <h2 id="merge-title">Merge</h2>
      ${pull.isDraft && badge("calm", "Draft")} ${refusal !== null && badge("bad", "✗ blocked")}
      ${result.is === "clean" ? badge("good", "✓ no conflicts") : badge("bad", "✗ conflicts")}
    </header>
    <div class="pad">
      ${
        result.is === "conflict" &&
        html`<p>Conflicts with <code>${pull.base}</code> in:</p>
          <ul>
            ${result.paths.map((path) => html`<li><code>${path}</code></li>`)}
          </ul>`
      }
      ${refusal !== null && html`<p class="lines" id="merge-refusal">${refusal}</p>`}
      ${visit.viewer.person !== null && mergeForms(visit, issue, pull, refusal !== null)}
    </div>
  </section>`;
}

/** A draft can't be merged: first it is made ready. */
function mergeForms(visit: Visit, issue: Issue, pull: Pull, isBlocked: boolean): Content {
  if (pull.isDraft)
    return html`<p>A draft can't be merged.</p>
      ${pressForm(visit, the("draft"), "Ready for review", { className: "button main" })}`;
  return [mergeForm(visit, issue, pull, isBlocked), pressForm(visit, the("draft"), "Make it a draft", { className: "link" })];
}

function mergeForm(visit: Visit, issue: Issue, pull: Pull, isBlocked: boolean): Html {
  const name = the("merge");
  const methods = methodsOf(visit, issue, pull);
  const chosen = kept(visit, name, "method", methods[0]?.name ?? "");
  const choices = methods.map(
    ({ name: method, label, title }) =>
      html`<div class="choice">
        <input type="radio" id="merge-by-${method}" name="method" value="${method}" ${method === chosen && html`checked`} />
        <label for="merge-by-${method}">${label}</label>
        ${
          title !== null &&
          html`<p class="field">
            <label for="merge-title-${method}">Title of that commit</label>
            <input type="text" id="merge-title-${method}" name="title-${method}" value="${kept(visit, name, `title-${method}`, title)}" autocomplete="off" />
          </p>`
        }
      </div>`,
  );
  return form(
    visit,
    name,
    html`<fieldset>
        <legend>How</legend>
        ${choices}
      </fieldset>
      <input type="hidden" name="sha" value="${pull.headSha}" />
      <button type="submit" class="button ${isBlocked ? "" : "main"}">Merge <code>${pull.headSha.slice(0, 7)}</code> into <code>${pull.base}</code></button>`,
  );
}

function methodsOf({ repository }: Visit, issue: Issue, pull: Pull): readonly Method[] {
  const { allowMerge, allowSquash, allowRebase } = repository.settings;
  return [
    ...(allowSquash ? [{ name: "squash", label: "Squash: one commit", title: `${issue.title} (#${issue.number})` } as const] : []),
    ...(allowMerge
      ? [
          {
            name: "merge",
            label: "Merge: keep the commits and add a merge commit",
            title: `Merge pull request #${issue.number} from ${repository.owner.login}/${pull.head}`,
          } as const,
        ]
      : []),
    ...(allowRebase ? [{ name: "rebase", label: "Rebase: the commits on top of the base, without a merge commit", title: null } as const] : []),
  ];
}
