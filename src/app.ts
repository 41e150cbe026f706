// The app: which events wake which repository. An event says that something changed, never what: its content is
// not read beyond two numbers, so a late, doubled, replayed or renamed delivery costs a look and decides nothing.
import { z } from "zod";
import type { Key } from "./wake/types.ts";
import type { Logger } from "./web/log.ts";

/** The repositories an event is about: the one it names, those it lists in a field, or none. */
type About = "repository" | "repositories" | "repositories_added";
type Rule = {
  readonly about: About;
  /** Null: every action, and events that have none. */
  readonly actions: readonly string[] | null;
  /** GitHub sends events about the installation to every app; the others are subscribed to in app.yml. */
  readonly isSubscribed: boolean;
};

const everyAction: Rule = { about: "repository", actions: null, isSubscribed: true };

/**
 * Who belongs to a team has an event, too, but that names an organization and no repository: the sweep finds what it changes.
 */
export const WAKING_EVENTS = {
  push: everyAction,
  create: everyAction,
  delete: everyAction,
  pull_request: everyAction,
  pull_request_review: everyAction,
  issue_comment: everyAction,
  issues: everyAction,
  label: everyAction,
  milestone: everyAction,
  release: everyAction,
  repository: everyAction,
  check_run: everyAction,
  check_suite: everyAction,
  workflow_run: everyAction,
  status: everyAction,
  // Deleted and suspended wake nobody: there is nobody left to work for.
  installation: { about: "repositories", actions: ["created", "unsuspend", "new_permissions_accepted"], isSubscribed: false },
  installation_repositories: { about: "repositories_added", actions: ["added"], isSubscribed: false },
} as const satisfies Readonly<Record<string, Rule>>;

export type WakingEvent = keyof typeof WAKING_EVENTS;

function isWaking(event: string): event is WakingEvent {
  return Object.hasOwn(WAKING_EVENTS, event);
}

/** Whom GitHub says the app is. The login is `slug[bot]`; null until GitHub was asked. */
export type Self = { readonly appId: number; readonly login: string | null };

/** What GitHub signed. The event is a name without a signature, so anything may stand there. */
type Delivery = { readonly id: string; readonly event: string; readonly payload: object };

/**
 * What keeps a delivery. Resolves when every key that it wakes is on disk, with how many those are, and rejects when one is
 * not, so that GitHub learns it.
 */
export type Keep = (delivery: Delivery) => Promise<number>;

export function wakeOnDeliveries(wake: (key: Key) => Promise<void>, self: () => Self, log: Pick<Logger, "debug">): Keep {
  return async ({ id, event, payload }) => {
    if (!isWaking(event)) return 0;
    const keys = keysOf(event, payload, self());
    if (keys === null) log.debug({ event, delivery: id }, "a delivery without the numbers of installation and repository was ignored");
    await Promise.all((keys ?? []).map(wake));
    return keys?.length ?? 0;
  };
}

const numbered = z.object({ id: z.int().positive() });
const listed = z.array(numbered).default([]);
const Woken = z.object({ installation: numbered, action: z.string().optional(), sender: z.object({ login: z.string() }).optional() });
const Abouts = {
  repository: z.object({ repository: numbered }).transform(({ repository }) => [repository]),
  repositories: z.object({ repositories: listed }).transform(({ repositories }) => repositories),
  repositories_added: z.object({ repositories_added: listed }).transform(({ repositories_added }) => repositories_added),
} as const satisfies Record<About, z.ZodType<{ id: number }[]>>;

/** The keys that a delivery wakes; null when it lacks the numbers they are made of. */
export function keysOf(event: WakingEvent, payload: unknown, self: Self): readonly Key[] | null {
  const rule: Rule = WAKING_EVENTS[event];
  const delivery = Woken.safeParse(payload);
  if (!delivery.success) return null;
  const { installation, action = null, sender } = delivery.data;
  if (rule.actions !== null && (action === null || !rule.actions.includes(action))) return [];
  const repositories = Abouts[rule.about].safeParse(payload);
  if (!repositories.success) return null;
  if (isEcho(event, action, payload, sender?.login ?? null, self)) return [];
  return repositories.data.map(({ id }) => `${installation.id}/${id}`);
}

const ofCheck = z.object({ app: z.object({ id: z.int() }) });
const CheckDelivery = z.object({ check_run: ofCheck }).or(z.object({ check_suite: ofCheck }));

/**
 * Whether the app would hear itself. Only an optimisation: the worker looks again after its own writes anyway.
 * A run that the app started carries the app as its sender from beginning to end, and how it ends is news.
 * The sender of a check is whoever pushed the commit, so the checks of others on the app's own commits carry the app's
 * login: for checks it is the check's app that counts, and a person's click on the app's own check is no echo.
 */
function isEcho(event: WakingEvent, action: string | null, payload: unknown, sender: string | null, self: Self): boolean {
  if (event === "workflow_run") return false;
  if (event !== "check_run" && event !== "check_suite") return sender !== null && sender === self.login;
  const check = CheckDelivery.safeParse(payload);
  if (!check.success) return false;
  const { app } = "check_run" in check.data ? check.data.check_run : check.data.check_suite;
  return app.id === self.appId && (action === "created" || action === "completed");
}
