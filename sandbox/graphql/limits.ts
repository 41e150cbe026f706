// GitHub's arithmetic over a query before it runs: how many nodes it could return, and what it costs.
import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { Refusal } from "./errors.ts";

const MAXIMUM_NODES = 500_000;
const REQUESTS_PER_POINT = 100;

export type Variables = Readonly<Record<string, unknown>>;

const withDefaults = (operation: OperationDefinitionNode, variables: Variables): Variables => {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
  );
  return { ...Object.fromEntries(defaults), ...variables };
};

const recordsOf = (field: FieldNode, variables: Variables): number | null => {
  const bound = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last");
  if (bound === undefined) return null;
  const records: unknown = valueFromASTUntyped(bound.value, { ...variables });
  return typeof records === "number" ? records : null;
};

/** Nodes and requests of a valid operation: a connection inside another is asked for once for each node of the outer one. */
export const measured = (document: DocumentNode, operation: OperationDefinitionNode, given: Variables): { readonly nodes: number; readonly cost: number } => {
  const variables = withDefaults(operation, given);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let nodes = 0;
  let requests = 0;
  const walk = (selections: SelectionSetNode | undefined, times: number): void => {
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(selection.name.value)?.selectionSet, times);
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, times);
      if (selection.kind !== Kind.FIELD) continue;
      const records = recordsOf(selection, variables);
      if (records !== null) {
        nodes += records * times;
        requests += times;
      }
      walk(selection.selectionSet, times * (records ?? 1));
    }
  };
  walk(operation.selectionSet, 1);
  return { nodes, cost: Math.max(1, Math.round(requests / REQUESTS_PER_POINT)) };
};

export const checkNodeLimit = (nodes: number): Refusal | null =>
  nodes <= MAXIMUM_NODES
    ? null
    : new Refusal(
        "MAX_NODE_LIMIT_EXCEEDED",
        `This query requests up to ${nodes.toLocaleString("en-US")} possible nodes which exceeds the maximum limit of ${MAXIMUM_NODES.toLocaleString("en-US")}.`,
      );
