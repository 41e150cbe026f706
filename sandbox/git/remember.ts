// Remembers answers that never change because objects never do. Not for anything a ref can move.

/**
 * `answer`, asked once for equal arguments as long as they are among the last `limit` asked.
 * Null is asked again, because the object may arrive; so is what failed.
 */
export function remembered<Question extends readonly unknown[], Answer>(
  answer: (...question: Question) => Promise<Answer>,
  limit = 1000,
): (...question: Question) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...question) => {
    const key = JSON.stringify(question);
    const known = answers.get(key);
    const promise = known ?? answer(...question);
    answers.delete(key);
    answers.set(key, promise);
    if (known !== undefined) return promise;
    const oldest = answers.keys().next();
    if (answers.size > limit && oldest.done !== true) answers.delete(oldest.value);
    const forget = (): void => {
      if (answers.get(key) === promise) answers.delete(key);
    };
    promise.then((value) => (value === null ? forget() : undefined), forget);
    return promise;
  };
}
