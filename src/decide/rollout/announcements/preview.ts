// `/release announce --dry-run`: everything that a release would tell people, to whom, when and how. Nothing is sent.
import type { Words } from "../../../model/plan.ts";
import type { Communication, Playbook, PolicyName } from "../../../model/playbook.ts";
import { shorten } from "../../changelog/index.ts";
import { code, listed } from "../../gates/phrases.ts";
import { asMarkdown, paragraphs } from "../../prose/words.ts";
import { type Announced, announcementsOf, isUnder, sayWhen } from "./announced.ts";
import { announcementDraft } from "./draft.ts";
import { fenced } from "./drafts-comment.ts";

/** Room is left for the record that the answer ends with. */
const REPLY_MAX = 60_000;
/** Of one draft in the reply. */
const DRAFT_MAX = 8000;

type Context = {
  readonly playbook: Pick<Playbook, "communications" | "environments">;
  readonly policy: PolicyName | null;
  /** Of a communication's template; null without one. */
  readonly templateOf: (communication: Communication) => string | null;
  /** Who a role is, `communications (@acme/communications)`. */
  readonly describe: (by: Communication["by"]) => Words;
};

export function previewAnnouncements(release: Announced, context: Context): string {
  const { playbook, policy } = context;
  if (playbook.communications.length === 0) return "Nothing would be announced: the playbook has no `communications`.";
  const moments = ["candidate", "release", ...playbook.environments.map(({ name }) => name), "rollback"];
  const due = moments.flatMap((moment) => announcementsOf(playbook, { policy, moment }));
  const others = playbook.communications.filter((one) => !isUnder(one, policy));
  return shorten(
    paragraphs([
      `What **${asMarkdown(release.title)}** would tell${policy === null ? "" : ` under the policy \`${policy}\``}. Nothing is sent by this.`,
      ...due.map((one) => described(one, release, context)),
      due.length === 0 ? "Nobody would be told." : "",
      others.length === 0
        ? ""
        : `Not this time: ${others
            .map((one) =>
              asMarkdown(
                `${named(one)} (only under ${listed(
                  one.policies.map((name) => code(name)),
                  7,
                  "or",
                )})`,
              ),
            )
            .join("; ")}.`,
    ]),
    REPLY_MAX,
    null,
  );
}

function described(communication: Communication, release: Announced, { templateOf, describe }: Context): string {
  const { how, by, on } = communication;
  const sender = how.by === "draft" ? `${describe(by)} sends it` : `\`${how.workflow}\` sends it`;
  const text = announcementDraft(communication, release, templateOf(communication));
  return `**${asMarkdown(named(communication))}**, ${asMarkdown(sayWhen(on))}: ${asMarkdown(sender)}.\n\n${fenced(text, DRAFT_MAX)}`;
}

function named({ to }: Communication): Words {
  return listed(to, 10);
}
