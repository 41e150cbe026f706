// What the person who sets the app up sees.
import { APP_PERMISSIONS } from "../github/permissions.ts";
import { html, page } from "./page.ts";

export function askPage(options: { readonly target: string; readonly manifest: object; readonly token: string; readonly organization: string | null }): string {
  const { target, manifest, token, organization } = options;
  const rows = Object.entries(APP_PERMISSIONS).map(
    ([name, { access, because }]) =>
      html`<tr>
        <th scope="row"><code>${name}: ${access}</code></th>
        <td>${because}</td>
      </tr> `,
  );
  return page(
    "Set up Release Steward",
    html`<h1>Register the app on GitHub</h1>
      <p>
        GitHub will show the app's name, which you can change, and ask you to confirm. It then sends the credentials to this server, which keeps them in a file
        that only its own account can read.
      </p>
      <form method="post" action="${target}">
        <input type="hidden" name="manifest" value="${JSON.stringify(manifest)}" />
        <button>Register ${organization === null ? "for my account" : `for ${organization}`}</button>
      </form>
      <form method="get" action="/">
        <input type="hidden" name="token" value="${token}" />
        <p>
          <label>For an organization: <input name="organization" value="${organization ?? ""}" autocomplete="off" /></label>
          <button class="quiet">Choose</button>
        </p>
      </form>
      <h2>What it asks for</h2>
      <table>
        ${rows}
      </table>`,
  );
}

export function donePage({ installAt, file }: { readonly installAt: string; readonly file: string }): string {
  return page(
    "Release Steward is registered",
    html`<h1>Registered</h1>
      <p>
        The credentials are in <code>${file}</code>. Keep a copy where you keep secrets. This server is starting to work with them; nothing has to be restarted.
      </p>
      <p>Next: <a href="${installAt}">install the app</a> on the repositories it should release.</p>`,
  );
}
