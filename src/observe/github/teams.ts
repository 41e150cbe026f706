// Who belongs to a team. A team of the repository's own organization is asked for along with everything else; one of
// another organization is known by its name only, which REST takes.
import { Refused, Transient } from "../../model/errors.ts";
import type { Team } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, listAt, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import type { Question } from "./question.ts";
import { becauseOf } from "./refusal.ts";

const MEMBERS_PAGE = 100;
const NEEDS = "members: read";

/** @param teams `organisation/team`, lower case; members of the teams below it are members */
export function readTeams(named: Named, teams: readonly string[]): Promise<[string, Team][]> {
  return Promise.all(teams.map(async (team): Promise<[string, Team]> => [team, await readTeam(named, team)]));
}

async function readTeam(named: Named, team: string): Promise<Team> {
  const [organization = "", slug = ""] = team.split("/");
  try {
    const members = await (organization === named.owner.toLowerCase() ? ownMembers(named, slug) : othersMembers(named, organization, slug));
    return members === null ? { is: "missing" } : { is: "known", members };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { is: "unreadable", because: becauseOf(error, NEEDS) };
  }
}

/** Null when there is no such team, or the owner is a person. */
async function ownMembers({ ask }: Named, slug: string): Promise<readonly string[] | null> {
  const first = await ask(membersPage(slug, null));
  if (first === null) return null;
  const members = await readOn(`members of the team ${slug}`, first, (after) => ask(membersPage(slug, after)), "login");
  return members.map((member) => textAt(member, "login"));
}

/** Null when GitHub shows this app no such team. */
async function othersMembers({ rest }: Named, organization: string, slug: string): Promise<readonly string[] | null> {
  const logins = new Set<string>();
  for (let page = 1; ; page += 1) {
    const parameters = { org: organization, team_slug: slug, per_page: MEMBERS_PAGE, page };
    const { status, data } = await rest("GET /orgs/{org}/teams/{team_slug}/members", parameters, { expected: [404] });
    if (status === 404 && page > 1) throw new Transient(`The team ${organization}/${slug} vanished while it was read.`);
    if (status === 404) return null;
    const members: Fields[] = listAt({ members: data }, "members");
    for (const member of members) logins.add(textAt(member, "login"));
    if (members.length < MEMBERS_PAGE) return [...logins];
  }
}

function membersPage(slug: string, after: string | null): Question<Page | null> {
  return {
    key: `team ${slug} ${after}`,
    fields: (bind) => ({
      owner: `owner { __typename ... on Organization { team(slug: ${bind("String!", slug)}) { members(first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { login } } } } }`,
    }),
    fragments: [],
    weight: MEMBERS_PAGE,
    read(answer) {
      const owner = fieldsAt(answer, "owner");
      const team = textAt(owner, "__typename") === "Organization" ? fieldsOrNullAt(owner, "team") : null;
      return team === null ? null : pageAt(team, "members");
    },
    again: () => membersPage(slug, after),
  };
}
