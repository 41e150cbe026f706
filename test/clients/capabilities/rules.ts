// Who may what, what a branch asks for, and how the API itself behaves.
import { Octokit } from "octokit";
import { acme, refusal, row, type Row } from "./row.ts";

export const ruleRows: readonly Row[] = [
  row("what a person may do is read", ["write", "read"], async ({ bot }) => {
    const of = async (username: string) => (await bot.rest.repos.getCollaboratorPermissionLevel({ ...acme, username })).data.permission;
    return [await of("lee"), await of("sam")];
  }),
  row("rules of a branch are read", 200, async ({ bot }) => (await bot.rest.repos.getBranchRules({ ...acme, branch: "main" })).status),
  row("what is known already is answered 304", 304, async ({ bot }) => {
    const { headers } = await bot.rest.repos.get(acme);
    return refusal(bot.rest.repos.get({ ...acme, headers: { "if-none-match": headers.etag ?? "" } }));
  }),
  row("GraphQL answers", { viewer: { login: "kim" } }, ({ kim }) => kim.graphql("{ viewer { login } }")),
  row("a token that is none is refused", 401, ({ scene }) => {
    const baseUrl = `${scene.standIn.world.url}/api/v3`;
    return refusal(new Octokit({ auth: "ghp_none", baseUrl, throttle: { enabled: false }, retry: { enabled: false } }).rest.repos.get(acme));
  }),
  row("an installation's token ends after an hour", 401, async ({ app, scene }) => {
    const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: scene.installation.id });
    scene.standIn.advance(3_600_000);
    const baseUrl = `${scene.standIn.world.url}/api/v3`;
    return refusal(new Octokit({ auth: data.token, baseUrl, throttle: { enabled: false }, retry: { enabled: false } }).rest.repos.get(acme));
  }),
  row("every answer says what is left of the hour", true, async ({ sam }) => Number((await sam.rest.repos.get(acme)).headers["x-ratelimit-remaining"]) > 0),
  row("an outsider may not write", 403, ({ sam }) => refusal(sam.rest.issues.createLabel({ ...acme, name: "mine", color: "000000" }))),
];

/** What a stranger's app may ask for and finds nothing: answered 404, and counted. */
export const ABSENT: readonly { readonly capability: string; readonly method: string; readonly path: string }[] = [
  { capability: "a team is made by the API", method: "POST", path: "/orgs/acme/teams" },
  { capability: "a tarball is fetched", method: "GET", path: "/repos/acme/app/tarball/main" },
];
