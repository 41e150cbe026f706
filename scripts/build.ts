// Builds `dist/`: the command line and the app, each with its libraries inside, so that it starts in a fraction of the time
// that a hundred modules take, and runs without node_modules. `node scripts/build.ts DIR` builds elsewhere.
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BuildOptions } from "esbuild";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const [out = join(root, "dist")] = process.argv.slice(2);
rmSync(out, { recursive: true, force: true });
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node24",
  // jsonc-parser's `main` can't be bundled, its `module` can.
  mainFields: ["module", "main"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  // A driver in C that pg would use if it were there.
  external: ["pg-native"],
  // What the CommonJS packages among them need of Node.
  banner: {
    js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
  },
  logLevel: "warning",
} as const satisfies BuildOptions;
for (const [entry, outdir] of [
  ["src/cli/main.ts", join(out, "cli")],
  ["src/main.ts", out],
] as const) {
  await build({ ...common, entryPoints: [entry], outdir, splitting: true, chunkNames: "chunks/[name]-[hash]" });
}
chmodSync(join(out, "cli/main.js"), 0o755);
