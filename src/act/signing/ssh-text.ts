// The texts that SSH is made of (RFC 4251, section 5): each with its length before it. Read from left to right; a text that
// ends too early is refused.

export function sshText(value: string | Buffer): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value, "utf8") : value;
  return Buffer.concat([sshNumber(bytes.length), bytes]);
}

export function sshNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** @throws RangeError at the end of the bytes */
export function sshReader(bytes: Buffer): { readonly number: () => number; readonly text: () => Buffer } {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError("the key ends too early");
    return bytes.subarray(at, (at += length));
  };
  const number = (): number => take(4).readUInt32BE();
  return { number, text: () => take(number()) };
}
