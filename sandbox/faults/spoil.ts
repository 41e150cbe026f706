// What can go wrong with one request between a client and the stand-in, and how it is made to go wrong. Whether it does is
// said by whoever intercepts; here it only happens.

/** `before`: nothing was done. `after`: it was done, and the answer does not say so. */
export type When = "before" | "after";

export type Fault =
  /** The connection breaks. */
  | { readonly is: "drop"; readonly when: When }
  /** Another answer than the real one. `headers` beside the usual ones. */
  | { readonly is: "answer"; readonly when: When; readonly status: number; readonly message: string; readonly headers?: Readonly<Record<string, string>> }
  /** Half of the real answer, as if the connection had ended there. */
  | { readonly is: "cut" }
  /** What the same question was answered last, if that is not older; else the real answer. Writes are never answered so. */
  | { readonly is: "stale"; readonly withinMs: number };

/** A request as it is asked, before it is handled. */
type Intercepted = { readonly method: string; readonly path: string; readonly body: unknown; readonly isWrite: boolean };
export type Interceptor = (request: Intercepted) => Fault | ShortFault | null | Promise<Fault | ShortFault | null>;

/** The connection broke: what `fetch` throws then. */
export class Dropped extends TypeError {
  constructor() {
    super("fetch failed");
  }
}

type Spoiled = {
  /** Tells questions and who asks them apart: what one was answered is no answer to another. */
  readonly name: string;
  readonly isWrite: boolean;
  /** The answer of that status with the usual headers and these. */
  readonly refuse: (status: number, message: string, headers: Readonly<Record<string, string>>) => Response;
  readonly real: () => Promise<Response>;
};

/** An answer that was given, for `stale`. */
type Kept = { readonly at: number; readonly response: Response };

const KEPT_MAX = 200;

export type Spoil = {
  readonly answered: (fault: Fault | ShortFault | null, spoiled: Spoiled) => Promise<Response>;
  /** From now on answers are kept, so that they can be given again. */
  readonly keepAnswers: () => void;
};

/** @param now the stand-in's clock, in milliseconds */
export function openSpoil(now: () => number): Spoil {
  const kept = new Map<string, Kept>();
  let keeps = false;

  const asked = async ({ name, isWrite, real }: Spoiled): Promise<Response> => {
    const response = await real();
    if (!keeps || isWrite) return response;
    kept.delete(name);
    kept.set(name, { at: now(), response: response.clone() });
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    return response;
  };

  return {
    keepAnswers: () => void (keeps = true),
    async answered(said, spoiled) {
      const once = (): Promise<Response> => asked(spoiled);
      const fault = faultOf(said);
      switch (fault?.is) {
        case undefined:
          return await once();
        case "drop":
          if (fault.when === "after") await once();
          throw new Dropped();
        case "answer":
          if (fault.when === "after") await once();
          return spoiled.refuse(fault.status, fault.message, fault.headers ?? {});
        case "cut":
          return await half(await once());
        case "stale": {
          const before = kept.get(spoiled.name);
          return before !== undefined && before.at >= now() - fault.withinMs ? before.response.clone() : await once();
        }
      }
    },
  };
}

async function half(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length === 0) throw new Dropped();
  return new Response(bytes.slice(0, Math.floor(bytes.length / 2)), { status: response.status, headers: response.headers });
}

/** What a story says in short: an answer given before anything was done, or a connection that breaks. */
type ShortFault = "drop-before" | "drop-after" | { readonly status: number; readonly message: string; readonly headers?: Readonly<Record<string, string>> };

function faultOf(said: Fault | ShortFault | null): Fault | null {
  if (said === "drop-before") return { is: "drop", when: "before" };
  if (said === "drop-after") return { is: "drop", when: "after" };
  if (said === null || "is" in said) return said;
  return { is: "answer", when: "before", ...said };
}
