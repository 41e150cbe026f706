// Property tests run on one fixed seed, so that a build never fails for what nobody changed. `npm run fuzz` takes fresh
// seeds and more runs to look for what is not known yet; what it finds becomes a row of a table.
import fc from "fast-check";

const { FUZZ_RUNS: runs } = process.env;
fc.configureGlobal(runs === undefined ? { seed: 20_261_121 } : { numRuns: Number(runs) });
