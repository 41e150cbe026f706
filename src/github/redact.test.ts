import { expect, it, test } from "@jest/globals";
import { redactSecrets } from "./redact.ts";

const LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB3dE6gH9jK2mN5";
const JWT = `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjE3LCJleHAiOjF9.${LETTERS}-_${LETTERS}`;
const KEY_BODY = "MIIEowIBAAKCAQEAsecret";

test.each([
  [
    "an installation token",
    `git clone https://x-access-token:ghs_${LETTERS}@github.com/acme/harbour`,
    "git clone https://x-access-token:[redacted]@github.com/acme/harbour",
  ],
  ["an installation token that holds a JWT", `token ghs_${JWT} was refused`, "token [redacted] was refused"],
  ["a personal token", `ghp_${LETTERS}`, "[redacted]"],
  ["a user token", `gho_${LETTERS}, ghu_${LETTERS}`, "[redacted], [redacted]"],
  ["a fine-grained token", `github_pat_11ABCDEFG0_${LETTERS}`, "[redacted]"],
  ["a header", "Authorization: token abc123", "Authorization: [redacted]"],
  ["a header of any kind", "authorization: Bearer abc.def", "authorization: [redacted]"],
  ["a header in JSON", '{"authorization":"Basic dXNlcjpwYXNz","accept":"json"}', '{"authorization":"[redacted]","accept":"json"}'],
  ["a bearer", `bearer ${LETTERS}`, "bearer [redacted]"],
  ["a JWT", `signed with ${JWT}.`, "signed with [redacted]."],
  ["a private key", `key: -----BEGIN RSA PRIVATE KEY-----\n${KEY_BODY}\n-----END RSA PRIVATE KEY-----\nnext`, "key: [redacted]\nnext"],
  ["a private key in JSON", `"-----BEGIN PRIVATE KEY-----\\n${KEY_BODY}\\n-----END PRIVATE KEY-----"`, '"[redacted]"'],
  ["a PGP key", `key: -----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${KEY_BODY}\n-----END PGP PRIVATE KEY BLOCK-----\nnext`, "key: [redacted]\nnext"],
  ["the password of a database", "postgres://steward:s3cr3t!:x@db:5432/steward", "postgres://steward:[redacted]@db:5432/steward"],
  ["half a private key", `-----BEGIN EC PRIVATE KEY-----\n${KEY_BODY}`, "[redacted]"],
])("masks %s", (_, text, masked) => {
  expect(redactSecrets(text)).toBe(masked);
});

test.each([
  ["a sentence", "The bearer of the token is the author; authorization is checked live."],
  ["a commit", "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"],
  ["a version and a file", "harbour-1.2.3-rc.1 in charts/harbour/Chart.yaml of github.com/acme/harbour"],
  ["a public key", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
  ["a prefix", "tokens begin with ghs_ or github_pat_"],
])("keeps %s", (_, text) => {
  expect(redactSecrets(text)).toBe(text);
});

it("takes no longer than a text is long, however it was made", () => {
  const hostile = ["eyJ", "eyJaaaaaaaa.", "ghs_", "-----BEGIN PRIVATE KEY-----", "authorization: ", "authorization:", "bearer ", "a.", " "].map((piece) =>
    piece.repeat(400_000),
  );
  // Quadratic time on these would be hours: the test would not end.
  for (const text of hostile) expect(redactSecrets(text).length).toBeLessThanOrEqual(text.length);
});
