// Every repository that the app is installed on, for the sweep and for an installation of which an event told no more than
// its number. A list that is shorter than GitHub says it is throws: what is not named would never be looked at.
import { z } from "zod";
import type { GitHub } from "../github/types.ts";
import { Parked, Transient } from "../model/errors.ts";
import type { Key } from "./types.ts";

const PAGE_SIZE = 100;
const PAGES_MAX = 1000;

const Installations = z.array(z.object({ id: z.int().positive(), suspended_at: z.string().nullish() }));
const Repositories = z.object({
  total_count: z.int(),
  repositories: z.array(z.object({ id: z.int().positive(), archived: z.boolean().default(false), disabled: z.boolean().default(false) })),
});

/**
 * The keys of all installations that are not suspended. One that is suspended or removed meanwhile is left out.
 * @param asApp speaks as the app (JWT)
 * @param asInstallation speaks as one installation
 * @throws whatever GitHub's refusal of a listing throws
 */
export async function* everyKey(asApp: Pick<GitHub, "rest">, asInstallation: (installationId: number) => Promise<Pick<GitHub, "rest">>): AsyncGenerator<Key> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const { data } = await asApp.rest("GET /app/installations", { per_page: PAGE_SIZE, page });
    const installations = Installations.parse(data);
    for (const { id, suspended_at: suspendedAt } of installations) {
      if (typeof suspendedAt !== "string") yield* keysOfInstallation(id, asInstallation);
    }
    if (installations.length < PAGE_SIZE) return;
  }
  throw new Error(`more than ${PAGES_MAX * PAGE_SIZE} installations`);
}

async function* keysOfInstallation(installationId: number, asInstallation: (installationId: number) => Promise<Pick<GitHub, "rest">>): AsyncGenerator<Key> {
  try {
    const github = await asInstallation(installationId);
    let seen = 0;
    for (let page = 1; page <= PAGES_MAX; page += 1) {
      const { data } = await github.rest("GET /installation/repositories", { per_page: PAGE_SIZE, page });
      const { total_count: total, repositories } = Repositories.parse(data);
      seen += repositories.length;
      for (const { id, archived, disabled } of repositories) if (!archived && !disabled) yield `${installationId}/${id}`;
      if (seen >= total) return;
      if (repositories.length === 0) throw new Transient(`installation ${installationId} has ${total} repositories, of which GitHub listed ${seen}`);
    }
  } catch (error) {
    if (!(error instanceof Parked)) throw error;
  }
}
