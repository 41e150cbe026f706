// Where downloads lead to: what GitHub keeps beside its API, under addresses that only their readers know. No token is
// asked for there.
import { digestOf, hasExpired } from "./actions/artifacts.ts";
import type { RunArtifact, World } from "./world/types.ts";

type Kind = "artifacts" | "attestations";
const ARTIFACT = /^\/storage\/artifacts\/(?<digest>sha256:[0-9a-f]{64})\.zip$/u;

export const storageAddress = ({ url }: World, kind: Kind, name: string): string => `${url}/storage/${kind}/${name}`;
/** Its content names it. */
export const archiveAddress = (world: World, { archive }: RunArtifact): string => storageAddress(world, "artifacts", `${digestOf(archive)}.zip`);

/** Null for what is no address of the storage. */
export const fromStorage = (world: World, { pathname }: URL): Response | null => {
  const digest = ARTIFACT.exec(pathname)?.groups?.["digest"];
  if (digest === undefined) return null;
  for (const { actions } of world.repositories.values())
    for (const artifact of actions.artifacts.values())
      if (digestOf(artifact.archive) === digest && !hasExpired(artifact, world.now()))
        return new Response(new Uint8Array(artifact.archive), { headers: { "content-type": "application/zip" } });
  return new Response("Not Found\n", { status: 404 });
};
