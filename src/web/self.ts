// Who the app is on GitHub. Asked when it is first needed and until it is answered; what was answered never changes.
import { z } from "zod";
import type { Self } from "../app.ts";
import type { GitHub } from "../github/types.ts";
import type { App } from "../observe/github/index.ts";
import type { Logger } from "./log.ts";

const Answer = z.object({ slug: z.string().min(1) });
const User = z.object({ id: z.int().positive() });

export type Identity = {
  /** As far as it is known; until then the app hears itself, which costs a look and decides nothing. */
  readonly known: () => Self;
  /** The whole of it, asked as an installation. @throws as the client does */
  readonly of: (asInstallation: Pick<GitHub, "rest">) => Promise<App>;
};

/** Asks in the background at once; a refusal is logged with what to do, because then nothing else will work either. */
export function learnIdentity(asApp: Pick<GitHub, "rest">, appId: number, log: Logger): Identity {
  let login: string | null = null;
  const ask = once(async () => (login = `${Answer.parse((await asApp.rest("GET /app", {})).data).slug}[bot]`));
  const askWhole = once(async (asInstallation: Pick<GitHub, "rest">): Promise<App> => {
    const name = await ask();
    const { data } = await asInstallation.rest("GET /users/{username}", { username: name });
    return { id: appId, login: name, userId: User.parse(data).id, signs: null };
  });
  ask().catch((error: unknown) => {
    log.error(
      { err: error, hint: "APP_ID and PRIVATE_KEY must belong together, and this machine's clock must be right" },
      "GitHub does not say who the app is",
    );
  });
  return {
    known: () => ({ appId, login }),
    of: askWhole,
  };
}

/** Whoever asks meanwhile waits for the same answer. A failure is none: it is asked again. */
function once<Arguments extends unknown[], Answer>(ask: (...from: Arguments) => Promise<Answer>): (...from: Arguments) => Promise<Answer> {
  let answer: Promise<Answer> | null = null;
  return (...from) => {
    answer ??= ask(...from).catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}
