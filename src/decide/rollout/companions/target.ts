// What a companion is for: a pull request that follows a release, in another repository or, for an environment's pin, in
// this one. Where it stands, on which branch, and which values it brings.
import type { Downstream, Environment, Place } from "../../../model/playbook.ts";
import type { ElsewhereAsked } from "../../../model/snapshot.ts";
import type { Bump } from "../../../model/version.ts";
import type { Where } from "../../files/yaml.ts";
import { ANYWHERE } from "../../files/yaml.ts";
import { filledFor, type ReleaseValues } from "../release-values.ts";

export type CompanionTarget =
  | { readonly is: "downstream"; readonly downstream: Downstream }
  /** Of an environment with a pin. */
  | { readonly is: "promotion"; readonly environment: Environment };

export type CompanionRelease = {
  /** Full name of the repository that is released. */
  readonly repository: string;
  /** `cavern 0.9.0`, or `v1.2.0` where the repository is one component. */
  readonly title: string;
  /** Its page. */
  readonly url: string;
  readonly values: ReleaseValues;
};

/** A value at a place of a file: the text that has to stand there, or by how much the version there is raised. */
export type Wish = { readonly file: string; readonly at: Place; readonly where: Where } & ({ readonly value: string } | { readonly bump: Bump });

/** Null when they need a candidate and there is none. */
export function wishesOf(target: CompanionTarget, { values }: CompanionRelease): readonly Wish[] | null {
  const wishes = target.is === "promotion" ? [pinOf(target.environment, values)] : target.downstream.files.map((one) => downstreamWish(one, values));
  return wishes.every((wish) => wish !== null) ? wishes : null;
}

function downstreamWish(one: Downstream["files"][number], values: ReleaseValues): Wish | null {
  if ("bump" in one) return { file: one.file, at: one.at, where: ANYWHERE, bump: one.bump };
  const value = filledFor(one.value, values);
  return value === null ? null : { file: one.file, at: one.at, where: ANYWHERE, value };
}

function pinOf({ name, pin }: Environment, values: ReleaseValues): Wish | null {
  if (pin === null) throw new Error(`Bug: ${name} has no pin to move`);
  const filled = (template: string): string | null => filledFor(template, values, { environment: name });
  const [file, value] = [filled(pin.file), filled(pin.value)];
  const where = Object.entries(pin.where).map(([at, template]) => [at, filled(template)] as const);
  if (file === null || value === null || !where.every((one): one is readonly [string, string] => one[1] !== null)) return null;
  return { file, at: { by: "yaml", path: pin.yaml }, where: Object.fromEntries(where), value };
}

/** Where it stands; null for what is never opened: see `judgeCompanion`. */
export function companionAsked(target: CompanionTarget, release: CompanionRelease): ElsewhereAsked | null {
  const wishes = wishesOf(target, release);
  if (wishes === null || isLoop(target, release)) return null;
  return { repository: repositoryOf(target, release), files: [...new Set(wishes.map(({ file }) => file))], branch: branchOf(target, release) };
}

export function repositoryOf(target: CompanionTarget, release: CompanionRelease): string {
  return target.is === "downstream" ? target.downstream.repository : release.repository;
}

/** A merge there would be one more release here, and so on. */
export function isLoop(target: CompanionTarget, release: CompanionRelease): boolean {
  return target.is === "downstream" && target.downstream.repository.toLowerCase() === release.repository.toLowerCase();
}

/** One for all releases of a component: a newer one moves the same pull request on. */
export function branchOf(target: CompanionTarget, { repository, values: { component } }: CompanionRelease): string {
  if (target.is === "promotion") return `promote/${target.environment.name}/${asRefPart(component)}`;
  return `release-steward/${asRefPart(repository.split("/")[1] ?? "")}-${asRefPart(component)}`;
}

/** https://git-scm.com/docs/git-check-ref-format; a name that a discovered manifest gives may be anything. */
function asRefPart(name: string): string {
  return name
    .slice(0, 100)
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replaceAll(/\.{2,}/g, ".")
    .replace(/^[.-]+/, "")
    .replace(/(?:\.lock|\.)$/, "-");
}
