// What to try first: lines that start with `$ ` are commands to copy, the others are Markdown.
import { html, type Content, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { COMMAND, type GuideStep, type Visit } from "../visit.ts";
import { badge } from "./badge.ts";
import { copyable } from "./copyable.ts";

type Block = { readonly is: "text" | "commands"; readonly lines: readonly string[] };

const COUNTS = ["Nothing", "One thing", "Two things", "Three things", "Four things", "Five things", "Six things", "Seven things"];

/** Null without a guide. */
export async function guidePanel(visit: Visit): Promise<Content> {
  if (visit.guide.length === 0) return null;
  const steps = await Promise.all(visit.guide.map(async (step, index) => guideStep(visit, step, index)));
  return html`<section class="guide" id="guide" aria-labelledby="guide-title">
    <h2 id="guide-title">${COUNTS[steps.length] ?? `${steps.length} things`} to try</h2>
    <ol class="card">
      ${steps}
    </ol>
  </section>`;
}

/** Lines of one kind that follow each other belong together. */
function blocksOf(lines: readonly string[]): readonly Block[] {
  return lines.reduce<readonly Block[]>((blocks, line) => {
    const is = line.startsWith(COMMAND) ? "commands" : "text";
    const text = is === "commands" ? line.slice(COMMAND.length) : line;
    const last = blocks.at(-1);
    return last?.is === is ? [...blocks.slice(0, -1), { is, lines: [...last.lines, text] }] : [...blocks, { is, lines: [text] }];
  }, []);
}

async function guideStep({ repository, standIn }: Visit, step: GuideStep, index: number): Promise<Html> {
  const place = { repository, world: standIn.world, taskForm: null };
  const blocks = await Promise.all(
    blocksOf(step.lines).map(async ({ is, lines }) => (is === "commands" ? copyable(lines) : renderMarkdown(lines.join("\n"), place))),
  );
  return html`<li class="step" id="guide-${index}">
    <div>
      <h3>${index + 1}. ${step.title}</h3>
      ${step.done?.(repository) === true && badge("good", "✓ done")}
    </div>
    <div>${blocks}</div>
  </li>`;
}
