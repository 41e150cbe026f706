// A process of its own that delivers as GitHub does: signed, one repository each, so many a second whatever the answers.
// Reads its orders as JSON from its argument and writes what became of each delivery as JSON.
import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { z } from "zod";

export const Orders = z.object({
  /** `http://127.0.0.1:3000/api/github/webhooks` */
  url: z.url(),
  secret: z.string(),
  aSecond: z.int().positive(),
  seconds: z.int().positive(),
  /** Length of each body. */
  bytes: z.int().positive(),
});

export const Delivered = z.object({
  /** The key of each delivery that was answered with 2xx: a delivery's own, so that each has to be kept. */
  acknowledged: z.array(z.string()),
  /** Milliseconds of each of them, from the moment at which it was due: what had to wait in this process waited, too. */
  tookMs: z.array(z.number()),
  /** Answers that are no 2xx. */
  refused: z.int(),
  /** Deliveries that nobody answered. */
  unanswered: z.int(),
  /** From the first that was sent to the last. */
  lastedMs: z.number(),
});

type Orders = z.infer<typeof Orders>;
type Delivered = z.infer<typeof Delivered>;

const INSTALLATION = 17;
/** Numbers of repositories count up from here, so that all are equally long. */
const FIRST_ID = 100_000_000;
const CONNECTIONS = 100;
const ANSWER_MS = 10_000;

if (import.meta.main) process.stdout.write(JSON.stringify(await deliverAll(Orders.parse(JSON.parse(process.argv[2] ?? "")))));

async function deliverAll(orders: Orders): Promise<Delivered> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const acknowledged: string[] = [];
  const tookMs: number[] = [];
  let refused = 0;
  let unanswered = 0;
  const total = orders.aSecond * orders.seconds;
  const bodyOf = bodies(orders.bytes);
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  const one = async (number: number, dueAt: number): Promise<void> => {
    const status = await deliver(orders, agent, number, bodyOf(number));
    if (status === null) unanswered += 1;
    else if (status >= 300) refused += 1;
    else {
      acknowledged.push(`${String(INSTALLATION)}/${String(number)}`);
      tookMs.push(performance.now() - dueAt);
    }
  };
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * orders.aSecond));
    while (answers.length < due) {
      const number = FIRST_ID + answers.length;
      const dueAt = startedAt + (answers.length * 1000) / orders.aSecond;
      answers.push(one(number, dueAt));
    }
    await new Promise((resolve) => void setTimeout(resolve, 1));
  }
  const lastedMs = performance.now() - startedAt;
  await Promise.all(answers);
  agent.destroy();
  return { acknowledged, tookMs, refused, unanswered, lastedMs };
}

/** The status of the answer; null when there is none. */
function deliver({ url, secret }: Orders, agent: Agent, number: number, body: Buffer): Promise<number | null> {
  return new Promise((resolve) => {
    const sent = request(url, {
      method: "POST",
      agent,
      timeout: ANSWER_MS,
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        "x-github-event": "push",
        "x-github-delivery": `00000000-0000-0000-0000-${String(number).padStart(12, "0")}`,
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
    });
    sent.on("response", (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? null));
      response.once("error", () => resolve(null));
      response.once("close", () => resolve(null));
    });
    sent.once("timeout", () => sent.destroy());
    sent.once("error", () => resolve(null));
    sent.end(body);
  });
}

/** Pushes of many commits, as long and as rich in fields as GitHub's; they differ in the number of the repository. */
function bodies(bytes: number): (repository: number) => Buffer {
  const textOf = (commits: readonly object[], filling: string): string =>
    JSON.stringify({ installation: { id: INSTALLATION }, ref: "refs/heads/main", repository: { id: FIRST_ID, full_name: "acme/app" }, commits, filling });
  const commits: object[] = [];
  while (textOf([...commits, commitNumber(commits.length)], "").length <= bytes) commits.push(commitNumber(commits.length));
  const text = textOf(commits, "x".repeat(bytes - textOf(commits, "").length));
  const [head = "", tail = ""] = text.split(String(FIRST_ID));
  return (repository) => Buffer.from(`${head}${String(repository)}${tail}`);
}

function commitNumber(index: number): object {
  return {
    id: index.toString(16).padStart(40, "0"),
    message: `fix(part${String(index)}): count a closed connection once (#${String(index)})`,
    timestamp: "2026-01-05T09:00:00Z",
    url: `https://github.com/acme/app/commit/${String(index)}`,
    author: { name: "Kim Doe", email: "kim@example.com", username: "kim" },
    distinct: true,
    added: [],
    removed: [],
    modified: [`parts/part${String(index)}/file.txt`, "CHANGELOG.md"],
  };
}
