// Which line a command is about: the one of the pull request, or on the desk the component that it names first.
import { nearest } from "../../model/nearest.ts";
import type { Words } from "../../model/plan.ts";
import { code, listed } from "../gates/phrases.ts";
import { firstArgument } from "./arguments.ts";
import { type Fault, type Hearing, mistaken, meant } from "./define.ts";

/** What is left behind the component. */
type Aimed<L> = {
  readonly ok: true;
  readonly line: L;
  readonly rest: string;
  /** What to put before the rest to say it again: `bump cavern`. */ readonly said: string;
};

/** On a pull request the first word is something else, a reason, a step or a gate, and may be spelt like a component. */
type FirstWord = "may-name-it" | "is-something-else";

/** For commands that are about exactly one line. */
export function aimedAtOne(verb: string, rest: string, hearing: Hearing, firstWord: FirstWord): Aimed<string> | Fault {
  const { place, lines } = hearing;
  if (place.line !== null) return atHome(verb, rest, place.line, hearing, firstWord);
  const named = namedLine(rest, lines);
  if (named !== null) return { ok: true, line: named.line, rest: named.rest, said: `${verb} ${quoted(named.line)}` };
  const [only, ...others] = lines;
  if (only !== undefined && others.length === 0) return { ok: true, line: only, rest, said: verb };
  return whichLine(verb, rest, lines);
}

/** For commands that are about every line when they name none. */
export function aimedAtAny(verb: string, rest: string, hearing: Hearing, firstWord: FirstWord): Aimed<string | null> | Fault {
  const { place, lines } = hearing;
  if (place.line !== null) return atHome(verb, rest, place.line, hearing, firstWord);
  const named = lines.length === 1 ? null : namedLine(rest, lines);
  if (named !== null) return { ok: true, line: named.line, rest: named.rest, said: `${verb} ${quoted(named.line)}` };
  return { ok: true, line: null, rest, said: verb };
}

/** For what has no words of its own: a first word that is no line is a mistake. */
export function aimedAlone(verb: string, rest: string, hearing: Hearing): Aimed<string | null> | Fault {
  const aimed = aimedAtAny(verb, rest, hearing, "may-name-it");
  if (!aimed.ok || aimed.rest === "") return aimed;
  const argument = firstArgument(aimed.rest);
  if (argument.is === "unbalanced") return unbalanced(argument.quote);
  const isOnly = argument.is === "argument" && argument.rest === "" && hearing.lines.length === 1 && isSame(argument.text, hearing.lines[0]);
  if (isOnly) return { ...aimed, rest: "" };
  const line = argument.is === "argument" && hearing.place.line === null && aimed.line === null ? nearest(argument.text, hearing.lines) : null;
  return meant(line === null ? aimed.said : `${verb} ${quoted(line)}`);
}

export function unbalanced(quote: string): Fault {
  return mistaken(`the quote ${quote} is opened and never closed`);
}

/** On a pull request its own component may be named, too. */
function atHome(verb: string, rest: string, line: string, { lines }: Hearing, firstWord: FirstWord): Aimed<string> | Fault {
  const named = firstWord === "may-name-it" ? namedLine(rest, lines) : null;
  if (named === null) return { ok: true, line, rest, said: verb };
  if (named.line === line) return { ok: true, line, rest: named.rest, said: verb };
  return mistaken(`this pull request releases ${line}; say it on the one of ${named.line}, or on the release desk`);
}

function namedLine(rest: string, lines: readonly string[]): { readonly line: string; readonly rest: string } | null {
  const argument = firstArgument(rest);
  if (argument.is !== "argument") return null;
  const line = lines.find((one) => one === argument.text) ?? lines.find((one) => isSame(argument.text, one));
  return line === undefined ? null : { line, rest: argument.rest };
}

function whichLine(verb: string, rest: string, lines: readonly string[]): Fault {
  const argument = firstArgument(rest);
  if (argument.is === "unbalanced") return unbalanced(argument.quote);
  const near = argument.is === "argument" && argument.rest !== "" ? nearest(argument.text, lines) : null;
  if (near !== null && argument.is === "argument") return meant(`${verb} ${quoted(near)} ${argument.rest}`);
  return mistaken(`say which component: ${which(lines)}, as in ${code(`/release ${verb} ${quoted(lines[0] ?? "<component>")} ${rest === "" ? "…" : rest}`)}`);
}

function which(lines: readonly string[]): Words {
  return lines.length === 0 ? "there is none yet" : listed(lines, 8, "or");
}

function isSame(word: string, line: string | undefined): boolean {
  return line !== undefined && word.toLowerCase() === line.toLowerCase();
}

function quoted(line: string): string {
  return /\s/.test(line) ? `"${line}"` : line;
}
