// `components`: what is released, each with its own version.
import * as z from "zod";
import type { ComponentRule, Components, Dependents, DiscoveredName } from "../model/playbook.ts";
import { folder, glob, handle, keyPath } from "./leaves.ts";

const DEPENDENTS: Dependents = "leave";

const NAMES = "`directory`, `yaml:name`, or a map such as `{yaml: name}`";

const dependents = z
  .enum(["cascade", "leave"] as const satisfies readonly Dependents[])
  .default(DEPENDENTS)
  .describe(
    "`cascade`: charts of this repository that require this one by `file://` get its new version in their requirements. `leave`: they are not touched.",
  );

const component = z.strictObject({
  path: folder.describe("The component's folder; `.` for the whole repository. What changes below it is what its release carries."),
  owners: z.array(handle).default([]).describe("Who reviews it. Without it: the code owners of the folder."),
  dependents,
});

const discover = z
  .strictObject({
    glob: glob.describe("Files that mark a component's folder, such as `charts/*/Chart.yaml`."),
    name: z
      .union(
        [
          z.literal("directory"),
          z.strictObject({ yaml: keyPath.describe("Path of keys in the file that was found.") }),
          z
            .string()
            .regex(/^yaml:[\w.-]{1,200}$/, { error: NAMES })
            .transform((text) => ({ yaml: text.slice("yaml:".length) }))
            .describe("Short for `{yaml: name}`."),
        ] as const satisfies readonly z.ZodType<DiscoveredName>[],
        {
          error: NAMES,
        },
      )
      .default("directory" satisfies DiscoveredName)
      .describe("Where a component's name comes from: the folder's own name, or a value of the file that was found."),
    dependents,
  })
  .describe(
    "Finds components by a file that each of them has, so that a new one needs no edit here. Those that are listed as well keep what is said about them.",
  );

export const components = z
  .object({ discover: discover.optional() })
  .catchall(component)
  .transform(
    ({ discover: found, ...named }) =>
      ({
        named: Object.entries(named).map(([name, rule]) => ({ name, ...rule }) satisfies ComponentRule),
        discover: found ?? null,
      }) satisfies Components,
  )
  .describe("What is released, by name. The name is part of tags and branches. `discover` is no name: it finds components by a file.");
