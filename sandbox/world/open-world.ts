// An empty world and its clock.
import type { Milliseconds, World } from "./types.ts";

const START = Date.UTC(2026, 0, 1);
const A_WRITE_MS = 1000;

export type OpenWorld = {
  readonly world: World;
  readonly advance: (ms: Milliseconds) => void;
  /** Once it is known where the stand-in listens. */
  readonly moveTo: (url: string) => void;
};

/** A manual clock stands still but for `advance` and for one second each write; a real one is only set forwards. */
export const openWorld = (clock: "real" | "manual", address: string, limits: World["limits"] = "counted"): OpenWorld => {
  let url = address;
  let lastId = 0;
  let ahead = 0;
  const advance = (ms: Milliseconds): void => {
    ahead += ms;
  };
  const world: World = {
    get url() {
      return url;
    },
    limits,
    now: () => (clock === "manual" ? START : Date.now()) + ahead,
    users: new Map(),
    apps: new Map(),
    installations: new Map(),
    teams: new Map(),
    repositories: new Map(),
    moved: new Map(),
    tokens: new Map(),
    signingKeys: [],
    deliveries: [],
    requests: [],
    unknownRoutes: [],
    unknownFields: [],
    manifestCodes: new Map(),
    nextId: () => (lastId += 1),
    tick: () => {
      if (clock === "manual") advance(A_WRITE_MS);
    },
  };
  return {
    world,
    advance,
    moveTo: (to) => {
      url = to;
    },
  };
};
