// Where downloads lead to: what GitHub keeps beside its API, under addresses that only their readers know. No token is
// asked for there.
import { digestOf, hasExpired } from "./actions/artifacts.ts";
import { jobLog } from "./actions/job-log.ts";
import type { Job, RunArtifact, World } from "./world/types.ts";

type Kind = "artifacts" | "attestations" | "logs";
const LOG = /^\/storage\/logs\/(?<digest>sha256:[0-9a-f]{64})\.txt$/u;
const ARTIFACT = /^\/storage\/artifacts\/(?<digest>sha256:[0-9a-f]{64})\.zip$/u;

export const storageAddress = ({ url }: World, kind: Kind, name: string): string => `${url}/storage/${kind}/${name}`;
/** Its content names it. */
export const archiveAddress = (world: World, { archive }: RunArtifact): string => storageAddress(world, "artifacts", `${digestOf(archive)}.zip`);

export const jobLogAddress = (world: World, job: Job): string => storageAddress(world, "logs", `${digestOf(Buffer.from(jobLog(job)))}.txt`);

/** Null for what is no log. */
const logFrom = (world: World, pathname: string): Response | null => {
  const digest = LOG.exec(pathname)?.groups?.["digest"];
  if (digest === undefined) return null;
  for (const { actions } of world.repositories.values())
    for (const { jobs } of actions.runs.values())
      for (const job of jobs)
        if (digestOf(Buffer.from(jobLog(job))) === digest) return new Response(jobLog(job), { headers: { "content-type": "text/plain; charset=utf-8" } });
  return new Response("Not Found\n", { status: 404 });
};

/** Null for what is no address of the storage. */
export const fromStorage = (world: World, { pathname }: URL): Response | null => {
  const digest = ARTIFACT.exec(pathname)?.groups?.["digest"];
  if (digest === undefined) return logFrom(world, pathname);
  for (const { actions } of world.repositories.values())
    for (const artifact of actions.artifacts.values())
      if (digestOf(artifact.archive) === digest && !hasExpired(artifact, world.now()))
        return new Response(new Uint8Array(artifact.archive), { headers: { "content-type": "application/zip" } });
  return new Response("Not Found\n", { status: 404 });
};
