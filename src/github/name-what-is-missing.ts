// A refusal for want of a permission, with the permission named. GraphQL never says which one it wants, so what the
// organization grants is held against what the app asks for.
import { APP_PERMISSIONS } from "./permissions.ts";
import type { GitHub, OnRefused } from "./types.ts";
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
  const named = async (error: Refused): Promise<Refused> => {
    if (error.permission !== null || !error.isForPermission) return error;
    const missing = await lacking();
    return missing.length === 0 ? error : new Refused(error.what, error.reason, missing.join(" and "), { cause: error });
  };
  const thrownNamed = async (error: unknown): Promise<never> => {
    throw error instanceof Refused ? await named(error) : error;
  };
  return {
    async graphql(document, variables, { onRefused } = {}) {
      if (onRefused === undefined) return await github.graphql(document, variables).catch(thrownNamed);
      const refused: Parameters<OnRefused>[] = [];
      const data = await github.graphql(document, variables, { onRefused: (...one) => void refused.push(one) }).catch(thrownNamed);
      for (const [path, error] of refused) onRefused(path, await named(error));
      return data;
    },
    rest: (route, parameters, options) => github.rest(route, parameters, options).catch(thrownNamed),
  };
}

function missingIn(granted: Granted): string[] {
  return Object.entries(APP_PERMISSIONS)
    .filter(([name, { access }]) => granted[name] !== "write" && granted[name] !== access)
    .map(([name, { access }]) => `${name.replaceAll("_", " ")}: ${access}`);
}
