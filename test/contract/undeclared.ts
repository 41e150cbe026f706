// Finds what a value holds beyond its schema. JSON Schema lets unknown keys pass, and GitHub ignores them in requests,
// so a misspelled key would do nothing and nobody would notice; a made-up field of the stand-in would make a test pass
// that fails against GitHub.
import { dereference, pointer, type Schema, type Schemas } from "./schemas.ts";

/** Returns a search for keys that neither a schema nor any of its alternatives names: one line a key. */
export function undeclaredKeys(schemas: Schemas): (schema: Schema, value: unknown) => string[] {
  const cache = new WeakMap<Schema, readonly Schema[]>();

  /** The schema and all that it is composed of: what any of them names is declared. */
  function parts(schema: Schema): readonly Schema[] {
    const cached = cache.get(schema);
    if (cached !== undefined) return cached;
    const whole = dereference(schemas, schema);
    const found = [whole, ...[...(whole.allOf ?? []), ...(whole.anyOf ?? []), ...(whole.oneOf ?? [])].flatMap(parts)];
    cache.set(schema, found);
    return found;
  }

  function search(candidates: readonly Schema[], value: unknown, place: string): string[] {
    if (typeof value !== "object" || value === null) return [];
    const all = candidates.flatMap(parts);
    if (Array.isArray(value)) {
      const items = all.flatMap(({ items }) => items ?? []);
      return value.flatMap((item, index) => search(items, item, `${place}/${index}`));
    }
    if (!all.some(({ properties }) => properties !== undefined) || all.some(isFreeForm)) return [];
    return Object.entries(value).flatMap(([key, inner]) => {
      const declared = all.flatMap(({ properties }) => (properties !== undefined && Object.hasOwn(properties, key) ? (properties[key] ?? []) : []));
      const additional = all.flatMap(({ additionalProperties }) => (typeof additionalProperties === "object" ? additionalProperties : []));
      const inside = declared.length > 0 ? declared : additional;
      return inside.length === 0 ? [`${pointer(place)} has the undeclared key "${key}"`] : search(inside, inner, `${place}/${key}`);
    });
  }

  return (schema, value) => [...new Set(search([schema], value, ""))];
}

/** An object of which GitHub says nothing but that it is one. */
function isFreeForm({ type, properties = {}, additionalProperties, allOf, anyOf, oneOf }: Schema): boolean {
  if (Object.keys(properties).length > 0 || typeof additionalProperties === "object") return false;
  return additionalProperties === true || (type === "object" && (allOf ?? anyOf ?? oneOf) === undefined);
}
