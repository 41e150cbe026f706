/** A version with a prerelease part (SemVer 2.0.0, section 9); build metadata is none. */
export function isPrerelease(version: string): boolean {
  const [core = ""] = version.split("+");
  return core.includes("-");
}
