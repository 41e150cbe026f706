// Moments as GitHub writes them: ISO 8601 in UTC, to the second.
import type { Milliseconds } from "../world/types.ts";

export const dateTime = (at: Milliseconds): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
export const dateTimeOrNull = (at: Milliseconds | null): string | null => (at === null ? null : dateTime(at));
