// Commands to copy: the button needs the script and is hidden without it.
import { html, type Html } from "../html.ts";

export function copyable(lines: readonly string[]): Html {
  const text = lines.join("\n");
  return html`<div class="copyable">
    <pre tabindex="0"><code>${text}</code></pre>
    <button type="button" class="button copy" data-copy="${text}" aria-label="Copy ${text}">Copy</button>
  </div>`;
}
