// Labels of the repository and of one issue; milestones.
import { z } from "zod";
import { need } from "../../world/access.ts";
import type { Label, Milestone } from "../../world/types.ts";
import { type Answer, created, found, given, noContent, numberOf, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { labelShape, milestoneShape } from "../shapes/label.ts";
import { DISCUSSION_READ, issueOf, setLabels } from "./issues.ts";

const WRITE = need(["issues", "pull_requests"], "write");
const TRIAGE = need(["issues", "pull_requests"], "write", "triage");
const DEFAULT_COLOR = "ededed";

const names = z
  .array(z.union([z.string(), z.object({ name: z.string() })]))
  .transform((labels) => labels.map((label) => (typeof label === "string" ? label : label.name)));
/** A list of names, or an object that has it. */
const labelsBody = z.union([names, z.object({ labels: names }).transform(({ labels }) => labels)]);
const newLabel = z.object({ name: z.string(), color: z.string().default(DEFAULT_COLOR), description: z.string().nullish() });
const editedLabel = z.object({ new_name: z.string().optional(), color: z.string().optional(), description: z.string().nullish() });
const state = z.enum(["open", "closed"]);
const dueOn = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const newMilestone = z.object({ title: z.string(), description: z.string().nullish(), state: state.default("open"), due_on: dueOn.nullish() });
const editedMilestone = z.object({ title: z.string().optional(), state: state.optional(), due_on: dueOn.nullish() });

const labelOf = (call: RepositoryCall): Label => found(call.repository.labels.get(textOf(call, "name").toLowerCase()));
const shapeOf = (call: RepositoryCall, label: Label) => labelShape(call.world, call.repository, label);
const own = (call: RepositoryCall): Answer => ok(issueOf(call).labels.map((label) => shapeOf(call, label)));
const milestoneOf = (call: RepositoryCall): Milestone => found(call.repository.milestones.get(numberOf(call, "number")));

const issueLabelRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/issues/{number}/labels",
    needs: DISCUSSION_READ,
    handle: (call) => paged(call, issueOf(call).labels, (label) => shapeOf(call, label)),
  },
  {
    method: "POST",
    template: "/issues/{number}/labels",
    needs: TRIAGE,
    handle: async (call) => {
      await call.operations.addLabels(writer(call), call.repository, issueOf(call), read(call, labelsBody));
      return own(call);
    },
  },
  {
    method: "PUT",
    template: "/issues/{number}/labels",
    needs: TRIAGE,
    handle: async (call) => {
      await setLabels(call, issueOf(call), read(call, labelsBody));
      return own(call);
    },
  },
  {
    method: "DELETE",
    template: "/issues/{number}/labels/{+name}",
    needs: TRIAGE,
    handle: async (call) => {
      await call.operations.removeLabel(writer(call), call.repository, issueOf(call), textOf(call, "name"));
      return own(call);
    },
  },
];

const repositoryLabelRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/labels",
    needs: DISCUSSION_READ,
    handle: (call) => paged(call, [...call.repository.labels.values()], (label) => shapeOf(call, label)),
  },
  {
    method: "POST",
    template: "/labels",
    needs: WRITE,
    handle: async (call) => {
      const { description, ...fields } = read(call, newLabel);
      return created(shapeOf(call, await call.operations.createLabel(writer(call), call.repository, { ...fields, description: description ?? null })));
    },
  },
  { method: "GET", template: "/labels/{+name}", needs: DISCUSSION_READ, handle: (call) => ok(shapeOf(call, labelOf(call))) },
  {
    method: "PATCH",
    template: "/labels/{+name}",
    needs: WRITE,
    handle: async (call) => {
      const label = labelOf(call);
      const { new_name: name, color, description } = read(call, editedLabel);
      await call.operations.editLabel(writer(call), call.repository, label, given({ name, color, description }));
      return ok(shapeOf(call, label));
    },
  },
  {
    method: "DELETE",
    template: "/labels/{+name}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteLabel(writer(call), call.repository, labelOf(call));
      return noContent();
    },
  },
];

const milestoneRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/milestones",
    needs: DISCUSSION_READ,
    handle: (call) => {
      const wanted = call.query.get("state") ?? "open";
      const milestones = [...call.repository.milestones.values()].filter((milestone) => wanted === "all" || milestone.state === wanted);
      return paged(call, milestones, (milestone) => milestoneShape(call.world, call.repository, milestone));
    },
  },
  {
    method: "POST",
    template: "/milestones",
    needs: WRITE,
    handle: async (call) => {
      const { title, description, state: wanted, due_on: due } = read(call, newMilestone);
      const milestone = await call.operations.createMilestone(writer(call), call.repository, { title, description: description ?? null, dueOn: due ?? null });
      if (wanted === "closed") await call.operations.editMilestone(writer(call), call.repository, milestone, { state: wanted });
      return created(milestoneShape(call.world, call.repository, milestone));
    },
  },
  {
    method: "GET",
    template: "/milestones/{number}",
    needs: DISCUSSION_READ,
    handle: (call) => ok(milestoneShape(call.world, call.repository, milestoneOf(call))),
  },
  {
    method: "PATCH",
    template: "/milestones/{number}",
    needs: WRITE,
    handle: async (call) => {
      const milestone = milestoneOf(call);
      const { due_on: due, ...fields } = read(call, editedMilestone);
      await call.operations.editMilestone(writer(call), call.repository, milestone, given({ ...fields, dueOn: due }));
      return ok(milestoneShape(call.world, call.repository, milestone));
    },
  },
];

export const labelRoutes: readonly RepositoryRoute[] = [...issueLabelRoutes, ...repositoryLabelRoutes, ...milestoneRoutes];
