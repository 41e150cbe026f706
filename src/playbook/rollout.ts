// What follows a tag: `artifacts`, `environments`, `downstream`, `communications`.
import * as z from "zod";
import type { Artifact, Communication, Deployment, Downstream, DownstreamFile, Environment, WorkflowStart } from "../model/playbook.ts";
import { bump, duration, identifier, keyPath, label, line, oneOrMany, path, repository, role, says, template, weekly, workflow } from "./leaves.ts";
import { policyName } from "./gates.ts";
import { placeKeys, placeOf } from "./versioning.ts";

const inputsOf = (name: "release" | "deployment"): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>> =>
  z.record(z.string(), template(name)).optional().describe("Inputs it is started with.");

/** As long as GitHub lets a job run. */
const STEP_TIMEOUT_MS = 6 * 60 * 60_000;
const timeout = duration.optional().describe("A run that takes longer is shown as failed. Default: 6h.");

const artifact = z
  .strictObject({
    name: identifier.optional().describe("Name of its step, for `after` and for commands. Default: the workflow's file name without its end."),
    on: z.enum(["release", "candidate"]).default("release").describe("Which tag it belongs to."),
    workflow: workflow.describe("File in `.github/workflows/`."),
    trigger: z
      .enum(["tag", "release", "workflow_dispatch", "repository_dispatch"])
      .describe("What starts it: GitHub does on `tag` and `release`; the app does on the other two."),
    event: line.optional().describe("Type of the event, for `repository_dispatch`."),
    ref: template("release").optional().describe("Branch or tag that it runs on, for `workflow_dispatch`. Without it: the tag."),
    inputs: inputsOf("release"),
    images: z.array(template("release")).default([]).describe("Images that it leaves behind."),
    charts: z.array(template("release")).default([]).describe("Charts that it leaves behind."),
    attestation: z.literal("required").optional().describe("`required`: each image and chart has a provenance attestation."),
    signature: z.literal("cosign").optional().describe("How its images are signed."),
    report: z.array(identifier).default([]).describe("Values that it reports and that go into the notes."),
    assets: z.array(template("release")).default([]).describe("Names of files that it attaches to the release."),
    after: oneOrMany(identifier).default([]).describe("Artifacts with the same `on` that have to be done first, by name; for those that the app starts."),
    timeout,
    makes: z.literal("tag").optional().describe("`tag`: the workflow makes the release's tag itself. The app starts it, waits for the tag and publishes then."),
  })
  .transform(({ trigger, event, ref, inputs, attestation, signature, name, timeout: longest, makes, ...rest }, context): Artifact => {
    const start = startOf({ trigger, event: event ?? null, ref: ref ?? null, inputs: inputs ?? null }, context);
    if (makes === "tag" && (start?.trigger === "tag" || start?.trigger === "release"))
      says(context, `a workflow that \`${start.trigger}\` starts can't make the tag`, "it belongs to `workflow_dispatch` and `repository_dispatch`", ["makes"]);
    if (rest.after.length > 0 && (start?.trigger === "tag" || start?.trigger === "release"))
      says(context, `\`after\` has no meaning for a workflow started by \`${start.trigger}\``, "it belongs to `workflow_dispatch` and `repository_dispatch`", [
        "after",
      ]);
    const step = name ?? rest.workflow.replace(/\.ya?ml$/, "");
    return start === null
      ? z.NEVER
      : {
          ...rest,
          name: step,
          start,
          attestation: attestation ?? null,
          signature: signature ?? null,
          timeoutMs: longest ?? STEP_TIMEOUT_MS,
          makesTag: makes === "tag",
        };
  });

type Start = {
  readonly trigger: WorkflowStart["trigger"];
  readonly event: string | null;
  readonly ref: string | null;
  readonly inputs: Readonly<Record<string, string>> | null;
};

/** Null and an issue when keys are given that the trigger has no use for, or one that it needs is missing. */
function startOf({ trigger, event, ref, inputs }: Start, context: Parameters<typeof says>[0]): WorkflowStart | null {
  const isDispatched = trigger === "workflow_dispatch" || trigger === "repository_dispatch";
  if (event !== null && trigger !== "repository_dispatch")
    says(context, `\`event\` has no meaning for a workflow started by \`${trigger}\``, "it belongs to `trigger: repository_dispatch`", ["event"]);
  else if (ref !== null && trigger !== "workflow_dispatch")
    says(context, `\`ref\` has no meaning for a workflow started by \`${trigger}\``, "it belongs to `trigger: workflow_dispatch`", ["ref"]);
  else if (inputs !== null && !isDispatched)
    says(context, `\`inputs\` has no meaning for a workflow started by \`${trigger}\``, "it belongs to `workflow_dispatch` and `repository_dispatch`", [
      "inputs",
    ]);
  else if (trigger === "repository_dispatch" && event === null)
    says(context, "expected the type of the event that starts the workflow, found nothing", null, ["event"]);
  else if (trigger === "repository_dispatch" && event !== null) return { trigger, event, inputs: inputs ?? {} };
  else if (trigger === "workflow_dispatch") return { trigger, ref, inputs: inputs ?? {} };
  else if (trigger === "tag" || trigger === "release") return { trigger };
  return null;
}

export const artifacts = z.array(artifact).default([]).describe("Workflows that a tag leads to, and what they have to leave behind.");

const deployment = z
  .strictObject({
    workflow: workflow.optional().describe("Workflow that does it."),
    ref: template("deployment").optional().describe("Branch or tag that the workflow runs on. Without it: the tag."),
    inputs: inputsOf("deployment"),
    timeout,
    manual: role.optional().describe("Or people of this role do it, and say when it is done."),
  })
  .transform(({ workflow: file, manual, ...start }, context): Deployment => {
    const { ref, inputs, timeout: longest } = start;
    if (file !== undefined && manual === undefined)
      return { by: "workflow", workflow: file, ref: ref ?? null, inputs: inputs ?? {}, timeoutMs: longest ?? STEP_TIMEOUT_MS };
    const isByHandAlone = file === undefined && Object.values(start).every((one) => one === undefined);
    if (manual !== undefined && isByHandAlone) return { by: "people", role: manual };
    says(context, "expected either `workflow`, with `ref`, `inputs` and `timeout`, or `manual`", null);
    return z.NEVER;
  });

const pin = z.strictObject({
  file: template("releasePath").describe("The file that says what runs there."),
  yaml: keyPath.describe("Path of keys in it."),
  where: z
    .record(z.string(), template("release"))
    .default({})
    .describe("In a file of several documents: the one in which these values stand at these paths of keys."),
  value: template("release").default("{version}").describe("What is written there."),
});

const environment = z
  .strictObject({
    name: identifier.describe("Its name."),
    after: identifier.optional().describe("The environment, further up, that has to be done first."),
    of: z.enum(["release", "candidate"]).default("release").describe("What is put there."),
    deploy: deployment.optional().describe("What puts it there. Without it: merging the pull request that moves the pin."),
    pin: pin.optional().describe("A value in this repository that says which version runs there; a pull request moves it."),
    gates: z.array(identifier).default([]).describe("Gates asked before. Each environment asks them anew: `staging/smoke` is not `production/smoke`."),
    verify: z.array(identifier).default([]).describe("Gates asked after, in the same way."),
    soak: duration.optional().describe("How long it runs there before it may go further."),
    window: oneOrMany(weekly).default([]).describe("When it may be put there."),
    pull_request: z
      .strictObject({
        labels: z.array(label).default([]).describe("Labels it gets."),
        draft: z.boolean().default(false).describe("A draft until the gates are open."),
      })
      .prefault({})
      .describe("The pull request that moves the pin."),
    rollback: deployment.optional().describe("What puts the version before back. Without it: what `deploy` and `pin` say."),
  })
  .transform(({ after, deploy, pin: pinned, soak, window, pull_request: pullRequest, rollback, ...rest }, context): Environment => {
    if (deploy === undefined && pinned === undefined) {
      says(
        context,
        "expected `deploy`, `pin` or both, found neither",
        "say what puts a version there: a workflow, people, or a value that a pull request moves",
      );
    }
    return {
      ...rest,
      after: after ?? null,
      deploy: deploy ?? null,
      deployed: null,
      pin: pinned ?? null,
      soakMs: soak ?? null,
      windows: window,
      pullRequest,
      rollback: rollback ?? null,
    };
  });

export const environments = z.array(environment).default([]).describe("Where versions run, in the order in which they get there.");

const downstreamFile = z
  .strictObject({
    file: path.describe("A file of that repository."),
    ...placeKeys,
    value: template("release").optional().describe("What is written there."),
    bump: bump.optional().describe("Or: the version that stands there is raised by this."),
  })
  .transform(({ file, value, bump: size, ...keys }, context): DownstreamFile => {
    const at = placeOf(keys, context);
    if (at === null) return z.NEVER;
    if (value !== undefined && size === undefined) return { file, at, value };
    if (value === undefined && size !== undefined) return { file, at, bump: size };
    says(context, "expected either `value` or `bump`", null);
    return z.NEVER;
  });

const downstreamRepository = z.strictObject({
  repository: repository.describe("Where the pull request is opened; the app has to be installed there."),
  files: z.array(downstreamFile).min(1, { error: "at least one file" }).describe("What it changes."),
  title: template("downstreamTitle").default("Update {component} to {version}").describe("Its title; `{bumped}` is the version that `bump` gave."),
} satisfies Record<keyof Downstream, z.ZodType>);

export const downstream = z.array(downstreamRepository).default([]).describe("Pull requests in other repositories that follow a release.");

const communication = z
  .strictObject({
    on: identifier.describe("`candidate`, `release`, `rollback`, or the name of an environment."),
    policies: z.array(policyName).default([]).describe("Only under these policies. Without it: under all."),
    to: oneOrMany(line).describe("Who is told: names for people."),
    draft: z.literal(true, { error: "true" }).optional().describe("The app writes it, a person sends it."),
    workflow: workflow.optional().describe("Or: this workflow sends it."),
    by: role.optional().describe("Who sends a draft."),
    template: path.optional().describe("File whose text it starts from; `{notes}`, `{version}` and the other placeholders of a release are filled in."),
  })
  .transform(({ draft, workflow: file, by, template: text, ...rest }, context): Communication => {
    if ((draft === undefined) === (file === undefined)) says(context, "expected either `draft: true` or `workflow`", null);
    return {
      ...rest,
      name: `announce/${rest.on}: ${rest.to.join(", ")}`,
      how: file === undefined ? { by: "draft" } : { by: "workflow", workflow: file },
      by: by ?? null,
      template: text ?? null,
    };
  });

export const communications = z.array(communication).default([]).describe("Who is told what, and when.");
