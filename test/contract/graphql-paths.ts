// Writes a query for each type of GitHub's schema that the stand-in knows: all known fields of the type, at the end of
// every short way that leads to it from a repository.
import { type GraphQLField, type GraphQLOutputType, getNamedType, isAbstractType, isLeafType, isObjectType, isRequiredArgument } from "graphql";
import { resolvers } from "../../sandbox/graphql/resolvers.ts";
import { githubSchema } from "../../sandbox/graphql/schema.ts";

/** One step of a way: a field that leads from one known type to another. */
type Step = { readonly from: string; readonly field: string; readonly to: string; readonly isSure: boolean };
/** GraphQL text of each argument that some field demands, by the argument's name. */
export type Arguments = Readonly<Record<string, string>>;

const schema = githubSchema();
const NOT_THINGS = new Set(["Query", "Mutation"]);

/** All types that the stand-in knows, but the ways in. */
export const knownTypes: readonly string[] = Object.keys(resolvers).filter((name) => !NOT_THINGS.has(name));

/** The query for one type. In the answer, the fields of a thing of that type are named `Type_field`. */
export function queryFor(type: string, given: Arguments): string {
  const ways = waysTo(type, given);
  const asked = fieldsOf(type).flatMap((field) => shallow(type, field, given) ?? []);
  return `query All${type} { ${ways.map((way, index) => `way${index}: ${walk(way, asked.join(" "), given)}`).join(" ")} }`;
}

/** Fields that no query can ask for, because an argument that they demand is not given. */
export function unreachableFields(given: Arguments): readonly string[] {
  return knownTypes.flatMap((type) =>
    fieldsOf(type)
      .filter((field) => call(field, given) === null)
      .map(({ name }) => `${type}.${name}`),
  );
}

function waysTo(type: string, given: Arguments): readonly (readonly Step[])[] {
  const steps = knownTypes.flatMap((from) => fieldsOf(from).flatMap((field) => (call(field, given) === null ? [] : stepsThrough(from, field))));
  const shortest = new Map<string, readonly Step[]>([["Repository", []]]);
  // A field of several types has a value of one of them: it may lead nowhere, so the sure steps come first.
  for (const allowed of [steps.filter(({ isSure }) => isSure), steps]) {
    for (const [from, way] of shortest) {
      for (const step of allowed) if (step.from === from && !shortest.has(step.to)) shortest.set(step.to, [...way, step]);
    }
  }
  const waysBefore = ({ from }: Step) => [
    shortest.get(from) ?? [],
    ...steps.filter((step) => step.from === "Repository" && step.to === from).map((step) => [step]),
  ];
  const last = steps.filter(({ to, from }) => to === type && shortest.has(from) && from !== type);
  return [...(type === "Repository" ? [[]] : []), ...last.flatMap((step) => waysBefore(step).map((way) => [...way, step]))];
}

function walk(way: readonly Step[], asked: string, given: Arguments): string {
  const inner = way.reduceRight((inside, { from, field, to }) => {
    const description = fieldsOf(from).find(({ name }) => name === field);
    if (description === undefined) throw new Error(`${from} has no field ${field}`);
    const selection = `{ __typename ... on ${to} { ${inside} } }`;
    return `${call(description, given)} ${isConnection(description.type) ? `{ nodes ${selection} }` : selection}`;
  }, asked);
  return `repository(owner: "acme", name: "tool") { __typename ${inner} }`;
}

/** A field of which the value is asked for, but not what is inside it. */
function shallow(type: string, field: GraphQLField<unknown, unknown>, given: Arguments): string | null {
  const text = call(field, given);
  if (text === null) return null;
  const aliased = `${type}_${field.name}: ${text}`;
  if (isLeafType(getNamedType(field.type))) return aliased;
  return isConnection(field.type) ? `${aliased} { totalCount pageInfo { hasNextPage endCursor } nodes { __typename } }` : `${aliased} { __typename }`;
}

/** The field with the arguments that it demands; null when one of them is not given. */
function call({ name, args }: GraphQLField<unknown, unknown>, given: Arguments): string | null {
  const wanted = args.filter((argument) => isRequiredArgument(argument) || argument.name === "first");
  const words = wanted.map((argument) => given[`${name}.${argument.name}`] ?? given[argument.name]);
  if (words.includes(undefined)) return null;
  return wanted.length === 0 ? name : `${name}(${wanted.map((argument, index) => `${argument.name}: ${words[index]}`).join(", ")})`;
}

function fieldsOf(type: string): readonly GraphQLField<unknown, unknown>[] {
  const described = schema.getType(type);
  if (!isObjectType(described)) throw new Error(`GitHub has no object type ${type}`);
  const known = resolvers[type] ?? {};
  return Object.values(described.getFields()).filter(({ name }) => Object.hasOwn(known, name));
}

/** A step to each of the known types that the value of a field can have, or the nodes of a connection. */
function stepsThrough(from: string, { name, type }: GraphQLField<unknown, unknown>): readonly Step[] {
  const named = getNamedType(isConnection(type) ? nodesOf(type) : type);
  const possible = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
  return possible.filter((to) => knownTypes.includes(to.name)).map((to) => ({ from, field: name, to: to.name, isSure: !isAbstractType(named) }));
}

function isConnection(type: GraphQLOutputType): boolean {
  return getNamedType(type).name.endsWith("Connection");
}

function nodesOf(type: GraphQLOutputType): GraphQLOutputType {
  const connection = getNamedType(type);
  const nodes = isObjectType(connection) ? connection.getFields()["nodes"] : undefined;
  if (nodes === undefined) throw new Error(`${connection.name} has no nodes`);
  return nodes.type;
}
