// Instants are numbers that the snapshot brings; no pure code reads a clock.

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number;
