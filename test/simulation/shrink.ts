// A history that breaks something, cut down to a short story that breaks the same.
import type { History } from "./history.ts";
import { type Broken, runHistory } from "./run-history.ts";
import { PLAIN } from "./team.ts";

export async function brokenIn(history: History): Promise<Broken | null> {
  return (await runHistory(history)).broken;
}

/** Steps are left out, half of them first, single ones last; then the team is made plain, value by value. */
export async function shrunk(history: History, { number }: Pick<Broken, "number">): Promise<History> {
  let shortest = history;
  const isEnough = async (candidate: History): Promise<boolean> => {
    if ((await brokenIn(candidate))?.number !== number) return false;
    shortest = candidate;
    return true;
  };
  for (let size = Math.ceil(history.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.steps.length;) {
      const from = at;
      const { steps } = shortest;
      if (!(await isEnough({ ...shortest, steps: steps.filter((_, index) => index < from || index >= from + size) }))) at += size;
    }
  }
  for (const [name, value] of Object.entries(PLAIN)) {
    if (JSON.stringify(Reflect.get(shortest.team, name)) !== JSON.stringify(value)) await isEnough({ ...shortest, team: { ...shortest.team, [name]: value } });
  }
  return shortest;
}

/** The test to keep: `test/simulation/found/` holds those of faults that were mended. */
export function asTest({ team, steps }: History, { number, says, because }: Broken): string {
  const differs = Object.entries(team).filter(([name, value]) => JSON.stringify(Reflect.get(PLAIN, name)) !== JSON.stringify(value));
  return [
    `// ${String(number)}: ${says}. Was: ${because.split("\n")[0] ?? ""}`,
    `test("say what happens here", async () => {`,
    `  const broken = await brokenIn({`,
    `    team: { ...PLAIN, ${differs.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} },`,
    `    steps: [`,
    ...steps.map((step) => `      ${JSON.stringify(step)},`),
    `    ],`,
    `  });`,
    `  expect(broken).toBeNull();`,
    `});`,
  ].join("\n");
}
