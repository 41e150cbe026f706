// Secrets have no place in logs, comments or pages. Patterns only find where a secret begins and are of bounded length; how
// far it reaches is counted by hand. So no text, however hostile, takes longer than its length, or overflows the engine.

const MASK = "[redacted]";

/** Where a secret begins, which characters it has, and the least number of them. What stands in the first group is kept. */
type Secret = { readonly start: RegExp; readonly isPart: (code: number) => boolean; readonly atLeast: number };

const SECRETS: readonly Secret[] = [
  // GitHub's tokens by their prefixes. Installation tokens can hold a JWT and have some 520 characters.
  { start: /()gh[opsur]_/g, isPart: partOf("._-"), atLeast: 36 },
  { start: /()github_pat_/g, isPart: partOf("_"), atLeast: 22 },
  // `Authorization: token …`, also as JSON or as a command line prints it.
  {
    start: /\b((?:proxy-)?authorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?)(?:(?:bearer|basic|token)[ \t]{1,8})?/gi,
    isPart: (code) => code > 32 && !"\"',;\u00A0\u2028\u2029\uFEFF".includes(String.fromCharCode(code)),
    atLeast: 1,
  },
  // The password in the address of a database.
  { start: /\b(postgres(?:ql)?:\/\/[^\s:@/]{0,100}:)/gi, isPart: (code) => code > 32 && !"\"'@/".includes(String.fromCharCode(code)), atLeast: 1 },
  { start: /\b(bearer[ \t]{1,8})/gi, isPart: partOf("._~+/=-"), atLeast: 16 },
];

const KEY_BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

const JWT_START = "eyJ";
const JWT_PART_MIN = 8;
const JWT_LENGTH_MIN = 30;
const isDotted = partOf("._-");

/** The text with tokens, authorization headers, passwords of databases, JWTs and private keys masked; everything else is kept. */
export function redactSecrets(text: string): string {
  return maskJwts(SECRETS.reduce(mask, maskKeys(text)));
}

/** One whose end is missing is masked to the end of the text. */
function maskKeys(text: string): string {
  return pieces(text, KEY_BEGIN, (begin) => {
    KEY_END.lastIndex = begin.index;
    const end = KEY_END.exec(text);
    return { from: begin.index, until: end === null ? text.length : KEY_END.lastIndex };
  });
}

function mask(text: string, { start, isPart, atLeast }: Secret): string {
  return pieces(text, start, (begin) => {
    const from = begin.index + begin[0].length;
    const until = endOf(text, from, isPart);
    return until - from < atLeast ? null : { from: begin.index + (begin[1]?.length ?? 0), until };
  });
}

/** The text with a mask for each piece that `pieceAt` finds at a match; the search goes on behind it. */
function pieces(text: string, start: RegExp, pieceAt: (begin: RegExpExecArray) => { readonly from: number; readonly until: number } | null): string {
  const kept: string[] = [];
  let done = 0;
  start.lastIndex = 0;
  for (let begin = start.exec(text); begin !== null; begin = start.exec(text)) {
    const piece = pieceAt(begin);
    if (piece === null) continue;
    kept.push(text.slice(done, piece.from), MASK);
    done = piece.until;
    start.lastIndex = Math.max(done, begin.index + 1);
  }
  return `${kept.join("")}${text.slice(done)}`;
}

function maskJwts(text: string): string {
  const kept: string[] = [];
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const end = endOf(text, at, isDotted);
    if (end - at >= JWT_LENGTH_MIN) {
      kept.push(text.slice(done, at), maskJwt(text.slice(at, end)));
      done = end;
    }
    at = end;
  }
  return `${kept.join("")}${text.slice(done)}`;
}

/** Masks each three parts of which the first begins as the JSON of a JWT header does. */
function maskJwt(dotted: string): string {
  const kept: string[] = [];
  const parts = dotted.split(".");
  for (let index = 0; index < parts.length; index += 1) {
    const [head = "", claims = "", signature = ""] = parts.slice(index, index + 3);
    const start = head.indexOf(JWT_START);
    if (start >= 0 && claims.length >= JWT_PART_MIN && signature.length >= JWT_PART_MIN) {
      kept.push(`${head.slice(0, start)}${MASK}`);
      index += 2;
    } else kept.push(head);
  }
  return kept.join(".");
}

/** The first place at or behind `from` whose character is no part. */
function endOf(text: string, from: number, isPart: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && isPart(text.charCodeAt(at))) at += 1;
  return at;
}

/** ASCII letters, digits and these. */
function partOf(others: string): (code: number) => boolean {
  const codes = new Set(Array.from(`abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789${others}`, (character) => character.charCodeAt(0)));
  return (code) => codes.has(code);
}
