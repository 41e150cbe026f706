import { expect, it } from "@jest/globals";
import { REPO } from "../fixture.ts";
import { DISPATCHES, withWorkflows } from "./fixture.ts";

const JOBS = "jobs: { build: { runs-on: ubuntu-latest } }\n";
const IMAGES = `name: Images
run-name: Images of \${{ inputs.tag }} for \${{ inputs.release_id }}
on:
  workflow_dispatch:
    inputs:
      tag: { required: true }
      release_id: { type: string }
      level: { type: choice, options: [low, high], default: low }
      dry: { type: boolean }
${JOBS}`;
const PAYLOAD = `run-name: For \${{ github.event.client_payload.tag }}\non: { repository_dispatch: { types: [images] } }\n${JOBS}`;

it("starts the file as it stands at the ref, with its inputs", () =>
  withWorkflows({ "images.yml": IMAGES }, async ({ lee, push, runs, headOf, repository }) => {
    await push("old", { ".github/workflows/images.yml": IMAGES.replace("Images of", "Old images of") });
    expect((await lee("POST", DISPATCHES, { ref: "old", inputs: { tag: "v1.0.0" } })).status).toBe(204);
    const { status, body } = await lee("POST", DISPATCHES, {
      ref: "refs/heads/main",
      inputs: { tag: "v1.1.0", release_id: "abc", dry: true },
      return_run_details: true,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      workflow_run_id: runs()[1]!.id,
      run_url: `http://stand-in.test/api/v3${REPO}/actions/runs/${runs()[1]!.id}`,
      html_url: `http://stand-in.test/acme/app/actions/runs/${runs()[1]!.id}`,
    });
    expect(runs()).toMatchObject([
      { title: "Old images of v1.0.0 for ", headBranch: "old", headSha: headOf("old"), given: { tag: "v1.0.0", release_id: "", level: "low", dry: "false" } },
      {
        title: "Images of v1.1.0 for abc",
        headBranch: "main",
        headSha: headOf("main"),
        given: { tag: "v1.1.0", release_id: "abc", level: "low", dry: "true" },
      },
    ]);
    const numbered = `/repositories/${repository.id}/actions/workflows/${runs()[0]!.workflow.id}/dispatches`;
    expect((await lee("POST", numbered, { ref: "main", inputs: { tag: "v1" } })).status).toBe(204);
  }));

it.each([
  ["an unknown ref", { ref: "nothing", inputs: { tag: "x" } }, "No ref found for: nothing"],
  ["an input that the workflow does not have", { ref: "main", inputs: { tag: "x", other: "y" } }, 'Unexpected inputs provided: ["other"]'],
  ["a required input that is missing", { ref: "main" }, "Required input 'tag' not provided"],
  ["no choice", { ref: "main", inputs: { tag: "x", level: "middle" } }, "Provided value 'middle' for input 'level' not in the list of allowed values"],
  ["no boolean", { ref: "main", inputs: { tag: "x", dry: "maybe" } }, "Provided value 'maybe' for input 'dry' is not a boolean"],
  [
    "more than 25 inputs",
    { ref: "main", inputs: Object.fromEntries(Array.from({ length: 26 }, (_, at) => [`i${at}`, ""])) },
    "you may only define up to 25 `inputs` for a `workflow_dispatch` event",
  ],
  ["no ref", {}, 'Invalid request.\n\n"ref": Invalid input: expected string, received undefined'],
])("refuses %s", (_, body, message) =>
  withWorkflows({ "images.yml": IMAGES }, async ({ lee, runs }) => {
    expect(await lee("POST", DISPATCHES, body)).toMatchObject({ status: 422, body: { message } });
    expect(runs()).toEqual([]);
  }),
);

it("refuses a commit as ref, a workflow that does not listen there, and one that the default branch has not", () =>
  withWorkflows({ "images.yml": IMAGES, "push.yml": `on: push\n${JOBS}` }, async ({ lee, push, headOf }) => {
    await push("bare", { ".github/workflows/images.yml": `on: push\n${JOBS}`, ".github/workflows/new.yml": `on: [push, workflow_dispatch]\n${JOBS}` });
    const inputs = { tag: "x" };
    const trigger = "Workflow does not have 'workflow_dispatch' trigger";
    expect(await lee("POST", DISPATCHES, { ref: headOf("main"), inputs })).toMatchObject({
      status: 422,
      body: { message: `No ref found for: ${headOf("main")}` },
    });
    expect(await lee("POST", DISPATCHES.replace("images", "push"), { ref: "main" })).toMatchObject({ status: 422, body: { message: trigger } });
    expect(await lee("POST", DISPATCHES, { ref: "bare", inputs })).toMatchObject({ status: 422, body: { message: trigger } });
    expect((await lee("POST", DISPATCHES.replace("images", "new"), { ref: "bare" })).status).toBe(404);
    expect((await lee("POST", DISPATCHES.replace("images", "nothing"), { ref: "main" })).status).toBe(404);
  }));

it("starts by a repository dispatch what the default branch has for its type", () =>
  withWorkflows({ "payload.yml": PAYLOAD, "any.yml": `on: repository_dispatch\n${JOBS}` }, async ({ lee, started, runs, headOf }) => {
    const payload = { tag: "v1.0.0", more: { a: 1 } };
    expect((await lee("POST", `${REPO}/dispatches`, { event_type: "images", client_payload: payload })).status).toBe(204);
    expect(started()).toEqual(["any.yml repository_dispatch main", "payload.yml repository_dispatch main"]);
    expect(runs()).toMatchObject([{ title: "images", headSha: headOf("main"), given: payload }, { title: "For v1.0.0" }]);
    expect((await lee("POST", `${REPO}/dispatches`, { event_type: "other" })).status).toBe(204);
    expect(started()).toHaveLength(3);
  }));

it.each([
  ["a type over 100 characters", { event_type: "x".repeat(101) }],
  ["more than 10 keys", { event_type: "x", client_payload: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`k${at}`, 1])) }],
  ["64 KB and more", { event_type: "x", client_payload: { a: "x".repeat(65_536) } }],
  ["no type", {}],
])("refuses a repository dispatch with %s", (_, body) =>
  withWorkflows({ "any.yml": `on: repository_dispatch\n${JOBS}` }, async ({ lee, runs }) => {
    expect((await lee("POST", `${REPO}/dispatches`, body)).status).toBe(422);
    expect(runs()).toEqual([]);
  }),
);

it("asks apps for Actions, and for Contents where the whole repository is told; people for their role", () =>
  withWorkflows({ "images.yml": IMAGES, "any.yml": `on: repository_dispatch\n${JOBS}` }, async ({ bot, sam, nobody }) => {
    const body = { ref: "main", inputs: { tag: "x" } };
    const type = { event_type: "x" };
    const reader = await bot({ actions: "read", contents: "write" });
    const writer = await bot({ actions: "write", contents: "read" });
    const other = await bot({ metadata: "read" });
    expect((await other("GET", `${REPO}/actions/runs`)).status).toBe(403);
    expect((await reader("GET", `${REPO}/actions/runs`)).status).toBe(200);
    expect((await reader("POST", DISPATCHES, body)).status).toBe(403);
    expect((await reader("POST", `${REPO}/dispatches`, type)).status).toBe(204);
    expect((await writer("POST", DISPATCHES, body)).status).toBe(204);
    expect((await writer("POST", `${REPO}/dispatches`, type)).status).toBe(403);
    expect((await sam("GET", `${REPO}/actions/workflows`)).body.total_count).toBe(2);
    expect((await sam("POST", DISPATCHES, body)).status).toBe(403);
    expect((await nobody("POST", DISPATCHES, body)).status).toBe(401);
  }));
