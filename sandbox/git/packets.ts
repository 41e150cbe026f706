// Git's packet lines, as far as a server must read and write them by itself (gitprotocol-common, gitprotocol-pack).

/** A push as the client asks for it: its ref commands in order, null for a ref that is not there, and what the client understands. */
export type PushRequest = {
  readonly commands: readonly { readonly name: string; readonly before: string | null; readonly after: string | null }[];
  readonly capabilities: readonly string[];
};

export const FLUSH = Buffer.from("0000");
const LENGTH_DIGITS = 4;
/** The largest a side-band packet may be is 65520 bytes, with its length and its band. */
const SIDE_BAND_BYTES = 65_515;
const COMMAND = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/;

export function packet(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + LENGTH_DIGITS).toString(16).padStart(LENGTH_DIGITS, "0")), bytes]);
}

/** Reads the commands at the start of a push; the pack behind them is left alone. */
export function readPushRequest(body: Buffer): PushRequest {
  const lines = packetsUntilFlush(body);
  const [, capabilities = ""] = lines[0]?.split("\0") ?? [];
  const commands = lines.flatMap((line) => {
    const [, before, after, name] = COMMAND.exec(line.replace(/\0[^]*$/, "").trimEnd()) ?? [];
    return before === undefined || after === undefined || name === undefined ? [] : [{ name, before: orNull(before), after: orNull(after) }];
  });
  return { commands, capabilities: capabilities.trim().split(" ") };
}

/** Why a push is refused: in brackets behind each reference, and lines that the client shows behind `remote:`. */
export type PushRefusal = { readonly reason: string; readonly remote: readonly string[] };

/** The answer to a push of which nothing was done. */
export function refusal({ commands, capabilities }: PushRequest, { reason, remote }: PushRefusal): Buffer {
  const oneLine = reason.replaceAll(/\s*\n\s*/g, " ").trim();
  const report = Buffer.concat([packet("unpack ok\n"), ...commands.map(({ name }) => packet(`ng ${name} ${oneLine}\n`)), FLUSH]);
  if (!capabilities.includes("side-band-64k")) return report;
  const said = Buffer.from(remote.map((line) => `${line}\n`).join(""));
  return Buffer.concat([...onBand(2, said), ...onBand(1, report), FLUSH]);
}

function onBand(band: 1 | 2, content: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let start = 0; start < content.length; start += SIDE_BAND_BYTES) {
    packets.push(packet(Buffer.concat([Buffer.of(band), content.subarray(start, start + SIDE_BAND_BYTES)])));
  }
  return packets;
}

/** What comes behind the commands: a pack, or nothing where references are only deleted. */
export function packOf(body: Buffer): Buffer {
  let at = 0;
  for (let length = body.length; length > 0 && at < body.length;) {
    length = Number.parseInt(body.toString("latin1", at, at + LENGTH_DIGITS), 16);
    at += Math.max(length, LENGTH_DIGITS);
  }
  return body.subarray(at);
}

function packetsUntilFlush(body: Buffer): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at + LENGTH_DIGITS <= body.length;) {
    const length = Number.parseInt(body.toString("latin1", at, at + LENGTH_DIGITS), 16);
    if (!(length > LENGTH_DIGITS)) break;
    lines.push(body.toString("utf8", at + LENGTH_DIGITS, at + length));
    at += length;
  }
  return lines;
}

const orNull = (sha: string): string | null => (/^0+$/.test(sha) ? null : sha);
