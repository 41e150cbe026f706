import { createHmac } from "node:crypto";
import { expect, it } from "@jest/globals";
import { inScene, REPO } from "../fixture.ts";
import type { Access } from "../world/types.ts";

it("signs exactly the bytes it sends, and says where it comes from", () =>
  inScene(async ({ lee, standIn, sent, app }) => {
    await lee("POST", `${REPO}/issues`, { title: "Ünïcode" });
    await standIn.delivered();
    const { delivery, headers } = sent[0]!;
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/stand-in",
      "x-github-event": "issues",
      "x-github-delivery": expect.stringMatching(/^[0-9a-f-]{36}$/u),
      "x-github-hook-installation-target-id": String(app.id),
      "x-github-hook-installation-target-type": "integration",
      "x-hub-signature-256": `sha256=${createHmac("sha256", "secret").update(delivery.body).digest("hex")}`,
    });
  }));

it("delivers once more by the app's wish: same body, same GUID", () =>
  inScene(async ({ lee, asApp, standIn, sent, heard }) => {
    await lee("POST", `${REPO}/issues`, { title: "One" });
    await heard();
    const [listed] = (await asApp("GET", "/app/hook/deliveries")).body;
    expect(listed).toMatchObject({ event: "issues", action: "opened", status: "OK", status_code: 200, redelivery: false, guid: sent[0]!.delivery.guid });
    expect((await asApp("POST", `/app/hook/deliveries/${listed.id}/attempts`)).status).toBe(202);
    await standIn.delivered();
    expect(sent[1]!.delivery).toMatchObject({ guid: listed.guid, body: sent[0]!.delivery.body, isRedelivery: true });
    expect(sent[1]!.headers).toEqual(sent[0]!.headers);
    const again = (await asApp("GET", "/app/hook/deliveries")).body;
    expect(again.map(({ redelivery }: { redelivery: boolean }) => redelivery).slice(0, 2)).toEqual([true, false]);
    expect((await asApp("GET", `/app/hook/deliveries/${again[0].id}`)).body.request.payload.issue.title).toBe("One");
  }));

it("does not try again by itself, and shows what failed", () => {
  const answers = [500, 200];
  return inScene(
    async ({ lee, asApp, standIn }) => {
      await lee("POST", `${REPO}/issues`, { title: "One" });
      await standIn.delivered();
      answers.push(503);
      await lee("POST", `${REPO}/issues/1/comments`, { body: "x" });
      await standIn.delivered();
      const listed = (await asApp("GET", "/app/hook/deliveries?per_page=2")).body;
      expect(listed.map(({ event, status_code: status }: { event: string; status_code: number }) => `${event} ${status}`)).toEqual([
        "issue_comment 503",
        "issues 0",
      ]);
    },
    {
      deliver: async () => {
        const answer = answers.length > 0 ? answers.pop() : undefined;
        if (answer === undefined) throw new Error("connection refused");
        return answer;
      },
    },
  );
});

it("waits for each answer before it sends the next, for one app", () => {
  let busy = 0;
  let most = 0;
  return inScene(
    async ({ lee, heard }) => {
      await lee("POST", `${REPO}/issues`, { title: "One" });
      await Promise.all(["a", "b", "c"].map((body) => lee("POST", `${REPO}/issues/1/comments`, { body })));
      expect(await heard()).toEqual(["issues.opened", "issue_comment.created", "issue_comment.created", "issue_comment.created"]);
      expect(most).toBe(1);
    },
    {
      deliver: async () => {
        busy += 1;
        most = Math.max(most, busy);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        busy -= 1;
        return 200;
      },
    },
  );
});

it("tells an app only what it subscribed to, where it is installed and not suspended", () =>
  inScene(async ({ lee, standIn, app, installation, sent, heard }) => {
    const quiet = standIn.addApp({
      slug: "quiet",
      publicKey: app.publicKey,
      permissions: {},
      events: ["push"],
      webhook: { url: "http://quiet.test/", secret: "x" },
    });
    standIn.install(quiet, "acme");
    expect(await heard()).toEqual(["installation.created"]);
    expect(sent[0]!.payload).toMatchObject({ installation: { app_slug: "quiet" }, repositories: [{ full_name: "acme/app" }], sender: { login: "acme" } });
    await lee("POST", `${REPO}/issues`, { title: "One" });
    await heard();
    expect(sent.slice(1).map(({ delivery }) => delivery.app.slug)).toEqual(["steward"]);
    installation.suspendedAt = 1;
    await lee("POST", `${REPO}/issues`, { title: "Two" });
    expect(await heard()).toEqual([]);
    standIn.addUser("other");
    await standIn.addRepository("other", "elsewhere");
    await lee("POST", "/repos/other/elsewhere/issues", { title: "Three" });
    expect(await heard()).toEqual([]);
  }));

it("tells of a repository that came later", () =>
  inScene(async ({ standIn, heard, sent }) => {
    await standIn.addRepository("acme", "second");
    expect(await heard()).toEqual(["installation_repositories.added"]);
    expect(sent[0]!.payload.repositories_added).toMatchObject([{ full_name: "acme/second" }]);
  }));

it("tells of a team and its members only whom the organization lets read them", () =>
  inScene(async ({ standIn }) => {
    const heardBy = (slug: string, permissions: Readonly<Record<string, Access>>): (() => readonly string[]) => {
      const webhook = { url: `http://${slug}.test/`, secret: "secret" };
      standIn.install(standIn.addApp({ slug, publicKey: "", permissions, events: ["team", "membership"], webhook }), "acme");
      return () =>
        standIn.world.deliveries
          .filter(({ app, event }) => app.slug === slug && event !== "installation")
          .map(({ event, action, body }) => `${event}.${action} ${JSON.parse(body).member?.login ?? ""}`.trim());
    };
    const [reader, other] = [heardBy("reader", { metadata: "read", members: "read" }), heardBy("other", { metadata: "read" })];
    const team = standIn.addTeam("acme", "platform", ["kim"]);
    standIn.setMembers(team, ["lee"]);
    expect(reader()).toEqual(["team.created", "membership.removed kim", "membership.added lee"]);
    expect(other()).toEqual([]);
    expect(team.members.map(({ login }) => login)).toEqual(["lee"]);
  }));
