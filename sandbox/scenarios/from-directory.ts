// A real local repository on the stand-in: its branches and tags, under its own name, with people who may work on it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { detectPlaybook, filesToDetect } from "../../src/decide/detect.ts";
import { detectedPlaybook } from "../../src/cli/detected-playbook.ts";
import { NOTHING_WANTED } from "../../src/model/snapshot.ts";
import { openRepository } from "../../src/observe/git/index.ts";
import { PLAYBOOK_PATH } from "../../src/world.ts";
import type { StandIn } from "../stand-in.ts";
import type { Repository } from "../world/types.ts";
import { addPeople, COLLABORATORS, commitTo } from "./people.ts";

/** @param playbook a file to put into the repository as its playbook; null: its own, or else the detected one */
export async function addFromDirectory(standIn: StandIn, directory: string, playbook: string | null): Promise<Repository> {
  const [owner, name] = nameOf(directory);
  standIn.addUser(owner, { type: "Organization" });
  addPeople(standIn, owner);
  const repository = await standIn.addRepository(owner, name, { from: directory, collaborators: COLLABORATORS });
  const head = repository.git.refs().get(`refs/heads/${repository.defaultBranch}`);
  if (head === undefined)
    throw Object.assign(new Error(`${directory}: the branch ${repository.defaultBranch} has no commit`), { hint: "check out a branch with commits" });
  const own = await repository.git.entry(head, PLAYBOOK_PATH);
  const text = playbook === null ? (own === null ? await detected(directory) : null) : readFileSync(playbook, "utf8");
  if (text !== null)
    await commitTo(standIn, repository, repository.defaultBranch, {
      message: "ci: say how this repository is released",
      files: { [PLAYBOOK_PATH]: text },
      login: "ann",
    });
  return repository;
}

/** `owner/name` of the remote it came from, so that links in its history fit; else the folder's name. */
function nameOf(directory: string): readonly [string, string] {
  let url = "";
  try {
    url = execFileSync("git", ["-C", directory, "remote", "get-url", "origin"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    // No remote: a repository that was never pushed anywhere.
  }
  const found = /([\w.-]+)[/:]([\w.-]+?)(?:\.git)?\/?$/.exec(url);
  const [, owner = "local", name = basename(resolve(directory)).replace(/\.git$/, "")] = found ?? [];
  return [owner, name];
}

async function detected(directory: string): Promise<string> {
  const observer = await openRepository(directory, { ref: null, onProgress: () => undefined });
  try {
    const first = await observer.first();
    return detectedPlaybook(detectPlaybook(await observer.answer(first, { ...NOTHING_WANTED, files: filesToDetect(first) })));
  } finally {
    observer.close();
  }
}
