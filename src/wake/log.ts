// What is needed of a logger; a pino logger is one.

type Line = (fields: Readonly<Record<string, unknown>>, message: string) => void;

export type Log = { readonly info: Line; readonly warn: Line; readonly error: Line };
