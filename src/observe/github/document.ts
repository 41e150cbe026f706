// Several questions as one GraphQL document. Names in it are generated; what people named travels in variables.
import { type Fields, fieldsAt } from "./fields.ts";
import type { Binding, Question } from "./question.ts";

export type Document = {
  readonly text: string;
  readonly variables: Readonly<Record<string, string | number | null>>;
  /** Whether any question is about the repository, so that the answer has one. */
  readonly hasRepository: boolean;
  /** The answer to one of the questions. */
  readonly separate: (answer: Fields, index: number) => Fields;
  /** Which question a path of the answer belongs to; null for what belongs to none or to all. */
  readonly questionAt: (path: readonly string[]) => number | null;
};

type Asked = Pick<Question<unknown>, "fields" | "fragments" | "isAtRoot">;

/** `$repository`, `$app` and `$page` are declared where they are used; the caller gives their values. */
export function documentOf(questions: readonly Asked[]): Document {
  const variables: Record<string, string | number | null> = {};
  const types: string[] = [];
  const bind: Binding = (type, value) => {
    const name = `v${types.length}`;
    types.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };
  const names: string[][] = [];
  const lines: { readonly root: string[]; readonly repository: string[] } = { root: [], repository: [] };
  for (const [index, { fields, isAtRoot = false }] of questions.entries()) {
    const own = Object.entries(fields(bind));
    names.push(own.map(([name]) => name));
    lines[isAtRoot ? "root" : "repository"].push(...own.map(([name, text]) => `q${index}_${name}: ${text}`));
  }
  const hasRepository = lines.repository.length > 0;
  const fragments = [...new Set(questions.flatMap((question) => question.fragments))];
  const about = hasRepository ? [`repository: node(id: $repository) { ... on Repository {`, ...lines.repository, "} }"] : [];
  const body = [...about, ...lines.root, "}", ...fragments].join("\n");
  const declared = [
    ...types,
    ...["$repository: ID!", "$app: Int!", "$page: Int!"].filter((one) => new RegExp(`\\${one.slice(0, one.indexOf(":"))}\\b`).test(body)),
  ];
  return {
    text: `query Observe${declared.length > 0 ? `(${declared.join(", ")})` : ""} {\n${body}`,
    variables,
    hasRepository,
    separate(answer, index) {
      const own = names[index] ?? [];
      const from = questions[index]?.isAtRoot === true ? answer : fieldsAt(answer, "repository");
      for (const name of own) if (!(`q${index}_${name}` in from)) fieldsAt(from, `q${index}_${name}`);
      return Object.fromEntries(own.map((name) => [name, from[`q${index}_${name}`]]));
    },
    questionAt([first = "", second = ""]) {
      const index = /^q(\d+)_/.exec(first === "repository" ? second : first)?.[1];
      return index === undefined ? null : Number(index);
    },
  };
}
