// Bytes of git as text. Git promises no encoding: UTF-8 is usual, older names and messages are in a legacy one.
import { isUtf8 } from "node:buffer";

/** UTF-8 when it is, else Latin-1: every byte stands for one character, none is replaced or dropped. */
export function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : bytes.toString("latin1");
}
