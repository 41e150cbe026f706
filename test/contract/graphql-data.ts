// Says whether data is a possible answer to a document. The document is executed over the data itself: what comes out
// must be what went in, or the data lacks a field, has one too many, or one of the wrong type.
import {
  type DocumentNode,
  executeSync,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from "graphql";

type Question = { readonly document: DocumentNode; readonly operationName: string | null; readonly variables: Readonly<Record<string, unknown>> };
type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** What is wrong with the data, one line a fault, with its place (`*` for an index). */
export function checkData(schema: GraphQLSchema, { document, operationName, variables }: Question, data: object): string[] {
  const { data: again, errors = [] } = executeSync({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: data,
    fieldResolver: (source: Record<string, unknown>, _arguments, _context, { path }) => source[path.key],
    typeResolver: (value: Record<string, unknown>, _context, { fieldNodes, fragments }, abstract) => {
      if (typeof value["__typename"] === "string") return value["__typename"];
      const keys = new Set(Object.keys(value));
      const sets = fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      return schema.getPossibleTypes(abstract).find((type) => isSame(keysOf(schema, type, sets, fragments), keys))?.name;
    },
  });
  const wrong = errors.map(({ message, path }) => `data${place(path ?? [])}: ${message}`);
  return [...new Set(wrong.length > 0 ? wrong : differences(again, data, []))];
}

/** The keys that an object of this type has in an answer to these selections. */
function keysOf(schema: GraphQLSchema, type: GraphQLObjectType, sets: readonly SelectionSetNode[], fragments: Fragments): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const selection of sets.flatMap(({ selections }) => selections)) {
    if (selection.kind === Kind.FIELD) {
      keys.add((selection.alias ?? selection.name).value);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition === undefined ? type : schema.getType(fragment.typeCondition.name.value);
    if (condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))) {
      for (const key of keysOf(schema, type, [fragment.selectionSet], fragments)) keys.add(key);
    }
  }
  return keys;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key));
}

function differences(expected: unknown, found: unknown, path: readonly (string | number)[]): string[] {
  if (typeof expected !== "object" || expected === null || typeof found !== "object" || found === null) {
    return Object.is(expected, found) ? [] : [`data${place(path)}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys].flatMap((key) => {
    if (!(key in found)) return [`data${place([...path, key])}: is missing`];
    if (!(key in expected)) return [`data${place([...path, key])}: was not asked for`];
    return differences((expected as Record<string, unknown>)[key], (found as Record<string, unknown>)[key], [
      ...path,
      Array.isArray(found) ? Number(key) : key,
    ]);
  });
}

function place(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === "number" ? "[*]" : `.${step}`)).join("");
}
