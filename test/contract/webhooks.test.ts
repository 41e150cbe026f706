import { describe, expect, it } from "@jest/globals";
import { readWebhookDescription } from "./description.ts";
import { checkWebhook } from "./webhooks.ts";

const github = readWebhookDescription() as {
  components: { examples: Record<string, { value: Record<string, unknown> }> };
};
const completed = () => structuredClone(github.components.examples["check-run-completed"]!.value);

const repository = () => completed()["repository"] as object;
const sender = () => completed()["sender"] as object;
const label = { id: 1, node_id: "L", url: "https://api.github.com/repos/o/r/labels/x", name: "x", color: "ededed", default: false, description: null };

describe("accepts", () => {
  it("a payload that GitHub could have sent", () => {
    expect(checkWebhook("label", "created", { action: "created", label, repository: repository(), sender: sender() })).toEqual([]);
  });

  it("an event without an action", () => {
    const payload = { ref: "v1", ref_type: "tag", pusher_type: "user", repository: repository(), sender: sender() };
    expect(checkWebhook("delete", null, payload)).toEqual([]);
  });
});

describe("complains about", () => {
  it("an event or action that GitHub does not have", () => {
    expect(checkWebhook("pull_request", "merged", {})).toEqual(["webhook pull_request.merged: GitHub has no such webhook"]);
    expect(checkWebhook("pushed", null, {})).toEqual(["webhook pushed: GitHub has no such webhook"]);
  });

  it("a payload without the repository", () => {
    expect(checkWebhook("label", "created", { action: "created", label, sender: sender() })).toEqual([
      "webhook label.created: / must have required property 'repository'",
    ]);
  });

  it("a wrong type, a wrong action and a field that GitHub does not have", () => {
    const payload = { action: "edited", label: { ...label, color: null, colour: "red" }, repository: repository(), sender: sender() };
    expect(checkWebhook("label", "created", payload)).toEqual([
      'webhook label.created: /action must be equal to one of the allowed values ["created"], found "edited"',
      "webhook label.created: /label/color must be string, found null",
      'webhook label.created: /label has the undeclared key "colour"',
    ]);
  });
});
