// What the log never shows, whoever logs it.
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { createLog } from "./log.ts";

const token = `ghs_${"aB3".repeat(20)}`;
const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog("debug", { write: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}

describe("the log", () => {
  it("keeps what is known to be harmless", () => {
    expect(logged((log) => log.info({ key: "5/9", tookMs: 12 }, "looked at"))).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-/),
      key: "5/9",
      tookMs: 12,
      msg: "looked at",
    });
  });

  it("drops fields that nobody listed", () => {
    const line = logged((log) => log.info({ headers: { authorization: "Bearer hush" }, body: "hush", payload: {}, token: "hush", req: {} }, "request"));
    expect(Object.keys(line)).toEqual(["level", "time", "msg"]);
  });

  it("drops what libraries hang on an error, and keeps what was wrong", () => {
    const error = Object.assign(new Error("Bad credentials"), {
      status: 401,
      request: { headers: { authorization: `bearer ${token}` }, body: { title: "hush" } },
      response: { headers: {}, data: "hush" },
      event: { payload: "hush" },
      cause: Object.assign(new Error("inner"), { request: "hush" }),
    });
    const line = logged((log) => log.error({ err: error }, "failed"));
    expect(line["err"]).toMatchObject({ type: "Error", message: "Bad credentials", status: 401, cause: { message: "inner" } });
    expect(JSON.stringify(line)).not.toMatch(/hush|ghs_/);
    expect(JSON.stringify(logged((log) => log.error(new AggregateError([error], "several"))))).not.toMatch(/hush|ghs_/);
  });

  it.each([
    ["a token", `the token ${token} expired`],
    ["a private key", `cannot read ${pem}`],
    ["a private key that was cut short", `cannot read ${pem.slice(0, 200)}`],
    ["a header", `authorization: Bearer ${"x".repeat(40)}`],
  ])("masks %s in messages and in errors, and stays JSON", (_title, text) => {
    const secret = /ghs_|MII|xxxx/;
    expect(JSON.stringify(logged((log) => log.warn({}, text)))).not.toMatch(secret);
    expect(JSON.stringify(logged((log) => log.warn({ reason: text, err: new Error(text) }, "refused")))).not.toMatch(secret);
    expect(JSON.stringify(logged((log) => log.child({ name: text }).warn({}, "refused")))).not.toMatch(secret);
  });
});
