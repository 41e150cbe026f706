// Whether an edit of a YAML text changed one value and nothing else, judged by what a parser makes of both texts.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import type { YamlDocument } from "./yaml-tree.ts";

type Pairing = readonly [before: ParsedNode | null, after: ParsedNode | null];

/** True when both texts say the same but for `target`, which says `value`, a string. Compares what is written, not what it expands to. */
export function changesOnly(before: readonly YamlDocument[], after: readonly YamlDocument[], target: Scalar.Parsed, value: string): boolean {
  if (before.length !== after.length) return false;
  const open: Pairing[] = before.map(({ contents }, index) => [contents, after[index]?.contents ?? null]);
  for (let pairing = open.pop(); pairing !== undefined; pairing = open.pop()) {
    const [old, now] = pairing;
    if (old === target) {
      if (!isScalar(now) || now.value !== value || now.anchor !== target.anchor || now.tag !== target.tag) return false;
    } else {
      const inside = matching(old, now);
      if (inside === null) return false;
      for (const one of inside) open.push(one);
    }
  }
  return true;
}

/** The children to compare further; null when the nodes themselves differ. */
function matching(old: ParsedNode | null, now: ParsedNode | null): readonly Pairing[] | null {
  if (old === null || now === null) return old === now ? [] : null;
  if (isAlias(old)) return isAlias(now) && old.source === now.source ? [] : null;
  if (isAlias(now) || old.anchor !== now.anchor || old.tag !== now.tag) return null;
  if (isScalar(old)) return isScalar(now) && old.source === now.source && old.type === now.type ? [] : null;
  if (isScalar(now) || old.items.length !== now.items.length) return null;
  if (isMap(old))
    return isMap(now)
      ? old.items.flatMap(({ key, value }, index): Pairing[] => [
          [key, now.items[index]?.key ?? null],
          [value, now.items[index]?.value ?? null],
        ])
      : null;
  return isSeq(now) ? old.items.map((item, index): Pairing => [item, now.items[index] ?? null]) : null;
}
