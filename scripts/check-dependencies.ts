// What we install is what was looked at: every package comes from the registry with the hash that the lockfile names, runs
// no script of its own unless package.json names it, and what goes into the product has a licence that we may pass on.
// Run by `npm test`; prints every problem and ends with exit code 1 when there is one.
import { readFileSync } from "node:fs";
import { z } from "zod";

const REGISTRY = "https://registry.npmjs.org/";

/** Licences that ask for no more than to be named; `legalComments` of the build keeps the names. */
const LICENCES = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0"]);

/** Packages of the product with another licence, and why they are there all the same. */
const EXCEPTIONS: Readonly<Record<string, { readonly licence: string; readonly because: string }>> = {
  openpgp: {
    licence: "LGPL-3.0+",
    because:
      "makes OpenPGP signatures of tags, which no other kept library does; it is used unchanged, and whoever builds the app can put another version in its place",
  },
};

const Package = z.object({
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  license: z.string().optional(),
});
const Lockfile = z.object({ packages: z.record(z.string(), Package) });
const Manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()).default({}) });
type Installed = z.infer<typeof Package> & { readonly name: string; readonly path: string };

const problems = [...problemsIn("."), ...problemsIn("bench")];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsIn(folder: string): readonly string[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../${folder}/${file}`, import.meta.url), "utf8"));
  const packages = Object.entries(Lockfile.parse(read("package-lock.json")).packages)
    .filter(([path]) => path !== "")
    .map(([path, found]): Installed => ({ ...found, path, name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length) }));
  const named = new Set(Object.keys(Manifest.parse(read("package.json")).allowScripts));
  const withScript = new Set(packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
  return [
    ...packages.flatMap(originProblems),
    ...[...withScript]
      .filter((name) => !named.has(name))
      .map((name) => `${name} brings an install script: say in "allowScripts" of package.json whether it may run`),
    ...[...named]
      .filter((name) => !withScript.has(name))
      .map((name) => `${name} has no install script any more: take it out of "allowScripts" of package.json`),
    // Nothing of the bench is passed on.
    ...(folder === "." ? packages.filter(({ dev }) => !dev).flatMap(licenceProblems) : []),
  ].map((problem) => `${folder}/package-lock.json: ${problem}`);
}

function originProblems({ path, link, resolved, integrity }: Installed): readonly string[] {
  if (link || (resolved !== undefined && !resolved.startsWith(REGISTRY))) return [`${path} does not come from the registry: ${resolved ?? "a link"}`];
  // Without an address npm takes the registry's.
  return integrity?.startsWith("sha512-") === true ? [] : [`${path} has no sha512 hash`];
}

function licenceProblems({ name, path, license = "none that it names" }: Installed): readonly string[] {
  if (license.split(" OR ").some((one) => LICENCES.has(one)) || EXCEPTIONS[name]?.licence === license) return [];
  return [`${path} goes into the product under ${license}: take another package, or name it in scripts/check-dependencies.ts with a reason`];
}
