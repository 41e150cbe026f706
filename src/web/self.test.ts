import { expect, test } from "@jest/globals";
import type { GitHub } from "../github/types.ts";
import { Transient } from "../model/errors.ts";
import { createLog } from "./log.ts";
import { learnIdentity } from "./self.ts";

type Answer = { readonly data: unknown } | Error;

function github(answers: Readonly<Record<string, () => Answer>>) {
  const asked: string[] = [];
  const rest: GitHub["rest"] = async (route) => {
    asked.push(route);
    const answer = answers[route]?.() ?? new Error(`nobody answers ${route}`);
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: {}, ...answer };
  };
  return { rest, asked };
}
function log() {
  const lines: string[] = [];
  return { lines, log: createLog("debug", { write: (line) => void lines.push(line) }) };
}
const APP = { "GET /app": () => ({ data: { slug: "steward" } }) };
const BOT = { "GET /users/{username}": () => ({ data: { id: 41 } }) };
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test("knows its number at once, its login once GitHub has said it", async () => {
  const identity = learnIdentity(github(APP), 77, log().log);
  expect(identity.known()).toEqual({ appId: 77, login: null });
  await settled();
  expect(identity.known()).toEqual({ appId: 77, login: "steward[bot]" });
});

test("asks each thing once, however many look", async () => {
  const asApp = github(APP);
  const asInstallation = github(BOT);
  const identity = learnIdentity(asApp, 77, log().log);
  await settled();
  const whole = { id: 77, login: "steward[bot]", userId: 41, signs: null };
  expect(await identity.of(asInstallation)).toEqual(whole);
  expect(await identity.of(asInstallation)).toEqual(whole);
  expect([...asApp.asked, ...asInstallation.asked]).toEqual(["GET /app", "GET /users/{username}"]);
});

test("looks that come together with the start do not ask twice", async () => {
  const asApp = github(APP);
  const asInstallation = github(BOT);
  const identity = learnIdentity(asApp, 77, log().log);
  await Promise.all([identity.of(asInstallation), identity.of(asInstallation)]);
  expect([...asApp.asked, ...asInstallation.asked]).toEqual(["GET /app", "GET /users/{username}"]);
});

test("a refusal is told with what to do, and asked again by the next look", async () => {
  let isDown = true;
  const asApp = github({ "GET /app": () => (isDown ? new Transient("GET /app: 502") : APP["GET /app"]()) });
  const { lines, log: to } = log();
  const identity = learnIdentity(asApp, 77, to);
  await settled();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: "error", hint: expect.stringContaining("PRIVATE_KEY must belong together") },
  ]);
  await expect(identity.of(github(BOT))).rejects.toBeInstanceOf(Transient);
  isDown = false;
  expect(await identity.of(github(BOT))).toMatchObject({ login: "steward[bot]" });
});

test("an answer without a name is none", async () => {
  const identity = learnIdentity(github({ "GET /app": () => ({ data: { slug: "" } }) }), 77, log().log);
  await expect(identity.of(github(BOT))).rejects.toThrow("slug");
  expect(identity.known().login).toBeNull();
});
