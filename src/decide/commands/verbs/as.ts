// `/release as`: people say the version itself.
import { readVersion } from "../../versions/version-text.ts";
import { aimedAtOne, unbalanced } from "../aim.ts";
import { firstArgument } from "../arguments.ts";
import { defineCommand, meant, mistaken, understood } from "../define.ts";

export const as = defineCommand({
  verb: "as",
  usage: "<version>",
  component: "wanted",
  summary: "releases it as exactly that version",
  deed: "change the version of this release",
  needs: "write",
  effect: "permits",
  about: "proposal",
  parse(rest, hearing) {
    const aimed = aimedAtOne("as", rest, hearing, "may-name-it");
    if (!aimed.ok) return aimed;
    const { versioning } = hearing.playbook;
    const example = versioning.scheme === "calver" ? `${versioning.calver} filled in` : "1.4.0";
    const argument = firstArgument(aimed.rest);
    if (argument.is === "unbalanced") return unbalanced(argument.quote);
    if (argument.is === "nothing") return mistaken(`say which version: \`/release ${aimed.said} <version>\``);
    const text = argument.text.replace(/^v\.?(?=\d)/i, "");
    const reading = readVersion(text, versioning);
    if (reading === null) return mistaken(`expected a version such as ${example}`);
    if (reading.is !== "final" || text !== argument.text || argument.rest !== "") return meant(`${aimed.said} ${reading.version}`);
    return understood({ verb: "as", line: aimed.line, version: reading.version });
  },
});
