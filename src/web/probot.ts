// Probot as this app uses it: authentication as the app and as an installation, with tokens cached, and the registry of
// webhook handlers. Its server, set-up pages and log are not used, its retries and its pacing are switched off.
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import type { AppCredentials } from "../environment.ts";

/** Octokit's request function: authenticated, relative to the API's address. */
export type OctokitRequest = ProbotOctokit["request"];

export type GitHubApp = {
  readonly probot: Probot;
  /** As the app itself (JWT), for routes below `/app`. */
  readonly appRequest: OctokitRequest;
  /** As one installation. Its token is minted with the first request and kept for 59 minutes. */
  readonly installationRequest: (installationId: number) => Promise<OctokitRequest>;
};

/**
 * Retrying and pacing are done where a write can be told from a read. Probot's own retry sends a POST again after a 502:
 * two dispatches instead of one. Only the function form of `defaults` reaches the plugins; the object form has no effect,
 * because Probot's own defaults are merged over it.
 */
const PatientOctokit = ProbotOctokit.defaults((options: object) => ({ ...options, retry: { enabled: false }, throttle: { enabled: false } }));

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
  return { probot, appRequest: asApp.request, installationRequest: async (installationId) => (await probot.auth(installationId)).request };
}
