// Answers of GitHub, read field by field. A field that is not what it should be is an error that names it, never a value.
import type { EpochMs } from "../../model/time.ts";

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, name: string): Fields {
  if (!isFields(value)) throw wrong(name, "an object");
  return value;
}

export function fieldsAt(of: Fields, name: string): Fields {
  return fieldsOf(of[name], name);
}

/** Null where GitHub says null; a field that is missing altogether is an error, here as in all that follow. */
export function fieldsOrNullAt(of: Fields, name: string): Fields | null {
  return of[name] === null ? null : fieldsAt(of, name);
}

export function textAt(of: Fields, name: string): string {
  const value = of[name];
  if (typeof value !== "string") throw wrong(name, "a text");
  return value;
}

export function textOrNullAt(of: Fields, name: string): string | null {
  return of[name] === null ? null : textAt(of, name);
}

export function numberAt(of: Fields, name: string): number {
  const value = of[name];
  if (typeof value !== "number") throw wrong(name, "a number");
  return value;
}

export function flagAt(of: Fields, name: string): boolean {
  const value = of[name];
  if (typeof value !== "boolean") throw wrong(name, "true or false");
  return value;
}

export function timeAt(of: Fields, name: string): EpochMs {
  const time = Date.parse(textAt(of, name));
  if (Number.isNaN(time)) throw wrong(name, "a time");
  return time;
}

export function timeOrNullAt(of: Fields, name: string): EpochMs | null {
  return of[name] === null ? null : timeAt(of, name);
}

/** Every element an object: GitHub's schema lets elements be null, which would be a part that could not be read. */
export function listAt(of: Fields, name: string): Fields[] {
  const value = of[name];
  if (!Array.isArray(value)) throw wrong(name, "a list");
  return value.map((element: unknown) => fieldsOf(element, `${name}[]`));
}

export function nodesAt(of: Fields, connection: string): Fields[] {
  return listAt(fieldsAt(of, connection), "nodes");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(name: string, expected: string): Error {
  return new Error(`GitHub's answer: \`${name}\` is not ${expected}.`);
}
