// What clients asked of the API: every request, how many they were, and what GitHub's hourly limit would leave.
import type { Request } from "../../world/types.ts";
import { repositoryPath } from "../addresses.ts";
import { html, joined, type Html } from "../html.ts";
import { clockTime, duration } from "../moments.ts";
import { badge } from "../parts/badge.ts";
import { portionOf } from "../parts/portion.ts";
import type { Page } from "../visit.ts";

const PAGE_SIZE = 100;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Of one installation, REST: GitHub's documented primary limit. */
const HOURLY_LIMIT = 5000;

type Counts = { readonly total: number; readonly writes: number; readonly lastMinute: number; readonly remaining: number };

/** Counts of one actor's requests. Answers of 304 cost nothing. */
function countsOf(requests: readonly Request[], now: number): Counts {
  const charged = requests.filter(({ at, status }) => now - at < HOUR_MS && status !== 304).length;
  return {
    total: requests.length,
    writes: requests.filter(({ isWrite }) => isWrite).length,
    lastMinute: requests.filter(({ at }) => now - at < MINUTE_MS).length,
    remaining: Math.max(0, HOURLY_LIMIT - charged),
  };
}

export const requests: Page = {
  path: /^\/requests$/u,
  show: async (visit) => {
    const { world } = visit.standIn;
    const actors = [...new Set(world.requests.map(({ actor }) => actor))].sort();
    const chosen = visit.url.searchParams.get("actor");
    const { items, links } = portionOf(world.requests.filter(({ actor }) => chosen === null || actor === chosen).toReversed(), visit.url, PAGE_SIZE);
    const path = `${repositoryPath(visit.repository)}/requests`;
    const choices = [
      html`<a href="${path}" ${chosen === null && html`aria-current="page"`}>Everybody</a>`,
      ...actors.map(
        (actor) => html`<a href="${path}?${new URLSearchParams({ actor }).toString()}" ${chosen === actor && html`aria-current="page"`}>${nameOf(actor)}</a>`,
      ),
    ];
    const main = html`<h1>Requests to the API</h1>
      <p class="quiet">Of all repositories here: a GraphQL request names none.</p>
      ${table(
        actors.map((actor) => ({
          actor,
          ...countsOf(
            world.requests.filter((request) => request.actor === actor),
            world.now(),
          ),
        })),
      )}
      <nav class="together choices" aria-label="Whose requests">${joined(choices, " ")}</nav>
      ${lacks([...world.unknownRoutes, ...world.unknownFields])}
      ${
        items.length === 0
          ? html`<p class="quiet">None yet.</p>`
          : html`<ul class="rows card requests">
              ${items.map(line)}
            </ul>`
      }
      ${links}`;
    return Promise.resolve({ title: "Requests", tab: "requests", main });
  },
  forms: {},
};

/** What clients asked for and the stand-in has not: they were answered as GitHub answers what it does not know. */
function lacks(unknown: readonly string[]): Html {
  const names = [...new Set(unknown)].sort();
  const timesOf = (name: string): number => unknown.filter((one) => one === name).length;
  return html`${
    names.length > 0 &&
    html`<section class="card" id="unknown">
      <h2>Asked for, and not here</h2>
      <ul class="rows">
        ${names.map((name) => html`<li class="row"><code class="grow address">${name}</code> <span class="quiet">${timesOf(name)}</span></li>`)}
      </ul>
    </section>`
  }`;
}

/** Requests without a token have no actor. */
function nameOf(actor: string): string {
  return actor === "" ? "nobody" : actor;
}

function table(rows: readonly (Counts & { readonly actor: string })[]): Html {
  return html`<div class="card wide">
    <table class="counts-table">
      <thead>
        <tr>
          <th scope="col">who</th>
          <th scope="col">requests</th>
          <th scope="col">of them writes</th>
          <th scope="col">last minute</th>
          <th scope="col">left of ${HOURLY_LIMIT} an hour</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ actor, total, writes, lastMinute, remaining }) =>
            html`<tr>
              <th scope="row">${nameOf(actor)}</th>
              <td>${total}</td>
              <td>${writes}</td>
              <td>${lastMinute}</td>
              <td>${remaining}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function line(request: Request): Html {
  const isBad = request.status >= 400 || request.status === 0;
  return html`<li class="row" id="request-${request.id}">
    ${badge(isBad ? "bad" : "calm", `${isBad ? "✗ " : ""}${request.status}`)} <strong>${request.method}</strong>
    <code class="grow address">${request.graphql === null ? request.url : `GraphQL ${request.graphql}`}</code> ${request.isWrite && badge("wait", "write")}
    <span class="quiet">${nameOf(request.actor)} · ${duration(request.tookMs)} · ${clockTime(request.at)}</span>
  </li>`;
}
