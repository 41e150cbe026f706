// Every environment variable there is: its default, an example and its meaning. `.env.example` is this table as text.

type Variable = {
  /** What holds when it is not set; null: nothing. */
  readonly fallback: string | null;
  readonly example: string;
  /** A sentence for the operator. */
  readonly meaning: string;
};

export const VARIABLES = {
  APP_ID: { fallback: null, example: "123456", meaning: "The app's number on GitHub. Without it the set-up page registers a new app." },
  PRIVATE_KEY: { fallback: null, example: "LS0tLS1CRUdJTi...", meaning: "The app's private key: PEM, or PEM in base64 on one line." },
  PRIVATE_KEY_PATH: { fallback: null, example: "/run/secrets/private-key.pem", meaning: "A file with the private key, instead of PRIVATE_KEY." },
  WEBHOOK_SECRET: { fallback: null, example: "", meaning: "The secret that GitHub signs webhooks with: 16 characters or more, from `openssl rand -hex 32`." },
  TAG_SIGNING_KEY: {
    fallback: null,
    example: "LS0tLS1CRUdJTi...",
    meaning: "The private key that release tags are signed with: armoured PGP, OpenSSH or PEM, or one of them in base64 on one line.",
  },
  TAG_SIGNING_KEY_PATH: { fallback: null, example: "/run/secrets/tag-signing-key", meaning: "A file with that key, instead of TAG_SIGNING_KEY." },
  TAG_SIGNING_PASSPHRASE: { fallback: null, example: "", meaning: "Its passphrase, for a PGP or PEM key that has one." },
  TAG_SIGNER: {
    fallback: null,
    example: "Acme Releases <releases@example.com>",
    meaning: "Who signs, as tags say it. Needed for an SSH key; without it a PGP key's first user id.",
  },
  PUBLIC_URL: {
    fallback: null,
    example: "https://steward.example.com",
    meaning: "The address at which GitHub and people reach this server. The set-up needs it.",
  },
  SETUP_TOKEN: {
    fallback: null,
    example: "",
    meaning: "Opens the set-up page. Needed when HOST is not this machine; otherwise one is made and logged at the start.",
  },
  HOST: { fallback: "127.0.0.1", example: "0.0.0.0", meaning: "The address to listen on. The container listens on 0.0.0.0." },
  PORT: { fallback: "3000", example: "3000", meaning: "The port to listen on." },
  DATA_DIRECTORY: {
    fallback: "data",
    example: "/data",
    meaning: "Holds the queue and what the set-up wrote. Losing it loses no release: state lives on GitHub.",
  },
  LOG_LEVEL: { fallback: "info", example: "debug", meaning: "fatal, error, warn, info or debug. No level logs headers, bodies or secrets." },
  GITHUB_API_URL: { fallback: "https://api.github.com", example: "https://github.example.com/api/v3", meaning: "The API of a GitHub Enterprise Server." },
  WRITE_SPACING_MS: { fallback: "1000", example: "1000", meaning: "Least time between two writes to one installation. GitHub asks for a second." },
  SWEEP_MINUTES: { fallback: "10", example: "10", meaning: "How often every repository is looked at, whether or not a webhook came." },
  DATABASE_URL: {
    fallback: null,
    example: "postgres://steward:secret@db.example.com:5432/steward?sslmode=verify-full",
    meaning: "The PostgreSQL database that holds the queue of several replicas. Without it the queue is a file in DATA_DIRECTORY, for one process.",
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

/** The text of `.env.example`: every variable, commented out. */
export function environmentExample(): string {
  const entries = Object.entries(VARIABLES).map(([name, { fallback, example, meaning }]) => {
    const defaultText = fallback === null ? "" : ` Default: ${fallback}`;
    return `# ${meaning}${defaultText}\n# ${name}=${example}\n`;
  });
  return ["# Settings of Release Steward. Read from the environment and from `.env` in DATA_DIRECTORY.\n", ...entries].join("\n");
}
