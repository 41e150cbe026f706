// The app as GitHub is asked to register it: app.yml with the addresses of this server. Both come from the same tables.
import { APP_PERMISSIONS } from "../github/permissions.ts";
import { WAKING_EVENTS } from "../app.ts";
import { WEBHOOK_PATH } from "./deliveries.ts";

/** GitHub takes no longer name. */
const NAME_LENGTH_MAX = 34;

/**
 * GitHub's App manifest (docs, "Registering a GitHub App from a manifest").
 * @param publicUrl where GitHub reaches this server, without a final slash
 * @param redirectUrl where GitHub sends the person back to
 * @param organization whose app it will be; null for the person's own. Names are unique on GitHub, so it is added.
 */
export function manifest({ publicUrl, redirectUrl, organization }: { publicUrl: string; redirectUrl: string; organization: string | null }) {
  return {
    name: (organization === null ? "Release Steward" : `Release Steward ${organization}`).slice(0, NAME_LENGTH_MAX),
    description: "Carries a release from the first merged pull request to a verified production.",
    url: publicUrl,
    hook_attributes: { url: publicUrl + WEBHOOK_PATH, active: true },
    redirect_url: redirectUrl,
    public: false,
    default_permissions: Object.fromEntries(Object.entries(APP_PERMISSIONS).map(([name, { access }]) => [name, access])),
    default_events: Object.entries(WAKING_EVENTS).flatMap(([name, { isSubscribed }]) => (isSubscribed ? [name] : [])),
  };
}

/** The website that belongs to an API address: github.com, or an Enterprise Server's own. */
export function websiteOf(githubApiUrl: string): string {
  return githubApiUrl === "https://api.github.com" ? "https://github.com" : githubApiUrl.replace(/\/api\/v3$/, "");
}
