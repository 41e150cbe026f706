// Questions about one repository at one moment. Those asked before the event loop turns travel in one document, so that
// every slice is written as if it were alone and the requests are still few. The same question is sent once a moment.
// What was asked at the last look can be asked ahead (`hope`) in the first document of the next. A question that GitHub
// refuses fails alone: the others of its document are answered.
import { type Refused, Transient } from "../../model/errors.ts";
import type { GitHub } from "../../github/types.ts";
import { TooMuchAtOnce } from "../../github/types.ts";
import { documentOf } from "./document.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import type { Ask, Question } from "./question.ts";

export type Conversation = {
  readonly ask: Ask;
  /** Only before the first `ask`; a question that does not fit into the first document is dropped. */
  readonly hope: (question: Question<unknown>) => void;
  /** An answer that came along with another question: it is not asked for. */
  readonly learn: (question: Question<unknown>, answer: Fields) => void;
  /** Nothing is asked now, but the next look should hope for it. */
  readonly foresee: (question: Question<unknown>) => void;
  /** What to hope for at the next look. */
  readonly again: () => readonly Question<unknown>[];
};

/** GitHub refuses above 500,000 nodes. */
const BUDGET = 300_000;
/** Left for the questions that every look begins with. */
const HOPES_BUDGET = 200_000;
/** So many questions in one document take GitHub long enough: some three for each component of a large repository. */
const QUESTIONS_MAX = 250;
const HOPES_MAX = 230;
const PAGE_MAX = 100;
const PAGE_MIN = 5;

type Waiting = { readonly question: Question<unknown>; readonly resolve: (answer: Fields) => void; readonly reject: (error: unknown) => void };

/** @param about node id of the repository, and the id of the app whose check runs are meant by `$app` */
export function openConversation(github: GitHub, about: { readonly repository: string; readonly app: number }): Conversation {
  const answers = new Map<string, Promise<Fields>>();
  const asked = new Map<string, Question<unknown>>();
  let waiting: Waiting[] = [];
  let hopes = 0;

  const send = async (batch: readonly Waiting[], page: number): Promise<void> => {
    const { text, variables, hasRepository, separate, questionAt } = documentOf(batch.map(({ question }) => question));
    const refused = new Map<number, Refused>();
    const onRefused = (path: readonly string[], error: Refused): void => {
      const index = questionAt(path);
      if (index === null) throw error;
      refused.set(index, error);
    };
    try {
      const all = { ...variables, repository: about.repository, app: about.app, page };
      const used = Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(`$${name}:`)));
      const data = fieldsOf(await github.graphql(text, used, { onRefused }), "data");
      const isTornAway = hasRepository && data["repository"] === null;
      if (isTornAway && refused.size === 0) throw new Transient("GitHub does not find the repository by its node id.");
      for (const [index, error] of refused) batch[index]?.reject(error);
      const left = [...batch.entries()].filter(([index]) => !refused.has(index));
      // Where the schema allows no null, a refusal takes everything beside it along: that is asked once more without it.
      if (isTornAway && left.length > 0)
        return await send(
          left.map(([, one]) => one),
          page,
        );
      for (const [index, { resolve }] of left) resolve(separate(data, index));
    } catch (error) {
      if (error instanceof TooMuchAtOnce && page > PAGE_MIN) return smaller(batch, Math.max(PAGE_MIN, Math.floor(page / 2)));
      for (const { reject } of batch) reject(error);
    }
  };
  /** Half of the questions, and of each page, at a time. */
  const smaller = async (batch: readonly Waiting[], page: number): Promise<void> => {
    const middle = Math.ceil(batch.length / 2);
    const halves = [batch.slice(0, middle), batch.slice(middle)].filter((half) => half.length > 0);
    await Promise.all(halves.map((half) => send(half, page)));
  };
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (const batch of batchesOf(all)) void send(batch, PAGE_MAX);
  };
  const answerTo = (question: Question<unknown>): Promise<Fields> => {
    const known = answers.get(question.key);
    if (known !== undefined) return known;
    const answer = new Promise<Fields>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ question, resolve, reject });
    });
    // Whoever asks hears of the failure; a hope that nobody asks for fails in silence.
    answer.catch(() => undefined);
    answers.set(question.key, answer);
    return answer;
  };

  return {
    async ask(question) {
      asked.set(question.key, question);
      return question.read(await answerTo(question));
    },
    hope(question) {
      hopes += question.weight;
      if (hopes <= HOPES_BUDGET && waiting.length < HOPES_MAX) void answerTo(question);
    },
    learn(question, answer) {
      if (!answers.has(question.key)) answers.set(question.key, Promise.resolve(answer));
    },
    foresee(question) {
      asked.set(question.key, question);
    },
    again: () => [...asked.values()].flatMap(({ again }) => (again === null ? [] : [again()])),
  };
}

function batchesOf(all: readonly Waiting[]): Waiting[][] {
  const batches: Waiting[][] = [];
  let weight = BUDGET;
  for (const one of all) {
    const last = batches.at(-1);
    weight += one.question.weight;
    if (last !== undefined && weight <= BUDGET && last.length < QUESTIONS_MAX) last.push(one);
    else {
      batches.push([one]);
      weight = one.question.weight;
    }
  }
  return batches;
}
