// Where downloads lead to: what GitHub keeps beside its API, under addresses that only their readers know, and the files
// of public releases under addresses that anybody can guess. No token is asked for there.
import { digestOf, hasExpired } from "./actions/artifacts.ts";
import { jobLog } from "./actions/job-log.ts";
import type { Job, ReleaseAsset, RunArtifact, World } from "./world/types.ts";

type Kind = "artifacts" | "attestations" | "assets" | "logs";
const LOG = /^\/storage\/logs\/(?<digest>sha256:[0-9a-f]{64})\.txt$/u;
const ARTIFACT = /^\/storage\/artifacts\/(?<digest>sha256:[0-9a-f]{64})\.zip$/u;
const ASSET = /^\/storage\/assets\/(?<digest>sha256:[0-9a-f]{64})$/u;
const DOWNLOAD = /^\/(?<owner>[^/]+)\/(?<name>[^/]+)\/releases\/download\/(?<tag>.+)\/(?<file>[^/]+)$/u;

export const storageAddress = ({ url }: World, kind: Kind, name: string): string => `${url}/storage/${kind}/${name}`;
/** Its content names it. */
export const archiveAddress = (world: World, { archive }: RunArtifact): string => storageAddress(world, "artifacts", `${digestOf(archive)}.zip`);
export const assetAddress = (world: World, { digest }: ReleaseAsset): string => storageAddress(world, "assets", digest);

const sent = (content: Uint8Array, type: string): Response => new Response(new Uint8Array(content), { headers: { "content-type": type } });
const missing = (): Response => new Response("Not Found\n", { status: 404 });

const archive = (world: World, digest: string): Response => {
  for (const { actions } of world.repositories.values())
    for (const artifact of actions.artifacts.values())
      if (digestOf(artifact.archive) === digest && !hasExpired(artifact, world.now())) return sent(artifact.archive, "application/zip");
  return missing();
};

const asset = (world: World, digest: string): Response => {
  for (const { releases } of world.repositories.values())
    for (const { assets } of releases.values()) for (const one of assets) if (one.digest === digest) return sent(one.content, one.contentType);
  return missing();
};

/** By `browser_download_url`: of published releases, where anybody may read. */
const download = (world: World, parts: Readonly<Record<string, string | undefined>>): Response => {
  const repository = world.repositories.get(`${parts["owner"]}/${parts["name"]}`.toLowerCase());
  if (repository === undefined || repository.isPrivate) return missing();
  const [tag, file] = [decodeURIComponent(parts["tag"] ?? ""), decodeURIComponent(parts["file"] ?? "")];
  const found = [...repository.releases.values()].find((release) => !release.isDraft && release.tag === tag)?.assets.find(({ name }) => name === file);
  return found === undefined ? missing() : sent(found.content, found.contentType);
};

export const jobLogAddress = (world: World, job: Job): string => storageAddress(world, "logs", `${digestOf(Buffer.from(jobLog(job)))}.txt`);

/** Null for what is no log. */
const logFrom = (world: World, pathname: string): Response | null => {
  const digest = LOG.exec(pathname)?.groups?.["digest"];
  if (digest === undefined) return null;
  for (const { actions } of world.repositories.values())
    for (const { jobs } of actions.runs.values())
      for (const job of jobs)
        if (digestOf(Buffer.from(jobLog(job))) === digest) return new Response(jobLog(job), { headers: { "content-type": "text/plain; charset=utf-8" } });
  return missing();
};

/** Null for what is no address of the storage. */
export const fromStorage = (world: World, { pathname }: URL): Response | null => {
  const [artifactDigest, assetDigest] = [ARTIFACT, ASSET].map((address) => address.exec(pathname)?.groups?.["digest"]);
  if (artifactDigest !== undefined) return archive(world, artifactDigest);
  if (assetDigest !== undefined) return asset(world, assetDigest);
  const parts = DOWNLOAD.exec(pathname)?.groups;
  return parts === undefined ? logFrom(world, pathname) : download(world, parts);
};
