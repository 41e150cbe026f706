// Several mutations in one GraphQL document. GitHub runs them in the order written, also after one that it refuses; each is
// named, so that its answer can be read. Everything that is not our own text travels in variables.
import type { GitHub } from "../github/types.ts";
import { Refused } from "../model/errors.ts";

/** `createCheckRun` with its input type's name and the fields wanted back. */
export type Mutation = { readonly field: string; readonly input: Readonly<Record<string, unknown>>; readonly wanted: string };

/** GitHub gives up on a document after ten seconds. */
export const MUTATIONS_MAX = 20;

/**
 * What was answered to each, by position.
 * @throws Refused only for a document of which nothing was done
 */
export async function mutateEach(github: GitHub, mutations: readonly Mutation[]): Promise<readonly (Refused | { readonly answer: unknown })[]> {
  const answers: (Refused | { readonly answer: unknown })[] = [];
  for (let from = 0; from < mutations.length; from += MUTATIONS_MAX) answers.push(...(await sendOne(github, mutations.slice(from, from + MUTATIONS_MAX))));
  return answers;
}

/**
 * The answers by position.
 * @throws Refused when one of them is
 */
export async function mutate(github: GitHub, mutations: readonly Mutation[]): Promise<readonly unknown[]> {
  return (await mutateEach(github, mutations)).map((one) => {
    if (one instanceof Refused) throw one;
    return one.answer;
  });
}

async function sendOne(github: GitHub, mutations: readonly Mutation[]): Promise<readonly (Refused | { readonly answer: unknown })[]> {
  const parameters = mutations.map(({ field }, index) => `$input${String(index)}: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`);
  const fields = mutations.map(({ field, wanted }, index) => `  ${nameOf(index)}: ${field}(input: $input${String(index)}) { ${wanted} }`);
  const refused = new Map<string, Refused>();
  const data = await github.graphql(
    `mutation Steward(${parameters.join(", ")}) {\n${fields.join("\n")}\n}`,
    Object.fromEntries(mutations.map(({ input }, index) => [`input${String(index)}`, input])),
    { onRefused: ([name = ""], error) => void refused.set(name, error) },
  );
  if (typeof data !== "object" || data === null) throw new Error("Bug: GitHub answered a mutation without data and without an error");
  return mutations.map((_, index) => refused.get(nameOf(index)) ?? { answer: Object.entries(data).find(([name]) => name === nameOf(index))?.[1] });
}

function nameOf(index: number): string {
  return `step${String(index)}`;
}
