// Reads objects through one long-lived git process, started by the first question. Answers come in the order of the questions.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { ObjectReader, ObjectSummary, ObjectType, StoredObject } from "./object-store.ts";
import { gitEnvironment } from "./run-git.ts";

type Question = { readonly wantsBody: boolean; readonly answer: (object: StoredObject | null) => void; readonly fail: (error: Error) => void };
type Helper = ChildProcessByStdio<Writable, Readable, null>;

/** What can be asked without git reading anything else into it; it also keeps line ends out of the conversation. */
const NAME = /^[0-9a-f]{4,40}(?:\^\{[a-z]+\})?$/;
const FOUND = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/;
const LINE_END = 0x0a;
const EMPTY = Buffer.alloc(0);

export function openObjectReader(directory: string): ObjectReader {
  let helper: Helper | null = null;
  let isClosed = false;

  function ask(name: string, wantsBody: boolean): Promise<StoredObject | null> {
    if (isClosed) return Promise.reject(new Error(`The repository ${directory} is closed`));
    if (!NAME.test(name)) return Promise.resolve(null);
    return new Promise((answer, fail) => {
      const [child, questions] = conversation();
      questions.push({ wantsBody, answer, fail });
      child.stdin.write(`${wantsBody ? "contents" : "info"} ${name}\n`);
    });
  }

  let questions: Question[] = [];
  function conversation(): [Helper, Question[]] {
    if (helper !== null) return [helper, questions];
    const child = spawn("git", [`--git-dir=${directory}`, "cat-file", "--batch-command"], { env: gitEnvironment(), stdio: ["pipe", "pipe", "ignore"] });
    const open: Question[] = [];
    const end = (reason: string): void => {
      if (helper === child) helper = null;
      for (const question of open.splice(0)) question.fail(new Error(`git cat-file in ${directory} ended: ${reason}`));
    };
    child.stdout.on("data", answerFrom(open));
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => end(error.message));
    child.on("close", (code) => end(`exit code ${code ?? "none"}`));
    helper = child;
    questions = open;
    return [child, open];
  }

  return {
    summary: (name) => ask(name, false),
    contents: (name) => ask(name, true),
    async close() {
      isClosed = true;
      const child = helper;
      if (child === null) return;
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.stdin.end();
      await ended;
    },
  };
}

/** Takes git's output as it comes and answers the open questions, first come first served. */
function answerFrom(questions: Question[]): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = 0;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    // A large blob comes in many chunks: joining them only once keeps this linear.
    if (held < needed) return;
    let rest = Buffer.concat(chunks);
    for (;;) {
      const question = questions[0];
      const headerEnd = rest.indexOf(LINE_END);
      if (question === undefined || headerEnd < 0) {
        needed = 0;
        break;
      }
      const object = readHeader(rest.toString("latin1", 0, headerEnd));
      const hasBody = object !== null && question.wantsBody;
      const bodyEnd = headerEnd + 1 + (hasBody ? object.size : 0);
      needed = hasBody ? bodyEnd + 1 : bodyEnd;
      if (rest.length < needed) break;
      questions.shift();
      question.answer(object === null ? null : { ...object, body: hasBody ? Buffer.from(rest.subarray(headerEnd + 1, bodyEnd)) : EMPTY });
      rest = rest.subarray(needed);
    }
    chunks = [rest];
    held = rest.length;
  };
}

function readHeader(line: string): ObjectSummary | null {
  const [, sha, type, size] = FOUND.exec(line) ?? [];
  if (sha === undefined || type === undefined || size === undefined) return null;
  return { sha, type: isObjectType(type) ? type : "blob", size: Number(size) };
}

function isObjectType(type: string): type is ObjectType {
  return type === "commit" || type === "tree" || type === "blob" || type === "tag";
}
