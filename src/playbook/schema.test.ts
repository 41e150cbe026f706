import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { NOT_ACTED_ON } from "./acted-on.ts";
import { knownKeys, playbookJsonSchema } from "./schema.ts";
import type { SchemaNode } from "./schema.ts";

/** Every key with its dotted path; names of maps and indices left out. */
function keysBelow(node: SchemaNode, above: string): readonly (readonly [string, SchemaNode])[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = above === "" ? key : `${above}.${key}`;
    return [[path, child] as const, ...keysBelow(child, path)];
  });
  const others = [...(node.anyOf ?? []), node.items, node.additionalProperties].filter((one) => typeof one === "object");
  return [...own, ...others.flatMap((one) => keysBelow(one, above))];
}

const keys = keysBelow(playbookJsonSchema(), "");

test("every key is explained", () => {
  expect(keys.filter(([, { description }]) => description === undefined || description === "").map(([path]) => path)).toEqual([]);
  expect(keys.length).toBeGreaterThan(150);
});

test("every key that nothing acts on yet exists", () => {
  const known = new Set(keys.map(([path]) => path));
  expect([...NOT_ACTED_ON].filter((path) => !known.has(path))).toEqual([]);
});

test("the committed JSON Schema is the program's own", () => {
  const committed: unknown = JSON.parse(readFileSync(new URL("../../docs/reference/playbook.schema.json", import.meta.url), "utf8"));
  expect(committed).toEqual(JSON.parse(JSON.stringify(playbookJsonSchema())));
});

test.each([
  [[], ["schema", "extends", "roles"]],
  [
    ["gates", "any"],
    ["check", "approval", "evidence"],
  ],
  [
    ["gates", "any", "approval"],
    ["role", "count"],
  ],
  [
    ["components", "discover"],
    ["glob", "name", "dependents"],
  ],
  [
    ["components", "any"],
    ["path", "owners", "dependents"],
  ],
  [
    ["versioning", "files", 3],
    ["file", "yaml", "json"],
  ],
])("below %j the first keys are %j", (path, first) => {
  expect(knownKeys(path).slice(0, 3)).toEqual(first);
});
