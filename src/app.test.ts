// Which deliveries wake which repository.
import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "@jest/globals";
import { parse } from "yaml";
import { APP_PERMISSIONS } from "./github/permissions.ts";
import type { WakingEvent } from "./app.ts";
import { keysOf, WAKING_EVENTS } from "./app.ts";
import { manifest } from "./web/manifest.ts";

const self = { appId: 77, login: "steward[bot]" };
const repository = { installation: { id: 5 }, repository: { id: 9 }, sender: { login: "mona" } };
const byApp = { ...repository, sender: { login: "steward[bot]" } };
const check = (appId: number, action: string) => ({ ...byApp, action, check_run: { app: { id: appId } } });

describe("a delivery wakes", () => {
  it.each<[string, WakingEvent, object, readonly string[] | null]>([
    ["the repository it is about", "push", repository, ["5/9"]],
    ["the repository, whatever the action", "pull_request", { ...repository, action: "labeled" }, ["5/9"]],
    ["the repository under its number when it was renamed", "repository", { ...repository, action: "renamed" }, ["5/9"]],
    [
      "every repository of a new installation",
      "installation",
      { installation: { id: 5 }, action: "created", repositories: [{ id: 1 }, { id: 2 }] },
      ["5/1", "5/2"],
    ],
    [
      "every repository when permissions were accepted",
      "installation",
      { installation: { id: 5 }, action: "new_permissions_accepted", repositories: [{ id: 1 }] },
      ["5/1"],
    ],
    ["none when the installation does not list them", "installation", { installation: { id: 5 }, action: "unsuspend" }, []],
    ["nobody when the app was removed", "installation", { installation: { id: 5 }, action: "deleted", repositories: [{ id: 1 }] }, []],
    ["nobody when it was suspended", "installation", { installation: { id: 5 }, action: "suspend", repositories: [{ id: 1 }] }, []],
    ["the repositories that were added", "installation_repositories", { installation: { id: 5 }, action: "added", repositories_added: [{ id: 3 }] }, ["5/3"]],
    ["nobody when some were taken away", "installation_repositories", { installation: { id: 5 }, action: "removed", repositories_removed: [{ id: 3 }] }, []],
    ["the repository when an issue is closed", "issues", { ...repository, action: "closed" }, ["5/9"]],
    ["the repository when a commit status arrives", "status", { ...repository, state: "success" }, ["5/9"]],
    ["nobody when the app hears its own write", "issue_comment", { ...byApp, action: "created" }, []],
    ["the repository when a run that the app started has ended", "workflow_run", { ...byApp, action: "completed" }, ["5/9"]],
    ["nobody when it hears its own check", "check_run", check(77, "completed"), []],
    ["the repository when someone asks for its check again", "check_run", check(77, "rerequested"), ["5/9"]],
    ["the repository when someone presses a button of its check", "check_run", check(77, "requested_action"), ["5/9"]],
    ["the repository when another's check on its own commit ends", "check_run", check(15368, "completed"), ["5/9"]],
  ])("%s", (_title, event, payload, expected) => {
    expect(keysOf(event, payload, self)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ["no installation", { repository: { id: 9 } }],
    ["no repository", { installation: { id: 5 } }],
    ["a path for a number", { installation: { id: "5/6" }, repository: { id: 9 } }],
    ["a fraction", { installation: { id: 5 }, repository: { id: 9.5 } }],
    ["a negative number", { installation: { id: 5 }, repository: { id: -9 } }],
    ["a list for an object", []],
    ["nothing", null],
  ])("nobody when it has %s", (_title, payload) => {
    expect(keysOf("push", payload, self)).toBeNull();
  });

  it("and until GitHub said who the app is, everything", () => {
    expect(keysOf("push", byApp, { appId: 77, login: null })).toEqual(["5/9"]);
  });
});

test("app.yml asks for the permissions and events of the tables, and for no others", () => {
  const yaml: unknown = parse(readFileSync(new URL("../app.yml", import.meta.url), "utf8"));
  const made = manifest({ publicUrl: "https://steward.example", redirectUrl: "https://steward.example/setup/callback", organization: null });
  expect(yaml).toEqual({
    name: made.name,
    description: made.description,
    url: expect.any(String),
    public: false,
    default_permissions: Object.fromEntries(Object.entries(APP_PERMISSIONS).map(([name, { access }]) => [name, access])),
    default_events: Object.keys(WAKING_EVENTS).filter((name) => !name.startsWith("installation")),
  });
  expect(made).toMatchObject({
    default_permissions: (yaml as { default_permissions: object }).default_permissions,
    default_events: (yaml as { default_events: object }).default_events,
  });
});
