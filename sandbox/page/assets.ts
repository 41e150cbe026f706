// The one style sheet and the one script, from the files beside this one.
import { readFile } from "node:fs/promises";
import { textAnswer } from "./answers.ts";

const SCRIPT = "/-/live.js";
const STYLE = "/-/style.css";
// Later ones override earlier ones.
const STYLE_PARTS = ["base", "frame", "boxes", "marks", "conversation", "forms", "markdown", "code", "narrow"];

/** Null for other paths. */
export async function assetAnswer(path: string): Promise<Response | null> {
  if (path === SCRIPT) return textAnswer(await read("live.js"), "text/javascript; charset=utf-8");
  if (path !== STYLE) return null;
  const parts = await Promise.all(STYLE_PARTS.map(async (part) => read(`style/${part}.css`)));
  return textAnswer(parts.join("\n"), "text/css; charset=utf-8");
}

function read(name: string): Promise<string> {
  return readFile(new URL(`./assets/${name}`, import.meta.url), "utf8");
}
