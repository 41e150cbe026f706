// Every tag, with the commit that it leads to. Tags of trees and files are left out, as git's observer leaves them out.
import type { Sha, Tag } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, textAt } from "./fields.ts";
import { PAGE, type Page, pageAt, readPages } from "./pages.ts";
import type { Ask, Question } from "./question.ts";

const PAGE_WEIGHT = 100;

/** What a reference or a tag object points to, peeled three times; deeper ones are asked for by name. */
export const PEELED = `fragment Peeled on GitObject {
  __typename
  oid
  ... on Tag { target { __typename oid ... on Tag { target { __typename oid ... on Tag { target { __typename oid } } } } } }
}`;

/** In the order of their names. */
export async function readTags(ask: Ask): Promise<Tag[]> {
  const nodes = await readPages(ask, "tags", tagsPage, "name");
  const tags = await Promise.all(
    nodes.map(async (node) => {
      const sha = await peel(ask, fieldsAt(node, "target"));
      return sha === null ? [] : [{ name: textAt(node, "name"), sha }];
    }),
  );
  return tags.flat();
}

/** The commit at the end of an object with the fields of PEELED; null when it ends elsewhere. */
export async function peel(ask: Ask, object: Fields): Promise<Sha | null> {
  const type = textAt(object, "__typename");
  if (type !== "Tag") return type === "Commit" ? textAt(object, "oid") : null;
  if ("target" in object) return peel(ask, fieldsAt(object, "target"));
  const found = await ask(objectQuestion(textAt(object, "oid")));
  return found === null ? null : peel(ask, found);
}

function tagsPage(after: string | null): Question<Page> {
  return {
    key: `tags ${after}`,
    fields: (bind) => ({
      tags: `refs(refPrefix: "refs/tags/", first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { name target { ...Peeled } } }`,
    }),
    fragments: [PEELED],
    weight: PAGE_WEIGHT,
    read: (answer) => pageAt(answer, "tags"),
    again: () => tagsPage(after),
  };
}

function objectQuestion(sha: Sha): Question<Fields | null> {
  return {
    key: `object ${sha}`,
    fields: (bind) => ({ object: `object(oid: ${bind("GitObjectID!", sha)}) { ...Peeled }` }),
    fragments: [PEELED],
    weight: 1,
    read: (answer) => fieldsOrNullAt(answer, "object"),
    again: null,
  };
}
