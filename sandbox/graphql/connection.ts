// Relay connections over lists in memory. A cursor is the position after which it stands.
import { Refusal } from "./errors.ts";

export type PageArguments = {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
};

const MAXIMUM_RECORDS = 100;

const cursorAt = (position: number): string => Buffer.from(`cursor:v2:${position}`).toString("base64");

const positionOf = (cursor: string): number => {
  const position = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (position === undefined) throw new Refusal("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(position);
};

/** GitHub refuses a connection without bounds, with both, and with more than 100 records. `field` is its name. @throws Refusal */
export const checkBounds = (field: string, { first, last }: PageArguments): void => {
  const asked = first ?? last ?? null;
  const which = typeof first === "number" ? "first" : "last";
  if (asked === null)
    throw new Refusal("MISSING_PAGINATION_BOUNDARIES", `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`);
  if (typeof first === "number" && typeof last === "number")
    throw new Refusal("UNPROCESSABLE", `Passing both \`first\` and \`last\` to paginate the \`${field}\` connection is not supported.`);
  if (asked < 0) throw new Refusal("UNPROCESSABLE", `\`${which}\` on the \`${field}\` connection cannot be less than zero.`);
  if (asked > MAXIMUM_RECORDS) {
    throw new Refusal(
      "EXCESSIVE_PAGINATION",
      `Requesting ${asked} records on the \`${field}\` connection exceeds the \`${which}\` limit of ${MAXIMUM_RECORDS} records.`,
    );
  }
};

export type Connection<Node> = {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

/** One page of the list; only what is on it is turned into nodes. */
export const connection = async <Item, Node>(
  items: readonly Item[],
  args: PageArguments,
  toNode: (item: Item) => Node | Promise<Node>,
): Promise<Connection<Node>> => {
  let from = typeof args.after === "string" ? positionOf(args.after) : 0;
  let to = typeof args.before === "string" ? Math.min(items.length, positionOf(args.before) - 1) : items.length;
  if (typeof args.first === "number") to = Math.min(to, from + args.first);
  if (typeof args.last === "number") from = Math.max(from, to - args.last);
  const nodes = await Promise.all(items.slice(from, to).map(toNode));
  const edges = nodes.map((node, index) => ({ node, cursor: cursorAt(from + index + 1) }));
  return {
    nodes,
    edges,
    totalCount: items.length,
    pageInfo: { hasNextPage: to < items.length, hasPreviousPage: from > 0, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
};

export type Order = { readonly field: string; readonly direction: "ASC" | "DESC" };

/** Sorted by what `keys` says of the ordered field; equal ones stay as they stood. */
export const ordered = <Item>(items: readonly Item[], order: Order, keys: Readonly<Record<string, (item: Item) => string | number>>): readonly Item[] => {
  const key = keys[order.field];
  if (key === undefined) throw new Error(`the stand-in does not order by ${order.field}`);
  const sign = order.direction === "ASC" ? 1 : -1;
  return items.toSorted((one, other) => {
    const [left, right] = [key(one), key(other)];
    if (left === right) return 0;
    return left < right ? -sign : sign;
  });
};
