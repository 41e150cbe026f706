// A refusal of something that one gate needs and another may do without: an answer, not the end of the look.
import { Refused } from "../../model/errors.ts";
import type { Read } from "../../model/snapshot.ts";

/**
 * What was read, or why it may not be. Everything else that goes wrong is thrown.
 * @param permission what reading it takes, `issues: read`: GitHub seldom says
 */
export async function readUnlessRefused<Value>(permission: string, reading: Promise<Value>): Promise<Read<Value>> {
  try {
    return { ok: true, value: await reading };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false, because: becauseOf(error, permission), permission: error.isForPermission ? permission : null };
  }
}

/** The same words at each look: what GitHub says depends on what was asked along with it. */
export function becauseOf({ isForPermission, reason }: Refused, permission: string): string {
  return isForPermission ? `the app lacks the permission ${permission}` : reason;
}

/** For `catch`, where a refusal means that something is not there. */
export function nullIfRefused(error: unknown): null {
  if (error instanceof Refused) return null;
  throw error;
}
