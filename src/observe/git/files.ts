// What stands in files, through one `git cat-file` that is started at the first question and stays for the next.
import { isUtf8 } from "node:buffer";
import type { FileState, Sha } from "../../model/snapshot.ts";
import { RepositoryProblem } from "./problem.ts";
import { ending, explained, startGit } from "./run.ts";
import type { Tree } from "./tree.ts";

/** Bytes; a larger file is not kept in memory, not even for a moment. */
const TEXT_MAX = 1_048_576;
const COMMAND = ["cat-file", "--batch"];

export type Files = {
  /** What stands at each path of that tree. */
  readonly read: (tree: Tree, paths: readonly string[]) => Promise<[string, FileState][]>;
  readonly close: () => void;
};

export function openFiles(directory: string): Files {
  let reader: BlobReader | null = null;
  const stateOf = async (tree: Tree, path: string): Promise<FileState> => {
    const entry = tree.get(path);
    if (entry === undefined) return { is: "missing" };
    if (entry.mode === "120000") return { is: "symlink" };
    if (entry.mode === "160000") return { is: "submodule" };
    reader ??= startReader(directory);
    return reader.read(entry.sha);
  };
  return {
    read: (tree, paths) => Promise.all(paths.map(async (path): Promise<[string, FileState]> => [path, await stateOf(tree, path)])),
    close() {
      reader?.close();
      reader = null;
    },
  };
}

type Question = { readonly sha: Sha; readonly resolve: (state: FileState) => void; readonly reject: (error: unknown) => void };
type BlobReader = { readonly read: (sha: Sha) => Promise<FileState>; readonly close: () => void };

function startReader(directory: string): BlobReader {
  const child = startGit(directory, COMMAND);
  const open: Question[] = [];
  const fail = (error: unknown): void => {
    for (const { reject } of open.splice(0)) reject(error);
  };
  const push = blobParser((answer) => {
    const question = open.shift();
    if (answer.is === "unread")
      question?.reject(
        new RepositoryProblem(
          `${directory}: the object ${question.sha} is missing (git: ${answer.because})`,
          "git fsck --full names what is damaged; a fresh clone is the usual repair",
        ),
      );
    else question?.resolve(answer);
  });
  child.stdout.on("data", push);
  ending(child)
    .then(async (end) => fail(await explained(directory, COMMAND, end)))
    .catch(fail);
  return {
    read: (sha) =>
      new Promise((resolve, reject) => {
        open.push({ sha, resolve, reject });
        child.stdin.write(`${sha}\n`);
      }),
    close() {
      child.stdin.end();
      child.kill();
    },
  };
}

type Answer = FileState | { readonly is: "unread"; readonly because: string };

/** Reads `<sha> blob <size>\n<bytes>\n` and `<sha> missing\n`, in pieces cut anywhere. */
export function blobParser(onAnswer: (answer: Answer) => void): (chunk: Buffer) => void {
  let header = "";
  let size: number | null = null;
  /** Bytes of the content and its line end that are still to come. */
  let left = 0;
  let kept: Buffer[] = [];

  const readHeader = (chunk: Buffer): Buffer => {
    const end = chunk.indexOf(0x0a);
    header += chunk.toString("latin1", 0, end < 0 ? chunk.length : end);
    if (end < 0) return chunk.subarray(chunk.length);
    const [, type, length] = header.split(" ");
    if (type === "blob" && length !== undefined) [size, left] = [Number(length), Number(length) + 1];
    else onAnswer({ is: "unread", because: header });
    header = "";
    return chunk.subarray(end + 1);
  };
  const readContent = (chunk: Buffer, bytes: number): Buffer => {
    const part = chunk.subarray(0, left);
    if (bytes <= TEXT_MAX) kept.push(part);
    left -= part.length;
    if (left === 0) {
      onAnswer(bytes > TEXT_MAX ? { is: "too-large", bytes } : contentState(Buffer.concat(kept).subarray(0, bytes)));
      [size, kept] = [null, []];
    }
    return chunk.subarray(part.length);
  };
  return (chunk) => {
    for (let rest = chunk; rest.length > 0;) rest = size === null ? readHeader(rest) : readContent(rest, size);
  };
}

/** Text has to come back byte for byte after an edit, so only UTF-8 without NUL is text; a byte order mark stays in it. */
function contentState(bytes: Buffer): FileState {
  return bytes.includes(0) || !isUtf8(bytes) ? { is: "binary" } : { is: "text", text: bytes.toString("utf8") };
}
