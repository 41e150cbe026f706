// Git's own addresses: `/{owner}/{name}.git/info/refs` and the two services. A token is the password of Basic authentication.
import { smartHttp, type SmartRequest } from "./git/smart-http.ts";
import { isOnDisk } from "./git/types.ts";
import { authenticate } from "./rest/authenticate.ts";
import { mayRead, need, requireAccess } from "./world/access.ts";
import type { Operations } from "./world/operations.ts";
import { type Actor, ApiError, type Repository, type World } from "./world/types.ts";

const ADDRESS = /^\/(?<owner>[^/]+)\/(?<name>[^/]+?)(?:\.git)?\/(?:info\/refs|(?<service>git-(?:upload|receive)-pack))$/u;
const PLAIN = { "content-type": "text/plain; charset=utf-8" };

type Wanted = Pick<SmartRequest, "service" | "isAdvertisement"> & { readonly key: string };

/** Null for what is no address of git's. */
export const gitAddress = (method: string, url: URL): Wanted | null => {
  const parts = ADDRESS.exec(url.pathname)?.groups;
  if (parts === undefined) return null;
  const isAdvertisement = parts["service"] === undefined;
  if (method !== (isAdvertisement ? "GET" : "POST")) return null;
  const service = parts["service"] ?? url.searchParams.get("service");
  if (service !== "git-upload-pack" && service !== "git-receive-pack") return null;
  return { service, isAdvertisement, key: `${parts["owner"]}/${parts["name"]}`.toLowerCase() };
};

const refused = (status: number, message: string): Response => {
  const headers = status === 401 ? { ...PLAIN, "www-authenticate": 'Basic realm="GitHub"' } : PLAIN;
  return new Response(`${message}\n`, { status, headers });
};

/** GitHub asks for a name before it tells a stranger that there is no such repository. */
const repositoryFor = (world: World, key: string, actor: Actor | null, isPush: boolean): Repository => {
  const repository = world.repositories.get(key);
  if (actor === null && (isPush || repository === undefined || repository.isPrivate)) throw new ApiError(401, "Authentication required");
  if (repository === undefined || !mayRead(actor, repository)) throw new ApiError(404, "Repository not found.");
  if (actor !== null) requireAccess(actor, repository, need("contents", isPush ? "write" : "read"));
  return repository;
};

/** Answers a git client; a push raises what it raises before the client hears that it is done. */
export const answerGit = async (world: World, operations: Operations, wanted: Wanted, request: Request, body: Uint8Array): Promise<Response> => {
  try {
    const actor = authenticate(world, request.headers.get("authorization"));
    const repository = repositoryFor(world, wanted.key, actor, wanted.service === "git-receive-pack");
    const { git } = repository;
    if (!isOnDisk(git)) throw new ApiError(501, 'This repository is held in memory, where git can\'t serve it: start the stand-in with git: "disk"');
    const answer = await smartHttp(git, { ...wanted, gitProtocol: request.headers.get("git-protocol"), body });
    if (answer.changes.length > 0 && actor !== null) await operations.pushed(actor, repository, answer.changes);
    return new Response(new Uint8Array(answer.body), { headers: { "content-type": answer.contentType, "cache-control": "no-cache" } });
  } catch (error) {
    if (error instanceof ApiError) return refused(error.status, error.message);
    throw error;
  }
};
