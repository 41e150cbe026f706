// A refusal for want of a permission, with the permission named. GraphQL never says which one it wants, so what the
// organization grants is held against what the app asks for.
import { APP_PERMISSIONS } from "./permissions.ts";
import type { GitHub } from "./types.ts";
import { Refused } from "../model/errors.ts";

type Granted = Readonly<Record<string, string>>;

/**
 * The same GitHub, but for what such refusals say.
 * @param readGrant what the installation grants now; when that can't be read, the refusal stays as it is
 */
export function namingWhatIsMissing(github: GitHub, readGrant: () => Promise<Granted>): GitHub {
  const lacking = async (): Promise<readonly string[]> => {
    try {
      return missingIn(await readGrant());
    } catch {
      return [];
    }
  };
  const named = async (error: unknown): Promise<never> => {
    if (!(error instanceof Refused) || error.permission !== null || !error.isForPermission) throw error;
    const missing = await lacking();
    if (missing.length === 0) throw error;
    throw new Refused(error.what, error.reason, missing.join(" and "), { cause: error });
  };
  return {
    graphql: (document, variables, options) => github.graphql(document, variables, options).catch(named),
    rest: (route, parameters, options) => github.rest(route, parameters, options).catch(named),
  };
}

function missingIn(granted: Granted): string[] {
  return Object.entries(APP_PERMISSIONS)
    .filter(([name, { access }]) => granted[name] !== "write" && granted[name] !== access)
    .map(([name, { access }]) => `${name.replaceAll("_", " ")}: ${access}`);
}
