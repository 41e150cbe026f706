// How the queue in PostgreSQL stands four workers that are killed and stopped: `npm run bench:queue -- --kills 40`.
import { parseArgs } from "node:util";
import { disturb, openContendedQueue } from "../test/fixtures/contended-queue.ts";

const { values } = parseArgs({
  options: {
    keys: { type: "string", default: "100" },
    kills: { type: "string", default: "20" },
    stops: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});
let state = Number(values.seed);
/** Park and Miller's minimal standard. */
const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;

const contended = await openContendedQueue();
try {
  const { keys, puts, runs, forgotten, overlapping } = await disturb(contended, {
    keys: Number(values.keys),
    kills: Number(values.kills),
    stops: Number(values.stops),
    random,
  });
  process.stdout.write(
    `4 workers, ${values.kills} killed, ${values.stops} stopped for longer than their leases\n` +
      `${keys} keys put ${puts} times, looked at ${runs} times: ${forgotten.length} lost, ${overlapping.length} concurrent\n`,
  );
  if (forgotten.length + overlapping.length > 0) process.exitCode = 1;
} finally {
  await contended.close();
}
