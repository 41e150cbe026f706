// Probot as this app uses it: authentication as the app and as an installation, with tokens cached, and the check
// of a delivery's signature. Its server, handlers, set-up pages and log are not used, its retries and its pacing are switched off.
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import type { AppCredentials } from "../settings/environment.ts";
import type { RequestLike } from "../github/request.ts";

/** Octokit's request function: authenticated, relative to the API's address. */
type OctokitRequest = ProbotOctokit["request"];

export type GitHubApp = {
  readonly probot: Probot;
  /** As the app itself (JWT), for routes below `/app`. */
  readonly appRequest: OctokitRequest;
  /** As one installation: for all repositories that it covers, since a release reaches into several, and for no other installation's. Its token is minted with the first request and kept for 59 minutes, or until GitHub refuses it. */
  readonly installationRequest: (installationId: number) => Promise<RequestLike>;
  /** The next request gets a new token: one that was minted before a permission was granted may lack it. */
  readonly forgetToken: (installationId: number) => void;
};

/**
 * Retrying and pacing are done where a write can be told from a read. Probot's own retry sends a POST again after a 502:
 * two dispatches instead of one. Only the function form of `defaults` reaches the plugins; the object form has no effect,
 * because Probot's own defaults are merged over it.
 */
const PatientOctokit = ProbotOctokit.defaults((options: { readonly auth?: object }) => ({
  ...options,
  retry: { enabled: false },
  throttle: { enabled: false },
  // Probot's own request for tokens knows no server but api.github.com; without it Octokit's is taken.
  ...(options.auth === undefined ? {} : { auth: Object.fromEntries(Object.entries(options.auth).filter(([name]) => name !== "request")) }),
}));

export async function openProbot(options: {
  readonly credentials: AppCredentials;
  /** Without a final slash. */
  readonly githubApiUrl: string;
  readonly log: Logger;
  readonly fetch: typeof globalThis.fetch;
}): Promise<GitHubApp> {
  const { credentials, githubApiUrl, log, fetch } = options;
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: githubApiUrl,
    Octokit: PatientOctokit,
    log,
    request: { fetch },
  });
  await probot.ready();
  const asApp = await probot.auth();
  const forgotten = new Set<number>();
  return {
    probot,
    appRequest: asApp.request,
    forgetToken: (installationId) => void forgotten.add(installationId),
    async installationRequest(installationId) {
      const octokit = await probot.auth(installationId);
      return async (route, parameters) => {
        // Octokit would keep a token that was revoked, and be refused with it for the rest of the hour.
        if (forgotten.delete(installationId)) await octokit.auth({ type: "installation", refresh: true });
        try {
          return await octokit.request(route, parameters);
        } catch (error) {
          if (error instanceof Error && "status" in error && error.status === 401) forgotten.add(installationId);
          throw error;
        }
      };
    },
  };
}
