// Who was asked for a review of a pull request, what each said last, and the forms to ask, to withdraw and to dismiss.
import type { Issue, Pull, Review, Team, User } from "../../world/types.ts";
import { choiceField, form, pressForm, the } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { badge, who } from "./badge.ts";
import { mayAt } from "./rights.ts";

/** What a review says, in a word. */
export const REVIEW_WORDS: Readonly<Record<Review["state"], Html>> = {
  APPROVED: badge("good", "✓ approved"),
  CHANGES_REQUESTED: badge("bad", "✗ asked for changes"),
  COMMENTED: badge("calm", "commented"),
  DISMISSED: badge("calm", "– dismissed"),
};

export function reviewers(visit: Visit, issue: Issue, pull: Pull): Html {
  const asked = [...pull.requestedUsers.map((user) => askedLine(visit, user.login, who(user))), ...pull.requestedTeams.map((team) => teamLine(visit, team))];
  const given = lastReviews(pull).map((review) => reviewLine(visit, issue, pull, review));
  return html`<section id="reviewers" aria-labelledby="reviewers-title">
    <h2 id="reviewers-title">Reviewers</h2>
    ${
      asked.length + given.length === 0
        ? html`<p class="quiet">Nobody was asked.</p>`
        : html`<ul class="plain">
            ${given}${asked}
          </ul>`
    }
    ${mayAt(visit, "triage") && issue.state === "open" && askForm(visit, issue, pull)}
  </section>`;
}

/** `login`, or `organization/slug` for a team: what the forms call whoever can be asked. */
function teamName({ organization, slug }: Team): string {
  return `${organization.login}/${slug}`;
}

/** The newest of each person that says more than a comment does. */
function lastReviews({ reviews }: Pull): readonly Review[] {
  const said = reviews.filter(({ state }) => state !== "COMMENTED");
  return [...new Map(said.map((review) => [review.author.login, review])).values()];
}

function reviewLine(visit: Visit, issue: Issue, pull: Pull, review: Review): Html {
  const mayDismiss = mayAt(visit, "write") && issue.state === "open" && review.state !== "DISMISSED";
  return html`<li>
    <span
      >${who(review.author)} ${REVIEW_WORDS[review.state]}
      ${review.state !== "DISMISSED" && review.sha !== pull.headSha && html`<span class="quiet">for an older commit</span>`}</span
    >
    ${mayDismiss && removal(visit, "dismiss-review", String(review.id), `Dismiss the review of ${review.author.login}`)}
  </li>`;
}

function teamLine(visit: Visit, team: Team): Html {
  const members = team.members.map(({ login }) => login).join(", ");
  return askedLine(
    visit,
    teamName(team),
    html`<strong class="who">${teamName(team)}</strong> <span class="quiet">${members === "" ? "nobody is in it" : members}</span>`,
  );
}

function askedLine(visit: Visit, name: string, shown: Content): Html {
  return html`<li>
    <span>${shown} ${badge("wait", "○ asked")}</span>
    ${mayAt(visit, "triage") && removal(visit, "unrequest-review", name, `Do not ask ${name} any more`)}
  </li>`;
}

function removal(visit: Visit, does: string, subject: string, words: string): Html {
  const label = html`<span aria-hidden="true">✗</span><span class="hidden">${words}</span>`;
  return pressForm(visit, { does, subject }, label, { className: "quiet-button", hint: words });
}

function askForm(visit: Visit, issue: Issue, pull: Pull): Content {
  const { repository, viewer, standIn } = visit;
  const people = viewer.people.filter(
    (user: User) => user !== issue.author && (repository.collaborators.has(user.login) || user === repository.owner) && !pull.requestedUsers.includes(user),
  );
  const teams = [...standIn.world.teams.values()].filter((team) => team.organization === repository.owner && !pull.requestedTeams.includes(team));
  const options = [...people.map(({ login }) => login), ...teams.map(teamName)].map((name) => ({ value: name, label: name }));
  if (options.length === 0) return null;
  const name = the("request-review");
  return form(visit, name, choiceField(visit, name, { name: "reviewer", label: "Ask for a review", value: "", options, press: "Ask" }));
}
