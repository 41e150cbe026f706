// What stands in files, byte for byte. A file's content is known by the name of its blob, which the tree tells, so what
// was read once is read for ever and nothing can change between the tree and the file.
import { Transient } from "../../model/errors.ts";
import type { FileState, Sha } from "../../model/snapshot.ts";
import { type Fields, fieldsOf, fieldsOrNullAt, flagAt, numberAt, textAt, textOrNullAt } from "./fields.ts";
import { type Kind, SYMLINK, kindOf } from "./listing.ts";
import type { Moment, Named } from "./moment.ts";
import type { Question } from "./question.ts";

/** Bytes; the same limit that a local repository has. */
const TEXT_MAX = 1_048_576;
/** About 50 files in one document. */
const WEIGHT = 6000;
const BLOB = "... on Blob { oid byteSize isBinary isTruncated text }";
/** Selection on the `file` of a commit, read with `entryState`. */
export const ENTRY = `{ oid mode type object { __typename ${BLOB} } }`;

type Standing = { readonly kind: Kind; readonly mode: number; readonly sha: Sha; readonly bytes: number };

/** What stands at each path at the head. */
export function readFiles(moment: Moment, paths: readonly string[]): Promise<[string, FileState][]> {
  return Promise.all(
    paths.map(async (path): Promise<[string, FileState]> => {
      const entry = moment.listing.get(path);
      return [path, entry === undefined ? { is: "missing" } : await stateOf(moment, { ...entry, bytes: entry.bytes ?? 0 })];
    }),
  );
}

/**
 * What stands at a path of any commit.
 * @throws Transient when GitHub has no such commit (yet)
 */
export async function readFileAt(named: Named, sha: Sha, path: string): Promise<FileState> {
  const key = `${sha}:${path}`;
  const known = named.kept.blobs.get(key);
  if (known !== undefined) return known;
  const commit = await named.ask(fileAtQuestion(sha, path));
  if (commit === null) throw new Transient(`GitHub does not find the commit ${sha}.`);
  const entry = fieldsOrNullAt(commit, "file");
  const state = entry === null ? ({ is: "missing" } as const) : await entryState(named, entry);
  named.kept.blobs.set(key, state);
  return state;
}

/** Asked along with a cold look, before the tree is known; what it finds counts when the tree names the same blob. */
export function playbookQuestion(path: string): Question<Fields | null> {
  return {
    key: "playbook",
    fields: (bind) => ({ blob: `object(expression: ${bind("String!", `HEAD:${path}`)}) { __typename ${BLOB} }` }),
    fragments: [],
    weight: WEIGHT,
    read: (answer) => fieldsOrNullAt(answer, "blob"),
    again: null,
  };
}

/** Keeps the content of a blob that an answer brought along. */
export function keepBlob({ kept }: Pick<Named, "kept">, blob: Fields): void {
  if (blob["__typename"] !== "Blob") return;
  const text = wholeText(blob);
  if (text !== null) kept.blobs.set(textAt(blob, "oid"), { is: "text", text });
}

/** What stands at an entry of a tree. */
export async function entryState(named: Named, entry: Fields): Promise<FileState> {
  const object = fieldsOrNullAt(entry, "object");
  if (object !== null) keepBlob(named, object);
  const bytes = object !== null && "byteSize" in object ? numberAt(object, "byteSize") : 0;
  return stateOf(named, { kind: kindOf(textAt(entry, "type")), mode: numberAt(entry, "mode"), sha: textAt(entry, "oid"), bytes });
}

async function stateOf(named: Named, { kind, mode, sha, bytes }: Standing): Promise<FileState> {
  if (kind === "tree") return { is: "missing" };
  if (kind === "commit") return { is: "submodule" };
  if (mode === SYMLINK) return { is: "symlink" };
  if (bytes > TEXT_MAX) return { is: "too-large", bytes };
  const known = named.kept.blobs.get(sha);
  if (known !== undefined) return known;
  const blob = await named.ask(blobQuestion(sha));
  if (blob === null) throw new Transient(`GitHub does not find the file ${sha}.`);
  const text = wholeText(blob);
  const state: FileState = text === null ? await exactState(named, sha) : { is: "text", text };
  named.kept.blobs.set(sha, state);
  return state;
}

/**
 * GraphQL may cut a long text, guess that a file is binary, and write another character for what is no UTF-8: only a
 * text that is as long as the file is what stands there. Null for everything else.
 */
function wholeText(blob: Fields): string | null {
  const text = textOrNullAt(blob, "text");
  if (text === null || text.includes("\0") || flagAt(blob, "isTruncated")) return null;
  return new TextEncoder().encode(text).length === numberAt(blob, "byteSize") ? text : null;
}

/** The bytes themselves, judged as a local repository judges them: UTF-8 without NUL is text. */
async function exactState({ rest, owner, repo }: Named, sha: Sha): Promise<FileState> {
  const { data } = await rest("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { owner, repo, file_sha: sha });
  const blob = fieldsOf(data, "blob");
  if (textAt(blob, "encoding") !== "base64") throw new Error("GitHub's answer: `encoding` of a blob is not base64.");
  const bytes = Buffer.from(textAt(blob, "content"), "base64");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? { is: "binary" } : { is: "text", text };
  } catch {
    return { is: "binary" };
  }
}

function blobQuestion(sha: Sha): Question<Fields | null> {
  return {
    key: `blob ${sha}`,
    fields: (bind) => ({ blob: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ${BLOB} }` }),
    fragments: [],
    weight: WEIGHT,
    read: (answer) => fieldsOrNullAt(answer, "blob"),
    again: null,
  };
}

function fileAtQuestion(sha: Sha, path: string): Question<Fields | null> {
  return {
    key: `file ${sha}:${path}`,
    fields: (bind) => ({
      commit: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ... on Commit { file(path: ${bind("String!", path)}) ${ENTRY} } }`,
    }),
    fragments: [],
    weight: WEIGHT,
    read: (answer) => fieldsOrNullAt(answer, "commit"),
    again: null,
  };
}
