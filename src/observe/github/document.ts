// Several questions as one GraphQL document. Names in it are generated; what people named travels in variables.
import { type Fields, fieldsAt } from "./fields.ts";
import type { Binding, Question } from "./question.ts";

export type Document = {
  readonly text: string;
  readonly variables: Readonly<Record<string, string | number | null>>;
  /** The answer to one of the questions, from the repository of the whole answer. */
  readonly separate: (repository: Fields, index: number) => Fields;
};

/** `$repository`, `$app` and `$page` are declared where they are used; the caller gives their values. */
export function documentOf(questions: readonly Pick<Question<unknown>, "fields" | "fragments">[]): Document {
  const variables: Record<string, string | number | null> = {};
  const types: string[] = [];
  const bind: Binding = (type, value) => {
    const name = `v${types.length}`;
    types.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };
  const names: string[][] = [];
  const lines: string[] = [];
  for (const [index, { fields }] of questions.entries()) {
    const own = Object.entries(fields(bind));
    names.push(own.map(([name]) => name));
    lines.push(...own.map(([name, text]) => `q${index}_${name}: ${text}`));
  }
  const fragments = [...new Set(questions.flatMap((question) => question.fragments))];
  const body = [...lines, ...fragments].join("\n");
  const declared = [...types, ...["$app: Int!", "$page: Int!"].filter((one) => new RegExp(`\\${one.slice(0, one.indexOf(":"))}\\b`).test(body))];
  const text = [
    `query Observe(${["$repository: ID!", ...declared].join(", ")}) {`,
    `repository: node(id: $repository) { ... on Repository {\n${lines.join("\n")}\n} }`,
    "}",
    ...fragments,
  ].join("\n");
  return {
    text,
    variables,
    separate(repository, index) {
      const own = names[index] ?? [];
      for (const name of own) if (!(`q${index}_${name}` in repository)) fieldsAt(repository, `q${index}_${name}`);
      return Object.fromEntries(own.map((name) => [name, repository[`q${index}_${name}`]]));
    },
  };
}
