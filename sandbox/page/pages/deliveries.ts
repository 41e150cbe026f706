// Webhooks as they were sent, what came back, and a button to send one again.
import type { Delivery } from "../../world/types.ts";
import { repositoryPath } from "../addresses.ts";
import { found } from "../find.ts";
import { pressForm } from "../form.ts";
import { html, type Html } from "../html.ts";
import { clockTime, duration } from "../moments.ts";
import { badge } from "../parts/badge.ts";
import { portionOf } from "../parts/portion.ts";
import type { FormAction, Page, Submission, Visit } from "../visit.ts";

const PAGE_SIZE = 30;
const REDELIVER: FormAction = async (submission) => {
  const delivery = found(deliveriesOf(submission).find(({ id }) => String(id) === submission.fields.get("subject")));
  await submission.standIn.redeliver(delivery);
  return `${repositoryPath(submission.repository)}/deliveries`;
};

export const deliveries: Page = {
  path: /^\/deliveries$/u,
  show: async (visit) => {
    const all = deliveriesOf(visit);
    const { items, links } = portionOf(all.toReversed(), visit.url, PAGE_SIZE);
    const failed = all.filter(({ status }) => status !== null && !isSuccess(status)).length;
    const main = html`<h1>Webhook deliveries</h1>
      <p class="quiet">${all.length} sent, ${failed} refused or lost. GitHub does not send a lost one again by itself; neither does this stand-in.</p>
      ${
        items.length === 0
          ? html`<p class="quiet">None yet: no app is installed here, or nothing has happened.</p>`
          : html`<ul class="rows card">
              ${items.map((delivery) => line(visit, delivery))}
            </ul>`
      }
      ${links}`;
    return Promise.resolve({ title: "Webhook deliveries", tab: "deliveries", main });
  },
  forms: { redeliver: REDELIVER },
};

function deliveriesOf({ standIn, repository }: Visit | Submission): readonly Delivery[] {
  return standIn.world.deliveries.filter((delivery) => delivery.repository === null || delivery.repository === repository);
}

function line(visit: Visit, delivery: Delivery): Html {
  return html`<li id="delivery-${delivery.id}">
    <details id="payload-${delivery.id}">
      <summary class="row">
        ${outcome(delivery)} <strong>${delivery.event}</strong> <span>${delivery.action}</span> ${delivery.isRedelivery && badge("calm", "again")}
        <span class="grow quiet">to ${delivery.app.slug}</span>
        <span class="quiet">${delivery.tookMs !== null && `${duration(delivery.tookMs)} · `}${clockTime(delivery.at)}</span>
      </summary>
      <div class="pad">
        <p class="quiet">Delivery <code>${delivery.guid}</code></p>
        ${pressForm(visit, { does: "redeliver", subject: String(delivery.id) }, "Send again")}
        <pre class="payload" tabindex="0">${pretty(delivery.body)}</pre>
      </div>
    </details>
  </li>`;
}

function outcome({ status }: Delivery): Html {
  if (status === null) return badge("wait", "○ on its way");
  if (status === 0) return badge("bad", "✗ not reached");
  return isSuccess(status) ? badge("good", `✓ ${status}`) : badge("bad", `✗ ${status}`);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
