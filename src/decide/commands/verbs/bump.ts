// `/release bump`: people say how large the release is.
import { nearest } from "../../../model/nearest.ts";
import type { Bump } from "../../../model/version.ts";
import { aimedAtOne, unbalanced } from "../aim.ts";
import { firstArgument } from "../arguments.ts";
import { defineCommand, meant, mistaken, understood } from "../define.ts";

const LEVELS: readonly Bump[] = ["major", "minor", "patch"];

export const bump = defineCommand({
  verb: "bump",
  usage: "<major|minor|patch>",
  component: "wanted",
  summary: "makes it a release of that size",
  deed: "change the version of this release",
  needs: "write",
  effect: "permits",
  about: "proposal",
  notHere: ({ versioning }) => (versioning.scheme === "calver" ? "versions here follow the calendar: say `/release as <version>`" : null),
  parse(rest, hearing) {
    const aimed = aimedAtOne("bump", rest, hearing, "may-name-it");
    if (!aimed.ok) return aimed;
    const argument = firstArgument(aimed.rest);
    if (argument.is === "unbalanced") return unbalanced(argument.quote);
    if (argument.is === "nothing") return mistaken(`say how large: \`/release ${aimed.said} major\`, \`minor\` or \`patch\``);
    const level = LEVELS.find((one) => one === argument.text.toLowerCase());
    if (level !== undefined && argument.rest === "") return understood({ verb: "bump", line: aimed.line, level });
    const near = level ?? nearest(argument.text, LEVELS);
    return near === null ? mistaken("expected `major`, `minor` or `patch`") : meant(`${aimed.said} ${near}`);
  },
});
