// Several mutations in one GraphQL document. GitHub runs them in the order written; each is named, so that its answer can
// be read. Everything that is not our own text travels in variables.
import type { GitHub } from "../github/types.ts";

/** `createCheckRun` with its input type's name and the fields wanted back. */
export type Mutation = { readonly field: string; readonly input: Readonly<Record<string, unknown>>; readonly wanted: string };

/** The answers by position. */
export async function mutate(github: GitHub, mutations: readonly Mutation[]): Promise<readonly unknown[]> {
  const parameters = mutations.map(({ field }, index) => `$input${String(index)}: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`);
  const fields = mutations.map(({ field, wanted }, index) => `  step${String(index)}: ${field}(input: $input${String(index)}) { ${wanted} }`);
  const data = await github.graphql(
    `mutation Steward(${parameters.join(", ")}) {\n${fields.join("\n")}\n}`,
    Object.fromEntries(mutations.map(({ input }, index) => [`input${String(index)}`, input])),
  );
  if (typeof data !== "object" || data === null) throw new Error("Bug: GitHub answered a mutation without data and without an error");
  return mutations.map((_, index) => Object.entries(data).find(([name]) => name === `step${String(index)}`)?.[1]);
}
