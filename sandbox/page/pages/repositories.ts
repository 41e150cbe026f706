// The first page: every repository of this stand-in that the chosen person may see.
import type { StandIn } from "../../stand-in.ts";
import { cloneAddress, repositoryPath } from "../addresses.ts";
import { html, type Html } from "../html.ts";
import { moment } from "../moments.ts";
import { badge } from "../parts/badge.ts";
import { maySee } from "../viewer.ts";
import type { Viewer } from "../visit.ts";

export function repositories({ world }: StandIn, viewer: Viewer): Html {
  const seen = [...world.repositories.values()].filter((repository) => maySee(repository, viewer.person));
  const lines = seen.map((repository) => {
    const open = [...repository.issues.values()].filter(({ state, pull }) => state === "open" && pull !== null).length;
    return html`<li class="row">
      <a class="grow" href="${repositoryPath(repository)}"><strong>${repository.owner.login}/${repository.name}</strong></a>
      ${repository.isPrivate && badge("calm", "private")} ${open > 0 && badge("good", `${open} open pull ${open === 1 ? "request" : "requests"}`)}
      <span class="quiet">pushed ${moment(repository.pushedAt, world.now())}</span> <code>${cloneAddress(world.url, repository)}</code>
    </li>`;
  });
  return html`<h1>GitHub stand-in</h1>
    <p class="lead">
      Not GitHub: a server on this machine that behaves like it, over real git repositories. REST and GraphQL answer under <code>${world.url}/api</code>, git
      over HTTP at each repository's clone address, and webhooks are signed and sent. Choose at the top as whom you act.
    </p>
    <h2>Repositories</h2>
    ${
      lines.length === 0
        ? html`<p class="quiet">None that you may see.</p>`
        : html`<ul class="rows card">
            ${lines}
          </ul>`
    }`;
}
