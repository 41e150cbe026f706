// What goes wrong, planned for a request or a commit that is still to come.
import type { Fault } from "../../sandbox/faults/spoil.ts";
import { perform } from "./deeds.ts";
import type { ApiFault, FaultDeed } from "./history.ts";
import type { Place, Scene } from "./scene.ts";

const STALE_MS = 60_000;
const WORDS: Readonly<Record<Exclude<ApiFault, string>, string>> = {
  403: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  404: "Not Found",
  409: "Conflict",
  422: "Validation Failed",
  429: "Too many requests",
  500: "Server Error",
  502: "Bad gateway",
};

function faultOf({ what, when }: Extract<FaultDeed, { readonly do: "fault" }>): Fault {
  if (what === "drop") return { is: "drop", when };
  if (what === "cut") return { is: "cut" };
  if (what === "stale") return { is: "stale", withinMs: STALE_MS };
  const headers = what === 403 || what === 429 ? { "retry-after": "60" } : {};
  return { is: "answer", when, status: what, message: WORDS[what], headers };
}

export function plan(scene: Scene, place: Place, deed: FaultDeed): void {
  const { standIn, atRequest, atCommit, mail, processes, startProcess, time } = scene;
  const { installation } = place;
  switch (deed.do) {
    case "fault":
      atRequest(deed.in, () => faultOf(deed));
      return;
    case "meanwhile":
      atRequest(deed.in, async () => {
        const before = place.written.length;
        await perform(scene, place, deed.deed);
        // GitHub compares no text before it writes one: what somebody writes between the app's look and its write is gone
        // until the app looks again.
        const unseen = place.written.splice(before);
        place.written.push(...unseen.map((one) => ({ ...one, isLookedFor: one.where === "body" ? ("end" as const) : one.isLookedFor })));
        return null;
      });
      return;
    case "kill":
      if (deed.at === "commit") atCommit(deed.in, deed.when);
      else
        atRequest(deed.in, () => {
          scene.killNow();
          return { is: "drop", when: deed.when };
        });
      return;
    case "mail":
      mail.next(deed.what, deed.count);
      return;
    case "second process":
      if (processes().filter((one) => one.isAlive()).length < 2) startProcess();
      return;
    case "freeze":
      atRequest(deed.in, () => {
        const running = processes().filter((one) => one.isAlive() && !one.isFrozen());
        // The last one that runs is not stopped: somebody has to go on.
        if (running.length > 1) running[0]?.freeze();
        return null;
      });
      return;
    case "thaw":
      for (const process of processes()) process.thaw();
      return;
    case "clock jumps":
      time.skew(deed.ms);
      return;
    case "tokens expire":
      for (const [text, { actor }] of standIn.world.tokens) if (actor.is === "installation") standIn.world.tokens.delete(text);
      return;
    case "suspend":
    case "unsuspend":
      installation.suspendedAt = deed.do === "suspend" ? time.now() : null;
      return;
  }
}
