// Secrets have no place in logs, comments or pages. Every pattern looks at each character a bounded number of times, so
// that no text, however hostile, takes longer than its length.

const MASK = "[redacted]";

/** GitHub's tokens by their prefixes. Installation tokens can hold a JWT and have some 520 characters. */
const TOKEN = /gh[opsur]_[A-Za-z0-9._-]{36,}|github_pat_[A-Za-z0-9_]{22,}/g;

/** `Authorization: token …`, also as JSON or as a command line prints it. */
const AUTHORIZATION = /\b((?:proxy-)?authorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?)(?:(?:bearer|basic|token)[ \t]{1,8})?[^\s"',;]+/gi;

const BEARER = /\b(bearer[ \t]{1,8})[A-Za-z0-9._~+/=-]{16,}/gi;

/** One whose end is missing is masked to the end of the text. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;

/** Where a JWT can be: looked at part by part in `maskJwt`, because one pattern for it would take quadratic time. */
const DOTTED = /[A-Za-z0-9_.-]{30,}/g;
const JWT_START = "eyJ";
const JWT_PART_MIN = 8;

/** The text with tokens, authorization headers, JWTs and private keys masked; everything else is kept. */
export function redactSecrets(text: string): string {
  return text.replace(PRIVATE_KEY, MASK).replace(TOKEN, MASK).replace(AUTHORIZATION, `$1${MASK}`).replace(BEARER, `$1${MASK}`).replace(DOTTED, maskJwt);
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
