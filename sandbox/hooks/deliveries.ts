// From what happened to the apps that hear of it: one queue for each app, in order, without a second attempt unless asked.
import { randomUUID } from "node:crypto";
import { covers } from "../world/access.ts";
import { type Emit, onlyReceiver } from "../world/events.ts";
import type { App, Delivery, Installation, Repository, Team, User, World } from "../world/types.ts";
import { mayHear } from "./event-permissions.ts";
import { envelope, type InstallationAction, installationWebhook, membershipWebhook, repositoriesWebhooks, teamCreatedWebhook } from "./envelope.ts";
import { eventName, type Webhook, webhookOf } from "./payloads.ts";
import { headersOf, post } from "./send.ts";

export type Send = (delivery: Delivery, headers: Readonly<Record<string, string>>) => Promise<number>;
export type Deliveries = {
  readonly emit: Emit;
  readonly installationChanged: (installation: Installation, action: InstallationAction) => void;
  readonly repositoryAdded: (repository: Repository) => void;
  readonly repositoriesChanged: (installation: Installation, added: readonly Repository[], removed: readonly Repository[]) => void;
  readonly teamCreated: (team: Team) => void;
  readonly memberChanged: (team: Team, member: User, action: "added" | "removed") => void;
  /** The same body and GUID once more. Resolves when it was answered. */
  readonly redeliver: (delivery: Delivery) => Promise<void>;
  /** Resolves when every delivery so far was answered. */
  readonly delivered: () => Promise<void>;
};

const hears = (installation: Installation, event: string): boolean =>
  installation.suspendedAt === null && installation.app.webhook !== null && installation.app.events.includes(event) && mayHear(installation.permissions, event);

/** `watch` is told of every payload as it is sent. Status 0 stands for a receiver that was not reached. */
export const openDeliveries = (world: World, send: Send = post, watch: (webhook: Webhook) => void = () => {}): Deliveries => {
  const tails = new Map<App, Promise<void>>();

  const carry = async (delivery: Delivery): Promise<void> => {
    const startedAt = performance.now();
    delivery.status = await send(delivery, headersOf(delivery)).catch(() => 0);
    delivery.tookMs = performance.now() - startedAt;
  };
  const enqueue = (delivery: Delivery): Promise<void> => {
    world.deliveries.push(delivery);
    const turn = (tails.get(delivery.app) ?? Promise.resolve()).then(() => carry(delivery));
    tails.set(delivery.app, turn);
    return turn;
  };
  const dispatch = (webhook: Webhook, payload: object, installation: Installation, repository: Repository | null): void => {
    watch({ ...webhook, payload });
    void enqueue({
      id: world.nextId(),
      guid: randomUUID(),
      app: installation.app,
      event: webhook.event,
      action: webhook.action,
      repository,
      installation,
      body: JSON.stringify(payload),
      at: world.now(),
      isRedelivery: false,
      status: null,
      tookMs: null,
    });
  };

  const repositoriesChanged: Deliveries["repositoriesChanged"] = (installation, added, removed) => {
    if (installation.app.webhook === null || installation.suspendedAt !== null) return;
    for (const webhook of repositoriesWebhooks(world, installation, added, removed)) dispatch(webhook, webhook.payload, installation, null);
  };

  /** Who had the app on the old owner loses it, who has it on the new one gets it. */
  const tellOfTransfer = (repository: Repository, from: User): void => {
    for (const installation of world.installations.values()) {
      if (covers({ ...installation, account: repository.owner }, repository) && installation.account.login === from.login) {
        installation.only = installation.only?.filter((id) => id !== repository.id) ?? null;
        repositoriesChanged(installation, [], [repository]);
      } else if (covers(installation, repository)) repositoriesChanged(installation, [repository], []);
    }
  };

  const tellOrganization = ({ organization }: Team, event: string, webhookFor: (installation: Installation) => Webhook): void => {
    for (const installation of world.installations.values()) {
      if (installation.account !== organization || !hears(installation, event)) continue;
      const webhook = webhookFor(installation);
      dispatch(webhook, webhook.payload, installation, null);
    }
  };

  return {
    async emit(repository, actor, event) {
      if (event.is === "repository" && event.action === "transferred") tellOfTransfer(repository, event.from);
      const only = onlyReceiver(event);
      const receivers = [...world.installations.values()].filter(
        (installation) => covers(installation, repository) && hears(installation, eventName(event)) && (only === null || installation.app === only),
      );
      if (receivers.length === 0) return;
      const webhook = await webhookOf(world, repository, actor, event);
      for (const installation of receivers) dispatch(webhook, envelope(world, webhook, repository, actor.user, installation), installation, repository);
    },
    installationChanged(installation, action) {
      if (installation.app.webhook === null) return;
      const webhook = installationWebhook(world, installation, action);
      dispatch(webhook, webhook.payload, installation, null);
    },
    repositoryAdded(repository) {
      for (const installation of world.installations.values()) if (covers(installation, repository)) repositoriesChanged(installation, [repository], []);
    },
    repositoriesChanged,
    teamCreated(team) {
      tellOrganization(team, "team", (installation) => teamCreatedWebhook(world, installation, team));
    },
    memberChanged(team, member, action) {
      tellOrganization(team, "membership", (installation) => membershipWebhook(world, installation, team, member, action));
    },
    redeliver: (delivery) => enqueue({ ...delivery, id: world.nextId(), at: world.now(), isRedelivery: true, status: null, tookMs: null }),
    async delivered() {
      let before: readonly Promise<void>[] = [];
      let now = [...tails.values()];
      // A receiver may do things that raise more.
      while (now.some((tail, index) => tail !== before[index])) {
        await Promise.all(now);
        before = now;
        now = [...tails.values()];
      }
    },
  };
};
