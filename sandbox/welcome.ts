// What the terminal shows once the sandbox stands: where to look, what is there, what to try. Fits 80 columns, but for
// addresses. Colour is for people at a terminal: a pipe and `NO_COLOR` get plain text.
import { styleText } from "node:util";
import { COMMAND, type Guide } from "./page/visit.ts";
import type { Issue } from "./world/types.ts";

const WIDTH = 78;

export function welcome(home: string, opened: readonly Issue[], guide: Guide): string {
  const intro = "A stand-in for GitHub on this machine, and Release Steward at work on a repository there. Open the page and follow these steps.";
  return [
    "",
    styleText("bold", "Release Steward, in a sandbox"),
    "",
    address(home),
    "",
    wrapped(intro, 2),
    "",
    ...(opened.length === 0
      ? [wrapped("No release pull request was opened. The app's check on the newest commit says why:", 2), address(`${home}/commits`)]
      : []),
    ...opened.flatMap(({ number, title }) => [`  ${styleText("green", "Open")}  ${title}`, address(`${home}/pull/${String(number)}`)]),
    ...guide.flatMap(({ title, lines }, index) => ["", styleText("bold", `${String(index + 1)}. ${title}`), ...lines.map(guideLine)]),
    "",
    styleText("dim", "Ctrl-C ends it and leaves nothing behind."),
  ].join("\n");
}

/** A line that the next one replaces; null takes it away. Only at a terminal. */
export function progress(line: string | null): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${line ?? ""}`);
}

function guideLine(line: string): string {
  if (line.startsWith(COMMAND)) return `     ${styleText("green", line.slice(COMMAND.length))}`;
  return wrapped(line, 3);
}

function address(url: string): string {
  return `  ${styleText(["cyan", "underline"], url)}`;
}

function wrapped(text: string, indent: number): string {
  const margin = " ".repeat(indent);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(margin + word);
  }
  return lines.join("\n");
}
