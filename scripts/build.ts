// Builds `dist/`: one file a command with its libraries inside, so that it starts in a fraction of the time that a hundred
// modules take, and runs without node_modules. `node scripts/build.ts DIR` builds elsewhere.
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const [out = join(root, "dist")] = process.argv.slice(2);
rmSync(out, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ["src/cli/main.ts"],
  outdir: join(out, "cli"),
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node24",
  // jsonc-parser's `main` can't be bundled, its `module` can.
  mainFields: ["module", "main"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  chunkNames: "chunks/[name]-[hash]",
  // What the CommonJS packages among them need of Node.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: "warning",
});
chmodSync(join(out, "cli/main.js"), 0o755);
