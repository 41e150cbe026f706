// Who may import whom (ARCHITECTURE.md, "The house"). Every rule is an error; none has exceptions.
// Tests sit beside the pure code and may also import fast-check and a second opinion, so they are told apart by name.
const TEST = "\\.test\\.ts$";
const only = (name, comment, path, allowed, extra = {}) => ({
  name,
  comment,
  severity: "error",
  from: { path, pathNot: TEST },
  to: { pathNot: allowed, ...extra },
});

/** npm packages that compute and nothing else: no file, no network, no clock. */
const PURE_LIBRARIES = [
  "conventional-commits-parser",
  "conventional-changelog-conventionalcommits",
  "jsonc-parser",
  "picomatch",
  "re2js",
  "semver",
  "toml-eslint-parser",
  "yaml",
].map((name) => `^node_modules/(@types/)?${name}/`);

module.exports = {
  forbidden: [
    { name: "no-cycles", comment: "A circle has no first thing to understand.", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    only("model-imports-nothing", "model/ holds nouns.", "^src/model/", "^src/model/"),
    only("playbook-imports", "playbook/ reads text into the model.", "^src/playbook/", [
      "^src/(playbook|model)/",
      "^node_modules/(yaml|zod|picomatch|@types/picomatch|re2js|semver|@types/semver)/",
    ]),
    only("decide-imports", "decide/ is pure: the model and libraries that only compute.", "^src/decide/", ["^src/(decide|model)/", ...PURE_LIBRARIES]),
    only("observe-imports", "observe/ turns the world into a snapshot.", "^src/observe/", ["^src/(observe|model)/", "^node_modules/@octokit/"], {
      dependencyTypesNot: ["core"],
    }),
    {
      name: "reconcile-takes-the-world",
      comment: "reconcile.ts gets its observer as an argument.",
      severity: "error",
      from: { path: "^src/reconcile\\.ts$" },
      to: { path: "^src/(observe|act|wake|web|cli)/" },
    },
    { name: "main-is-imported-by-none", severity: "error", from: {}, to: { path: "^src/(main|cli/main)\\.ts$" } },
    { name: "src-knows-no-test", severity: "error", from: { path: "^src/", pathNot: TEST }, to: { path: "^(sandbox|test|bench|scripts)/" } },
    {
      name: "parts-do-not-know-each-other",
      comment: "Updaters are parts: only their index knows them all.",
      severity: "error",
      from: { path: "^src/decide/files/(yaml|json|toml|regex|marker)\\.ts$" },
      to: { path: "^src/decide/files/(yaml|json|toml|regex|marker|index)\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    builtInModules: { add: [] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
    cache: { folder: ".cache/depcruise", strategy: "content" },
  },
};
