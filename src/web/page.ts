// Pages as strings: no script, one small style, everything escaped. `html` escapes what is put into it, so forgetting to
// escape is not possible; only what `html` itself made goes in as it is.
import { createHash } from "node:crypto";

const MADE_HERE = Symbol("made by html``");
export type Html = { readonly [MADE_HERE]: true; readonly text: string };

/** Escapes every text; lists and other `html` are joined as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  return { [MADE_HERE]: true, text: parts.reduce((text, part, index) => text + shown(values[index - 1] ?? "") + part) };
}

function shown(value: string | number | Html | readonly Html[]): string {
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return "text" in value ? value.text : value.map(({ text }) => text).join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { max-width: 38rem; margin: 12vh auto 4rem; padding: 0 1.25rem; }
h1 { font-size: 1.4rem; font-weight: 600; line-height: 1.3; }
button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: .4rem; background: #1a6b3c; color: #fff; cursor: pointer; }
button.quiet { background: transparent; color: inherit; border: 1px solid currentColor; }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid #d08700; outline-offset: 2px; }
input { font: inherit; padding: .4rem .6rem; border: 1px solid currentColor; border-radius: .4rem; background: transparent; color: inherit; }
code { font-size: .95em; overflow-wrap: anywhere; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; font-weight: normal; }
footer { margin-top: 3rem; opacity: .75; font-size: .9rem; }
`;

/** A page runs nothing, loads nothing and is shown in no frame. */
export const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: [`'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
} as const;

/** A whole document. */
export function page(title: string, body: Html): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.text}
</main>
<footer>Release Steward</footer>
</body>
</html>
`;
}
