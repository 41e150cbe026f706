// `/release help`: every command, and whether the asker may say it.
import { defineCommand, meant, understood } from "../define.ts";

export const help = defineCommand({
  verb: "help",
  usage: "",
  component: "none",
  summary: "lists the commands and which of them you may say",
  deed: "ask for help",
  needs: "triage",
  effect: "answers",
  parse: (rest) => (rest === "" ? understood({ verb: "help" }) : meant("help")),
});
