// A fingerprint that says whether what stands on GitHub is what would be written now.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** 16 hex digits of SHA-256 over the JSON of the parts. */
export function fingerprint(parts: unknown): string {
  return digest(JSON.stringify(parts)).slice(0, 16);
}

/** All of SHA-256 in hex over the text in UTF-8: for what people agree to. */
export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
