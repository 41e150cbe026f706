// Commits and annotated tags between their stored text and our types. Headers we don't model (encoding, mergetag) are read past.
import type { CommitObject, Person, Sha, TagObject } from "./types.ts";

const PERSON = /^(.*?) ?<([^>]*)> (-?\d+) [+-]\d{4}$/;

/** @param text the body of a commit object. */
export function readCommit(sha: Sha, text: string): CommitObject {
  const { headers, message } = split(text);
  return {
    sha,
    tree: first(headers, "tree"),
    parents: headers.filter(([name]) => name === "parent").map(([, value]) => value),
    author: readPerson(first(headers, "author")),
    committer: readPerson(first(headers, "committer")),
    message,
    signature: headers.find(([name]) => name === "gpgsig")?.[1] ?? null,
  };
}

/** @returns the body of a commit object. Times are kept to the second, in UTC. */
export function commitText(commit: Omit<CommitObject, "sha">): string {
  const headers = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personText(commit.author)}`,
    `committer ${personText(commit.committer)}`,
    ...(commit.signature === null ? [] : [`gpgsig ${commit.signature.replaceAll("\n", "\n ")}`]),
  ];
  return `${headers.join("\n")}\n\n${commit.message}`;
}

/** @param text the body of a tag object. A signature stays at the end of the message, where git keeps it. */
export function readTag(sha: Sha, text: string): TagObject {
  const { headers, message } = split(text);
  const tagger = headers.find(([name]) => name === "tagger");
  return {
    sha,
    tag: first(headers, "tag"),
    target: first(headers, "object"),
    targetType: first(headers, "type"),
    tagger: tagger === undefined ? null : readPerson(tagger[1]),
    message,
    text,
  };
}

/** @returns the body of a tag object. */
export function tagText(tag: Omit<TagObject, "sha" | "text">): string {
  const tagger = tag.tagger === null ? [] : [`tagger ${personText(tag.tagger)}`];
  return `${[`object ${tag.target}`, `type ${tag.targetType}`, `tag ${tag.tag}`, ...tagger].join("\n")}\n\n${tag.message}`;
}

type Header = readonly [name: string, value: string];

/** A header goes on over lines that start with a space; the message starts after the first empty line. */
function split(text: string): { readonly headers: readonly Header[]; readonly message: string } {
  const end = text.indexOf("\n\n");
  const head = end < 0 ? text.replace(/\n$/, "") : text.slice(0, end);
  const headers = head.split(/\n(?! )/).map((header): Header => {
    const space = header.indexOf(" ");
    return [header.slice(0, space), header.slice(space + 1).replaceAll("\n ", "\n")];
  });
  return { headers, message: end < 0 ? "" : text.slice(end + 2) };
}

function first(headers: readonly Header[], wanted: string): string {
  return headers.find(([name]) => name === wanted)?.[1] ?? "";
}

/** Old tools wrote people in many ways: what can't be read is nobody at the epoch. */
function readPerson(text: string): Person {
  const [, name = "", email = "", seconds = "0"] = PERSON.exec(text) ?? [];
  return { name, email, at: Number(seconds) * 1000 };
}

function personText({ name, email, at }: Person): string {
  return `${clean(name)} <${clean(email)}> ${Math.floor(at / 1000)} +0000`;
}

/** The characters that end a name or an address in the stored form, which git leaves out too. */
function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[<>\n\0]/g, "").trim();
}
