// What people are told when they ask which announcements a release has, before it and after.
import { expect, test } from "@jest/globals";
import { hostedRepository } from "../../test/fixtures/hosted.ts";
import { readPlaybook } from "../playbook/read.ts";

const PLAYBOOK = `
schema: 1
components: {server: {path: .}}
policies: {default: {}, patch: {automatic: false}}
environments: [{name: production, deploy: {manual: owners}}]
communications:
  - {on: release, to: mail, draft: true, policies: [minor, default]}
  - {on: production, to: chat, draft: true}
release: {desk: Release desk}
`;

function proposed() {
  const read = readPlaybook(PLAYBOOK, ".github/release-steward.yml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const repository = hostedRepository(read.value.playbook);
  repository.permissions.set("tess", "triage");
  repository.push("feat: begin", { write: { x: "" } });
  repository.tag("v1.0.0");
  repository.push("feat: search", { write: { x: "1" } });
  goOn(repository);
  return repository;
}

/** What follows a release is not kept by this stand-in, and is planned again with each look. */
function goOn(repository: ReturnType<typeof hostedRepository>): void {
  for (let look = 0; look < 3; look += 1) for (const action of repository.plan().actions) repository.perform(action);
}

function answerTo(text: string, repository: ReturnType<typeof hostedRepository>, where: Parameters<typeof repository.say>[0]): string {
  repository.say(where, text, "tess");
  return repository.plan().actions.flatMap((action) => (action.kind === "answer-request" ? (action.reply ?? "") : []))[0] ?? "";
}

test("before a release nothing is due, and how it would read can be seen", () => {
  const repository = proposed();
  expect(answerTo("/release announce", repository, repository.pull())).toMatch(/^Nothing is announced before a release is out\./);
  const shown = answerTo("/release announce --dry-run", proposed(), repository.pull());
  expect(shown).toContain("What **v1.1.0** would tell under the policy `default`. Nothing is sent by this.");
  expect(shown).toMatch(/\*\*mail\*\*, once it is published[^]*v1\.1\.0 is out[^]*\*\*chat\*\*, once it runs in production[^]*v1\.1\.0 runs in production/);
});

test.each(["on its pull request", "on the desk"])("of a release that was begun it is said %s who sends what, and what waits", (place) => {
  const repository = proposed();
  const pull = repository.pull();
  repository.merge();
  goOn(repository);
  const where = place === "on the desk" ? repository.desk() : pull;
  const due = answerTo("/release announce", repository, where);
  expect(due).toContain("announce/release: mail");
  expect(due).toContain("/release evidence mail <link>");
  expect(due).toMatch(/waits.*announce\/production: chat/);
  expect(due).not.toContain("tag");
});

test("of a release that was begun, its own texts are shown", () => {
  const repository = proposed();
  const pull = repository.pull();
  repository.merge();
  goOn(repository);
  expect(answerTo("/release announce --dry-run", repository, pull)).toMatch(/What \*\*v1\.1\.0\*\* would tell[^]*search[^]*runs in production/);
});
