// Releases. Drafts exist only for who may write; a tag finds published releases only.
import { z } from "zod";
import { may, need } from "../../world/access.ts";
import type { ReleaseFields } from "../../world/operations.ts";
import type { Release } from "../../world/types.ts";
import { created, found, given, noContent, numberOf, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import { releaseNotes } from "../release-notes.ts";
import type { RepositoryRoute } from "../routes.ts";
import { releaseShape } from "../shapes/release.ts";

const READ = need("contents", "read");
const WRITE = need("contents", "write");

const releaseBody = z.object({
  tag_name: z.string().optional(),
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  make_latest: z.enum(["true", "false", "legacy"]).optional(),
});
const newRelease = releaseBody.extend({ tag_name: z.string(), generate_release_notes: z.boolean().default(false) });
const askedNotes = z.object({ tag_name: z.string(), target_commitish: z.string().nullish(), previous_tag_name: z.string().nullish() });

const fieldsOf = (body: z.output<typeof releaseBody>): ReleaseFields =>
  given({
    tag: body.tag_name,
    target: body.target_commitish,
    name: body.name,
    body: body.body,
    isDraft: body.draft,
    isPrerelease: body.prerelease,
    makeLatest: body.make_latest,
  });

/** Newest first. */
export const visibleReleases = ({ repository, actor }: RepositoryCall): Release[] => {
  const mayWrite = actor !== null && may(actor, repository, WRITE);
  return [...repository.releases.values()].filter(({ isDraft }) => !isDraft || mayWrite).toReversed();
};
const shapeOf = (call: RepositoryCall, release: Release | null | undefined) => releaseShape(call.world, call.repository, found(release));
/** @throws ApiError 404 */
export const numberedRelease = (call: RepositoryCall): Release => {
  const id = numberOf(call, "id");
  return found(visibleReleases(call).find((release) => release.id === id));
};

export const releaseRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/releases", needs: READ, handle: (call) => paged(call, visibleReleases(call), (release) => shapeOf(call, release)) },
  {
    method: "POST",
    template: "/releases",
    needs: WRITE,
    handle: async (call) => {
      const { world, repository, operations } = call;
      const body = read(call, newRelease);
      const { tag_name: tag, target_commitish: target = null } = body;
      const notes = body.generate_release_notes ? await releaseNotes(world, repository, { tag, target, previous: null }) : null;
      const texts = notes === null ? {} : { name: body.name ?? notes.name, body: [body.body ?? "", notes.body].filter((text) => text !== "").join("\n\n") };
      return created(shapeOf(call, await operations.createRelease(writer(call), repository, { ...fieldsOf(body), ...texts, tag })));
    },
  },
  {
    method: "POST",
    template: "/releases/generate-notes",
    needs: WRITE,
    handle: async (call) => {
      const body = read(call, askedNotes);
      const asked = { tag: body.tag_name, target: body.target_commitish ?? null, previous: body.previous_tag_name ?? null };
      return ok(await releaseNotes(call.world, call.repository, asked));
    },
  },
  {
    method: "GET",
    template: "/releases/latest",
    needs: READ,
    handle: (call) =>
      ok(
        shapeOf(
          call,
          visibleReleases(call).find(({ isLatest }) => isLatest),
        ),
      ),
  },
  {
    method: "GET",
    template: "/releases/tags/{+tag}",
    needs: READ,
    handle: (call) =>
      ok(
        shapeOf(
          call,
          visibleReleases(call).find(({ isDraft, tag }) => !isDraft && tag === textOf(call, "tag")),
        ),
      ),
  },
  { method: "GET", template: "/releases/{id}", needs: READ, handle: (call) => ok(shapeOf(call, numberedRelease(call))) },
  {
    method: "PATCH",
    template: "/releases/{id}",
    needs: WRITE,
    handle: async (call) => {
      const release = numberedRelease(call);
      await call.operations.updateRelease(writer(call), call.repository, release, fieldsOf(read(call, releaseBody)));
      return ok(shapeOf(call, release));
    },
  },
  {
    method: "DELETE",
    template: "/releases/{id}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteRelease(writer(call), call.repository, numberedRelease(call));
      return noContent();
    },
  },
];
