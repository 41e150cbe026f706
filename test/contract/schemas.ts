// Checks a value against a schema of GitHub's descriptions (OpenAPI 3.0 dialect), with Ajv and compiled when first
// asked for: the whole description has 900 components, of which a test meets a few dozen.
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";

export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};
export type Schemas = Readonly<Record<string, Schema>>;

const COMPONENT = "#/components/schemas/";
/** What GitHub's prose means and Ajv takes for its own business, or nothing at all. */
const DROPPED = new Set(["example", "examples", "description", "title", "default", "discriminator", "deprecated", "externalDocs", "readOnly", "writeOnly"]);
const FORMATS = {
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
};

/** The schema behind a reference, or the schema itself. */
export function dereference(schemas: Schemas, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : dereference(schemas, component(schemas, schema.$ref.slice(COMPONENT.length)));
}

function component(schemas: Schemas, name: string): Schema {
  const found = schemas[name];
  if (found === undefined) throw new Error(`the description has no component ${name}`);
  return found;
}

/**
 * Returns a check that says what is wrong with a value: one line a fault, with its JSON pointer (`*` for an index).
 * `coerce` reads strings as the type that the schema asks for, for what stands in an address.
 */
export function schemaCheck(schemas: Schemas, coerce = false): (schema: Schema, value: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false, coerceTypes: coerce ? "array" : false, formats: FORMATS });
  const known = new Set<string>();
  const compiled = new WeakMap<Schema, ValidateFunction>();

  function reference(target: string): string {
    const name = target.slice(COMPONENT.length);
    if (!known.has(name)) {
      known.add(name);
      ajv.addSchema(convert(component(schemas, name)) as object, name);
    }
    return name;
  }

  /** JSON Schema of an OpenAPI 3.0 schema; referenced components are made known on the way. */
  function convert(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(convert);
    if (typeof node !== "object" || node === null) return node;
    const made: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(node)) {
      if (keyword === "properties") made[keyword] = Object.fromEntries(Object.entries(value as Schemas).map(([name, of]) => [name, convert(of)]));
      else if (keyword === "$ref") made[keyword] = reference(value as string);
      // GitHub lists alternatives; several of them often fit one value, which `oneOf` would refuse.
      else if (keyword === "oneOf") made["anyOf"] = convert(value);
      else if (keyword === "enum") made[keyword] = value;
      else if (keyword !== "nullable" && !DROPPED.has(keyword)) made[keyword] = convert(value);
    }
    return (node as Schema).nullable === true ? orNull(made) : made;
  }

  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(convert(schema) as object);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : explain(validate.errors ?? []);
  };
}

function orNull(schema: Record<string, unknown>): unknown {
  if (typeof schema["type"] !== "string") return { anyOf: [schema, { type: "null" }] };
  const values = schema["enum"] as unknown[] | undefined;
  return { ...schema, type: [schema["type"], "null"], ...(values === undefined ? {} : { enum: [...new Set([...values, null])] }) };
}

/** When no alternative fits, each tells why; that null would have fitted is never the news. */
function explain(errors: readonly ErrorObject[]): string[] {
  const telling = errors.filter(({ keyword, params }) => keyword !== "anyOf" && params["type"] !== "null");
  return [...new Set((telling.length > 0 ? telling : errors).map(sentence))];
}

function sentence({ instancePath, message, params, data }: ErrorObject): string {
  const allowed = params["allowedValues"] as unknown[] | undefined;
  const found = typeof data === "object" && data !== null ? "" : `, found ${JSON.stringify(data)}`;
  return `${pointer(instancePath)} ${message}${allowed === undefined ? "" : ` ${JSON.stringify(allowed)}`}${found}`;
}

export function pointer(path: string): string {
  return path === "" ? "/" : path.replace(/\/\d+(?=\/|$)/g, "/*");
}
