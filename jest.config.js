// As it runs where it serves. Elsewhere `graphql`, which the stand-in answers with, asks of every value whether another copy of
// itself made it: a sixth of the time of a story.
process.env.NODE_ENV = "production";

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/src", "<rootDir>/sandbox", "<rootDir>/test"],
  setupFilesAfterEnv: ["<rootDir>/test/fuzz.ts"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2024" }, module: { type: "es6" } }],
  },
  cacheDirectory: "<rootDir>/.cache/jest",
  // Both cores: by default one would rest. A slow machine is no failure: the limit only ends what hangs.
  maxWorkers: "100%",
  // Starting git takes the longer the larger the process is that starts it.
  workerIdleMemoryLimit: "800MB",
  testTimeout: 120_000,
  reporters: ["default", "<rootDir>/scripts/count-tests.js"],
};
