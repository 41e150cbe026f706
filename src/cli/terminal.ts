// Where a command writes. Commands get it as an argument, so that tests read what a person would.

export type Terminal = {
  /** Result of the command; adds nothing to the text. */
  readonly write: (text: string) => void;
  /** Complaints and advice; adds nothing to the text. */
  readonly warn: (text: string) => void;
  /** Colour the result: a terminal that has not refused it (`NO_COLOR`, `--no-color`, a pipe). */
  readonly hasColor: boolean;
  /** One line that replaces itself while long work runs; null clears it. Silent unless stderr is a terminal. */
  readonly progress: (line: string | null) => void;
};

/** 0 planned or fine, 1 problems, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;
