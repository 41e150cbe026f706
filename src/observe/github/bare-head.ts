// The newest commit and what this app says there, and no more: for telling people that the rest may not be read.
import type { GitHub } from "../../github/types.ts";
import type { Hosted, Sha } from "../../model/snapshot.ts";
import { allChecks } from "./checks.ts";
import { fieldsAt, fieldsOf, textAt } from "./fields.ts";
import { type App, signoffOf } from "./people.ts";

export type BareHead = { readonly head: { readonly sha: Sha }; readonly hosted: Pick<Hosted, "id" | "app" | "headChecks"> };

/** Three requests by REST, each of which needs one permission only. @throws as the client does */
export async function readBareHead(rest: GitHub["rest"], repository: number, app: App): Promise<BareHead> {
  const found = fieldsOf((await rest("GET /repositories/{repository_id}", { repository_id: repository })).data, "repository");
  const [owner, repo] = [textAt(fieldsAt(found, "owner"), "login"), textAt(found, "name")];
  const ref = `refs/heads/${textAt(found, "default_branch")}`;
  const sha = textAt(fieldsOf((await rest("GET /repos/{owner}/{repo}/commits/{ref}", { owner, repo, ref })).data, "commit"), "sha");
  const headChecks = await allChecks({ rest, app, owner, repo }, sha);
  return {
    head: { sha },
    hosted: { id: textAt(found, "node_id"), app: { login: app.login, signoff: signoffOf(app, textAt(found, "html_url")), signs: app.signs }, headChecks },
  };
}
