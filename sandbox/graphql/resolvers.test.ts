import { expect, it } from "@jest/globals";
import { isObjectType } from "graphql";
import { resolvers } from "./resolvers.ts";
import { githubSchema } from "./schema.ts";

const fieldsInSchema = (type: string): readonly string[] => {
  const known = githubSchema().getType(type);
  return isObjectType(known) ? Object.keys(known.getFields()) : [];
};

it("knows no type and no field that GitHub has not", () => {
  const sharing = new Map<object, string[]>();
  for (const [type, fields] of Object.entries(resolvers)) sharing.set(fields, [...(sharing.get(fields) ?? []), type]);
  const invented = [...sharing].flatMap(([fields, types]) => {
    const real = new Set(types.flatMap(fieldsInSchema));
    return Object.keys(fields)
      .filter((field) => !real.has(field))
      .map((field) => `${types.join("/")}.${field}`);
  });
  expect(invented).toEqual([]);
});
