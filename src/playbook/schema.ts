// The playbook's twelve keys, and `extends`: one definition for the reader, the JSON Schema and the reference page.
import * as z from "zod";
import { changelog } from "./changelog.ts";
import { components } from "./components.ts";
import { EXAMPLE } from "./example.ts";
import { gates, policies } from "./gates.ts";
import { identifier, member, oneOrMany, repository } from "./leaves.ts";
import { release } from "./release.ts";
import { artifacts, communications, downstream, environments } from "./rollout.ts";
import { versioning } from "./versioning.ts";

export const playbookSchema = z.strictObject({
  schema: z.literal(1, { error: "1, the only version of this format" }).describe("Version of this format."),
  extends: repository.optional().describe("Repository whose playbook holds where this one says nothing; one level, no further."),
  roles: z
    .record(identifier, oneOrMany(member, "at least one person, team or permission"))
    .default({})
    .describe(
      "People by what they do: `@login`, `@organisation/team`, or `admin`, `maintain`, `write`, `triage` for everybody who has that permission or more. `owners` is built in: the code owners of what is released.",
    ),
  components,
  versioning,
  changelog,
  release,
  gates,
  policies,
  artifacts,
  environments,
  downstream,
  communications,
});

export type PlaybookKeys = z.output<typeof playbookSchema>;

/** As much of JSON Schema as is used here. */
export type SchemaNode = {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
};

/** Made once: it takes longer than reading a playbook. */
let jsonSchema: SchemaNode | null = null;

/** The JSON Schema of what people write, for editors. Plain data, keys in a fixed order. */
export function playbookJsonSchema(): SchemaNode {
  jsonSchema ??= describedSchema();
  return jsonSchema;
}

function describedSchema(): SchemaNode {
  const schema: unknown = z.toJSONSchema(playbookSchema, { io: "input", unrepresentable: "throw" });
  if (!isSchemaNode(schema)) throw new Error("Bug: the schema of a playbook is no map");
  const examples: ReadonlyMap<string, unknown> = new Map(Object.entries(EXAMPLE));
  const explained = Object.entries(schema.properties ?? {}).map(([key, node]) => [key, { ...node, examples: [examples.get(key)] }] as const);
  const head = { $id: "urn:release-steward:playbook:1", title: "Release Steward playbook" };
  const description = "How a repository is released: `.github/release-steward.yml` on its default branch.";
  return { ...head, description, ...schema, properties: Object.fromEntries(explained) };
}

/** The schemas above hold no reference, boolean or tuple, so that a node has no other forms. */
function isSchemaNode(value: unknown): value is SchemaNode {
  return typeof value === "object" && value !== null && "properties" in value;
}

/** Keys that a map at this path may have, for suggestions. */
export function knownKeys(path: readonly (string | number)[]): readonly string[] {
  let nodes: readonly SchemaNode[] = [playbookJsonSchema()];
  for (const part of path) nodes = nodes.flatMap(branches).flatMap((node) => child(node, part));
  return nodes.flatMap(branches).flatMap(({ properties = {} }) => Object.keys(properties));
}

function branches(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf ?? [node];
}

function child({ properties = {}, additionalProperties, items }: SchemaNode, part: string | number): readonly SchemaNode[] {
  if (typeof part === "number") return items === undefined ? [] : [items];
  const own = Object.hasOwn(properties, part) ? properties[part] : additionalProperties;
  return typeof own === "object" ? [own] : [];
}
