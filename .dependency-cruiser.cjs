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
  "@noble/hashes",
  "jsonc-parser",
  "picomatch",
  "re2js",
  "semver",
  "temporal-polyfill",
  "toml-eslint-parser",
  "yaml",
].map((name) => `^node_modules/(@types/)?${name}/`);

const KINDS = "check|approval|evidence|no-open-issues|pull-request-labels|paths-together|forbid|require-yaml|freeze";

module.exports = {
  forbidden: [
    { name: "no-cycles", comment: "A circle has no first thing to understand.", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    only("model-imports-nothing", "model/ holds nouns.", "^src/model/", "^src/model/"),
    only("playbook-imports", "playbook/ reads text into the model.", "^src/playbook/", [
      "^src/(playbook|model)/",
      "^node_modules/(yaml|zod|picomatch|@types/picomatch|re2js|semver|@types/semver|temporal-polyfill)/",
    ]),
    only("decide-imports", "decide/ is pure: the model and libraries that only compute.", "^src/decide/", ["^src/(decide|model)/", ...PURE_LIBRARIES]),
    only(
      "observe-git-imports",
      "observe/git turns a local repository into a snapshot: Node and the model.",
      "^src/observe/git/",
      ["^src/(observe/git|model)/", "^src/observe/graph\\.ts$"],
      {
        dependencyTypesNot: ["core"],
      },
    ),
    only("observe-github-imports", "observe/github reads through the client that it is given.", "^src/observe/github/", [
      "^src/(observe/github|model)/",
      "^src/observe/graph\\.ts$",
      "^src/github/(types|errors)\\.ts$",
      "^node_modules/fflate/",
    ]),
    only("act-imports", "act/ writes through the client that it is given.", "^src/act/(?!signing/)", ["^src/(act|model)/", "^src/github/(types|errors)\\.ts$"]),
    only("signing-imports", "act/signing holds the key: it computes, and knows nobody who could send it anywhere.", "^src/act/signing/", [
      "^src/(act/signing|model)/",
      "^node_modules/openpgp/",
      "^(node:)?crypto$",
    ]),
    only("github-imports", "github/ is the one way to GitHub; of the rest it knows the model and the clock.", "^src/github/", [
      "^src/(github|model)/",
      "^src/wake/clock\\.ts$",
    ]),
    only(
      "wake-imports",
      "wake/ knows keys, never what is done for them.",
      "^src/wake/",
      ["^src/(wake|model)/", "^src/github/types\\.ts$", "^node_modules/(zod|pg)/"],
      {
        dependencyTypesNot: ["core"],
      },
    ),
    {
      name: "reconcile-takes-the-world",
      comment: "reconcile.ts gets its world as an argument.",
      severity: "error",
      from: { path: "^src/reconcile\\.ts$" },
      to: { path: "^src/(observe|act|wake|web|cli|github)/" },
    },
    {
      name: "the-core-knows-no-server",
      comment: "A reconcile needs no long-lived process: only the wiring knows door and queue.",
      severity: "error",
      from: { path: "^src/((model|playbook|decide|observe|act|github)/|reconcile\\.ts)", pathNot: TEST },
      to: { path: "^src/(web|settings|app|main|start-)" },
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
    {
      name: "gates-do-not-know-each-other",
      comment: "A gate is a file and a line in the index.",
      severity: "error",
      from: { path: `^src/decide/gates/(${KINDS})\\.ts$` },
      to: { path: `^src/decide/gates/(${KINDS}|index)\\.ts$` },
    },
    {
      name: "commands-do-not-know-each-other",
      comment: "A command is a file and a line in the index.",
      severity: "error",
      from: { path: "^src/decide/commands/verbs/", pathNot: TEST },
      to: { path: "^src/decide/commands/(verbs/|index\\.ts$)" },
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
