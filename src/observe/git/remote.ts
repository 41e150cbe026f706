// Who the repository is on GitHub, from the address of its `origin` remote. No network.
import type { Snapshot } from "../../model/snapshot.ts";
import { askGit, explained } from "./run.ts";
import { textOf } from "./text.ts";

type Identity = Snapshot["repository"];
const NOBODY: Identity = { name: null, url: null };

/** Hosts whose pages are not laid out like GitHub's, so that links made for them would lead nowhere. */
const NOT_GITHUB = /(^|\.)(gitlab|bitbucket|codeberg|gitea|forgejo)\./;

/** Name and address of the repository; nulls without an `origin` that says so. The first address counts, as for `git fetch`. */
export async function readRemote(directory: string): Promise<Identity> {
  const words = ["config", "-z", "--get-all", "remote.origin.url"];
  const answer = await askGit(directory, words);
  if (answer.code === 1) return NOBODY;
  if (answer.code !== 0) throw await explained(directory, words, answer);
  return identityOf(textOf(answer.output).split("\0")[0] ?? "");
}

/**
 * `https://host/owner/name(.git)`, `ssh://git@host/owner/name` or `git@host:owner/name`, on github.com or a GitHub
 * Enterprise host. User names, passwords and tokens in the address never come out.
 */
export function identityOf(address: string): Identity {
  const parts = partsOf(address.trim());
  if (parts === null) return NOBODY;
  const host = parts.host === "ssh.github.com" || parts.host === "www.github.com" ? "github.com" : parts.host;
  const path = /^\/*([\w.-]+)\/([\w.-]+?)(?:\.git)?\/*$/.exec(parts.path);
  const [, owner, name] = path ?? [];
  if (owner === undefined || name === undefined || !host.includes(".") || NOT_GITHUB.test(host)) return NOBODY;
  return { name: `${owner}/${name}`, url: `https://${host}${parts.port === "" ? "" : `:${parts.port}`}/${owner}/${name}` };
}

/** `port` is that of the web pages: an ssh port says nothing about them. */
function partsOf(address: string): { host: string; port: string; path: string } | null {
  const scp = /^(?:[^@/:]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(address);
  if (scp !== null) return { host: (scp[1] ?? "").toLowerCase(), port: "", path: scp[2] ?? "" };
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, pathname } = new URL(address);
  if (!["https:", "http:", "ssh:", "git:", "git+ssh:"].includes(protocol)) return null;
  return { host: hostname.toLowerCase(), port: protocol === "https:" ? port : "", path: pathname };
}
