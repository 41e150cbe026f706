// https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue: a pull request closes
// what its description names behind one of these words. A release closes nothing by quoting a commit.

/** Code is passed over: nothing in it closes anything. */
const CLOSING = /`[^`\n]*`|\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(:?[ \t]+)(?=\[?(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d|\[?GH-\d|\[?https?:\/\/)/gi;

/** The same text to a reader; an invisible comment stands between the word and what it would close. */
export function breakClosing(markdown: string): string {
  return markdown.replaceAll(CLOSING, (whole, word: string | undefined, space: string | undefined) =>
    word === undefined ? whole : `${word}${space ?? ""}<!-- -->`,
  );
}
