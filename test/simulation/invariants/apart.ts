import type { Repository } from "../../../sandbox/world/types.ts";
import { keyOf } from "../scene.ts";
import { eachNew, type Invariant } from "./invariant.ts";

export const apart: Invariant = {
  number: 12,
  says: "nothing of one installation reaches another: no request, no key, no word",
  watch({ places, witness: { asked, looks }, app }) {
    const fresh = eachNew(asked);
    const freshLooks = eachNew(looks);
    const textsOf = (repository: Repository): string[] => [
      ...[...repository.issues.values()].flatMap(({ body, title, author }) => (author === app.bot ? [title, body ?? ""] : [])),
      ...[...repository.comments.values()].flatMap(({ body, author }) => (author === app.bot ? [body] : [])),
      ...[...repository.checkRuns.values()].flatMap(({ output }) => [output.title ?? "", output.summary ?? "", output.text ?? ""]),
      ...[...repository.releases.values()].map(({ body }) => body ?? ""),
    ];
    const keys = new Set(places.map(keyOf));
    return (moment) => [
      ...freshLooks().flatMap(({ key }) => (keys.has(key) ? [] : [`${key} pairs an installation with another one's repository`])),
      ...fresh().flatMap(({ look, path }) => {
        const other = look === null ? undefined : places.find(({ installation }) => !look.key.startsWith(`${String(installation.id)}/`));
        return other !== undefined && path.includes(`/${String(other.repository.id)}/`) ? [`${String(look?.key)} asked for ${path}`] : [];
      }),
      ...(moment === "step"
        ? []
        : places.flatMap(({ repository }) =>
            places.flatMap(({ repository: other, secret }) =>
              other !== repository && textsOf(repository).some((text) => text.includes(secret)) ? [`${secret} is told in ${repository.owner.login}`] : [],
            ),
          )),
    ];
  },
};
