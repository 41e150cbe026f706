// The stand-in as tests and the sandbox command use it. One implementation: start.ts.
import type { Interceptor } from "./faults/spoil.ts";
import type { WorldEvent } from "./world/events.ts";
import type { Operations } from "./world/operations.ts";
import type { Access, Actor, App, Delivery, Installation, Milliseconds, Permission, Repository, Team, User, World } from "./world/types.ts";

export type StandIn = {
  readonly world: World;
  readonly operations: Operations;
  /** Every request goes through here, from the socket or from a test in the same process. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Listens on the loopback interface. Returns the address. */
  readonly listen: (port: number) => Promise<string>;
  /** Makes what the API can't: people, apps, installations, teams, repositories. */
  readonly addUser: (login: string, options?: { readonly type?: "User" | "Organization"; readonly name?: string }) => User;
  readonly addApp: (app: {
    readonly slug: string;
    readonly publicKey: string;
    readonly permissions: Readonly<Record<string, Access>>;
    readonly events: readonly string[];
    readonly webhook: { readonly url: string; readonly secret: string } | null;
  }) => App;
  /** On all repositories that the account has and will have, or only on those of these names. */
  readonly install: (app: App, account: string, options?: { readonly only?: readonly string[] }) => Installation;
  /** A team of an organization, with accounts as its members. It gives them no role: that is what `collaborators` is for. */
  readonly addTeam: (organization: string, slug: string, members: readonly string[]) => Team;
  /** Exactly these members afterwards; who may read members is told of each that came or went. */
  readonly setMembers: (team: Team, logins: readonly string[]) => void;
  /** Empty, or, on disk, a copy of the local repository at `from`: branches and tags. */
  readonly addRepository: (
    owner: string,
    name: string,
    options?: { readonly from?: string; readonly isPrivate?: boolean; readonly collaborators?: Readonly<Record<string, Permission>> },
  ) => Promise<Repository>;
  readonly actorFor: (login: string) => Actor;
  /** `github-actions[bot]` with the token of a run of that repository. What it does starts no workflows, but for the two dispatches. */
  readonly workflowActor: (repository: Repository) => Actor;
  /** From now on signatures of that key are verified as that person's: an armoured OpenPGP public key, or a line of `ssh-keygen`. */
  readonly registerSigningKey: (login: string, key: string) => void;
  /** A token of that person for git and the API. */
  readonly tokenFor: (login: string) => string;
  /** Takes a request that is none of the API's or git's: the pages. Null leaves it unanswered: 404. */
  readonly serve: (handler: (request: Request, url: URL) => Promise<Response | null>) => void;
  /** Moves the clock forwards; it never moves by itself when `clock` is "manual". */
  readonly advance: (ms: Milliseconds) => void;
  /** Resolves when every delivery so far was answered. */
  readonly delivered: () => Promise<void>;
  /** How deliveries leave: replaced in tests by a function in the same process. */
  readonly redeliver: (delivery: Delivery) => Promise<void>;
  /** Told of every webhook as it is sent and of every request with its answer, for contract checks. `path` is as it was sent: with `/api/v3` and its query. */
  readonly observe: (observer: {
    /** Whatever an operation did, whether somebody hears of it or not, and who did it. */
    readonly happened?: (repository: Repository, actor: Actor, event: WorldEvent) => void;
    readonly webhook?: (event: string, action: string | null, payload: unknown) => void;
    readonly exchange?: (
      request: { readonly method: string; readonly path: string; readonly body: unknown },
      response: { readonly status: number; readonly body: unknown },
    ) => void;
  }) => void;
  /** What goes wrong with a request to the API or git, said right before it is handled; null for nothing. */
  readonly intercept: (interceptor: Interceptor | null) => void;
  /** Answers are kept from now on, so that a stale one can be given. */
  readonly keepAnswers: () => void;
  readonly close: () => Promise<void>;
};

export type StandInOptions = {
  /** Where repositories are: "disk", when left out, for git's own clients; "memory" is many times faster, and serves only the API. */
  readonly git?: "disk" | "memory";
  /** Folder for the bare repositories on disk; a temporary one, removed on close, when left out. */
  readonly root?: string;
  /** "manual" starts at 2026-01-01T00:00:00Z and moves by `advance` and one second each write. */
  readonly clock: "real" | "manual";
  /** How webhooks are sent; an HTTP POST when left out. Returns the receiver's status. */
  readonly deliver?: (delivery: Delivery, headers: Readonly<Record<string, string>>) => Promise<number>;
};
