// The end of the process: asked once it finishes what it does, asked twice it stops at once.
import type { Logger } from "./log.ts";

/** How the process hears and dies; the real one is `process`. */
export type Mortal = {
  readonly once: (signal: "SIGTERM" | "SIGINT", listener: () => void) => unknown;
  readonly exit: (code: number) => void;
};

/**
 * The first SIGTERM or SIGINT runs `stop` and exits 0, or 1 when that fails. A second exits 1 at once: nothing is lost by
 * it, because a lease that nobody extends runs out and its key is taken again.
 */
export function stopOnSignals(stop: () => Promise<void>, log: Logger, mortal: Mortal = process): void {
  let isStopping = false;
  const hear = (signal: "SIGTERM" | "SIGINT") => {
    mortal.once(signal, () => {
      if (isStopping) {
        mortal.exit(1);
        return;
      }
      isStopping = true;
      hear(signal);
      log.info({ signal }, "stopping");
      stop().then(
        () => mortal.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "stopping failed");
          mortal.exit(1);
        },
      );
    });
  };
  hear("SIGTERM");
  hear("SIGINT");
}
