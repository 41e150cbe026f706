// Git over HTTP (gitprotocol-http), protocol versions 0 to 2, each request answered by git itself. Who may do what is the caller's question.
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { FLUSH, packet, readPushRequest, refusal } from "./packets.ts";
import { refStoreOf } from "./refs.ts";
import { askGit, gitComplaint } from "./run-git.ts";
import type { RefChange, RepositoryOnDisk } from "./types.ts";

export type SmartRequest = {
  readonly service: "git-upload-pack" | "git-receive-pack";
  /** `GET info/refs?service=…`; otherwise `POST` to the service. */
  readonly isAdvertisement: boolean;
  /** The `Git-Protocol` header. */
  readonly gitProtocol: string | null;
  /** As received: gzip is recognised by itself. */
  readonly body: Uint8Array;
};
export type SmartAnswer = {
  readonly contentType: string;
  readonly body: Uint8Array;
  /** What a push really moved, in the order of its commands. */ readonly changes: readonly RefChange[];
};

const unzip = promisify(gunzip);

/**
 * Answers one request of a git client, always with status 200 and `Cache-Control: no-cache`.
 * @param refuse asked before a push is unpacked with what it would move; a reason refuses all of it, and the client shows the reason.
 * @throws Error when git fails without an answer for the client.
 */
export async function smartHttp(
  repository: RepositoryOnDisk,
  request: SmartRequest,
  refuse: (changes: readonly RefChange[]) => string | null = () => null,
): Promise<SmartAnswer> {
  const { service, isAdvertisement } = request;
  if (isAdvertisement) return { contentType: `application/x-${service}-advertisement`, body: await advertisement(repository, request), changes: [] };
  const contentType = `application/x-${service}-result`;
  const body = await plain(request.body);
  if (service === "git-upload-pack") return { contentType, body: await serve(repository, request, [], body), changes: [] };

  const push = readPushRequest(body);
  const names = push.commands.map(({ name }) => name);
  const { result, changes } = await refStoreOf(repository).watch(names, async () => {
    const refs = repository.refs();
    const reason = refuse(push.commands.map(({ name, after }) => ({ name, before: refs.get(name) ?? null, after })));
    return reason === null ? serve(repository, request, [], body) : refusal(push, reason);
  });
  return { contentType, body: result, changes };
}

async function advertisement(repository: RepositoryOnDisk, request: SmartRequest): Promise<Buffer> {
  const refs = await serve(repository, request, ["--http-backend-info-refs"], Buffer.alloc(0));
  // Version 2 has no line that names the service, and no version 2 of pushing.
  const isVersion2 = request.service === "git-upload-pack" && (request.gitProtocol ?? "").split(":").includes("version=2");
  return isVersion2 ? refs : Buffer.concat([packet(`# service=${request.service}\n`), FLUSH, refs]);
}

async function serve(repository: RepositoryOnDisk, request: SmartRequest, options: readonly string[], body: Buffer): Promise<Buffer> {
  const command = [request.service.replace("git-", ""), "--stateless-rpc", ...options, repository.directory];
  const environment: Record<string, string> = request.gitProtocol === null ? {} : { GIT_PROTOCOL: request.gitProtocol };
  const answer = await askGit(command, body, environment);
  // With output there is a complaint for the client in it, or the client only ended a round of negotiation.
  if (answer.code !== 0 && answer.stdout.length === 0) throw new Error(gitComplaint(answer, command));
  return answer.stdout;
}

/** No request starts with gzip's first bytes: they start with the length of a packet, in hexadecimal. */
async function plain(body: Uint8Array): Promise<Buffer> {
  return body[0] === 0x1f && body[1] === 0x8b ? unzip(body) : Buffer.from(body);
}
