// GitHub's own GraphQL schema, built once for the process and only when first asked for: building takes long.
import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLSchema } from "graphql";

let built: GraphQLSchema | null = null;

/** The package also offers the text itself, but reads megabytes of JSON on import. */
export const githubSchema = (): GraphQLSchema => {
  built ??= buildSchema(readFileSync(new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema")), "utf8"), {
    assumeValid: true,
    noLocation: true,
  });
  return built;
};
