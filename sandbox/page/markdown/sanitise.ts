// What GitHub keeps of the HTML in people's text: structure, tables, details. No scripts, styles, forms or handlers, no
// ids or classes that could collide with the page's own.
import sanitizeHtml from "sanitize-html";

const TEXT_TAGS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "blockquote", "pre", "code", "samp", "tt", "kbd", "var"];
const INLINE_TAGS = ["strong", "b", "em", "i", "del", "s", "strike", "ins", "sub", "sup", "q", "a", "ul", "ol", "li", "dl", "dt", "dd"];
const OTHER_TAGS = ["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary", "img", "ruby", "rt", "rp"];
const UNLINKED = new Set(["a", "code", "pre", "samp", "tt", "kbd"]);

/**
 * Safe markup. `onText` is given every piece of text, escaped already, with whether it may hold links of its own, and
 * returns safe markup.
 */
export function sanitise(markup: string, onText: (escaped: string, mayLink: boolean) => string): string {
  let unlinkedDepth = 0;
  return sanitizeHtml(markup, {
    allowedTags: [...TEXT_TAGS, ...INLINE_TAGS, ...OTHER_TAGS],
    allowedAttributes: {
      a: ["href", "title", "rel"],
      code: ["class"],
      th: ["align", "colspan", "rowspan", "scope"],
      td: ["align", "colspan", "rowspan"],
      ol: ["start"],
      // No source: pictures would be loaded from elsewhere, which the page's policy forbids. Their text is shown.
      img: ["alt", "title"],
      details: ["open"],
      div: ["align"],
      p: ["align"],
    },
    allowedClasses: { code: [/^language-[\w-]+$/u] },
    allowedSchemes: ["http", "https", "mailto"],
    allowProtocolRelative: false,
    transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener" }) },
    onOpenTag: (name) => {
      if (UNLINKED.has(name)) unlinkedDepth += 1;
    },
    onCloseTag: (name) => {
      if (UNLINKED.has(name)) unlinkedDepth -= 1;
    },
    textFilter: (text) => onText(text, unlinkedDepth === 0),
  });
}
