// The same questions about another repository, by its name: every slice that can read this repository can read that one.
import { type Fields, fieldsAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import type { Question } from "./question.ts";

/** What was read of it is kept with the repository that asked, by object name. */
export function inRepository(named: Named, owner: string, repo: string): Named {
  const about = <Answer>(question: Question<Answer>): Question<Answer> => askedOf(question, owner, repo);
  return {
    ...named,
    owner,
    repo,
    ask: (question) => named.ask(about(question)),
    foresee: (question) => named.foresee(about(question)),
    learn: (question, answer) => named.learn(about(question), { repository: answer }),
  };
}

function askedOf<Answer>(question: Question<Answer>, owner: string, repo: string): Question<Answer> {
  const { key, fields, again, read } = question;
  if (question.isAtRoot === true) return question;
  return {
    ...question,
    key: `${owner}/${repo} ${key}`,
    isAtRoot: true,
    fields(bind) {
      const [login, name] = [bind("String!", owner), bind("String!", repo)];
      const selected = Object.entries(fields(bind)).map(([alias, text]) => `${alias}: ${text}`);
      return { repository: `repository(owner: ${login}, name: ${name}) { ${selected.join(" ")} }` };
    },
    read: (answer: Fields) => read(fieldsAt(answer, "repository")),
    again: again === null ? null : () => askedOf(again(), owner, repo),
  };
}
