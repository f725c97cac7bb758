import { z } from 'zod';

/** What each variable of the environment is for, and how to get it. */
const HELP = z.registry<{ for: string; get: string }>();

const WHOLE_PORT = 'must be a whole number from 1 to 65535';

const schema = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must start with xoxb-').register(HELP, {
    for: 'lets the app act in your workspace',
    get: 'api.slack.com/apps, your app, OAuth & Permissions: the token that starts with xoxb-',
  }),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must start with xapp-').optional().register(HELP, {
    for: 'connects over Socket Mode, which needs no public address',
    get: 'api.slack.com/apps, your app, Basic Information, App-Level Tokens: one with connections:write, it starts with xapp-',
  }),
  SLACK_SIGNING_SECRET: z.string().optional().register(HELP, {
    for: 'proves that requests come from Slack, when Slack reaches the app over HTTP',
    get: 'api.slack.com/apps, your app, Basic Information: Signing Secret',
  }),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://slack.com/api/' })
    .refine(isOnlyHeardHere, 'must start with https:// (only an address of this machine may do without)')
    .default('https://slack.com/api/')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .register(HELP, {
      for: 'where Slack is; only GovSlack and the local workspace need another',
      get: 'leave it out, or use https://slack-gov.com/api/',
    }),
  DATABASE_URL: z
    .string()
    .startsWith('file:', 'must start with file: (only SQLite files are supported for now)')
    .refine((url) => url.length > 'file:'.length, 'must name a file')
    .default('file:./data/nearmiss.db')
    .register(HELP, {
      for: 'the file with everything people share',
      get: 'a path after file:, for example file:./data/nearmiss.db',
    }),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, WHOLE_PORT)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, WHOLE_PORT)
    .default(3000)
    .register(HELP, {
      for: 'the port of /healthz, /readyz and, over HTTP, /slack/events',
      get: 'a free port, 1 to 65535',
    }),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error')
    .default('info')
    .register(HELP, { for: 'how much is logged', get: 'one of debug, info, warn, error' }),
});

/** Tokens and words travel to it. The parser has made one form of the many that an address of this machine can have. */
function isOnlyHeardHere(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

type VariableName = keyof typeof schema.shape;

/** The names of all variables, for `.env.example`. */
export const variableNames = Object.keys(schema.shape) as VariableName[];

/** Any of these set means that a real start is meant, not the demo. */
export const REAL_START: VariableName[] = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_API_URL',
  'DATABASE_URL',
];

export type Config = {
  botToken: string;
  /** Socket Mode where an app token is given, else HTTP with a signing secret. */
  slack: { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string };
  slackApiUrl: string;
  databasePath: string;
  port: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

/** The environment does not make a start. The message lists everything that is wrong and how to mend it. */
export class ConfigProblem extends Error {}

/**
 * Reads the configuration from the environment. A blank variable counts as absent.
 * @throws ConfigProblem listing every bad or missing variable at once, never a secret's value.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = env[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value] as const];
    }),
  );
  const parsed = schema.safeParse(given);
  const problems = problemsOf(parsed.error?.issues ?? [], given);
  if (!parsed.success || problems.size > 0) throw new ConfigProblem(listed(problems));
  const {
    SLACK_BOT_TOKEN,
    SLACK_APP_TOKEN,
    SLACK_SIGNING_SECRET = '',
    SLACK_API_URL,
    DATABASE_URL,
    PORT,
    LOG_LEVEL,
  } = parsed.data;
  return {
    botToken: SLACK_BOT_TOKEN,
    slack:
      SLACK_APP_TOKEN === undefined
        ? { mode: 'http', signingSecret: SLACK_SIGNING_SECRET }
        : { mode: 'socket', appToken: SLACK_APP_TOKEN },
    slackApiUrl: SLACK_API_URL,
    databasePath: DATABASE_URL.slice('file:'.length),
    port: PORT,
    logLevel: LOG_LEVEL,
  };
}

/**
 * The port of the demo's page: `PORT`, the only variable the demo reads.
 * @throws ConfigProblem when it is no port.
 */
export function readDemoPort(env: Record<string, string | undefined>): number {
  const given: Record<string, string> = env.PORT ? { PORT: env.PORT } : {};
  const parsed = schema.pick({ PORT: true }).safeParse(given);
  if (!parsed.success) throw new ConfigProblem(listed(problemsIn(parsed.error.issues, given)));
  return parsed.data.PORT;
}

function problemsOf(issues: z.core.$ZodIssue[], given: Record<string, string>): Map<VariableName, string> {
  const problems = problemsIn(issues, given);
  if (!('SLACK_APP_TOKEN' in given) && !('SLACK_SIGNING_SECRET' in given)) {
    problems.set('SLACK_APP_TOKEN', 'is missing (or give SLACK_SIGNING_SECRET)');
    problems.set('SLACK_SIGNING_SECRET', 'is missing (or give SLACK_APP_TOKEN)');
  }
  return problems;
}

function problemsIn(issues: z.core.$ZodIssue[], given: Record<string, string>): Map<VariableName, string> {
  const problems = new Map<VariableName, string>();
  for (const { path, message } of issues) {
    const name = path[0] as VariableName;
    problems.set(name, problems.get(name) ?? (name in given ? message : 'is missing'));
  }
  return problems;
}

function listed(problems: Map<VariableName, string>): string {
  const lines = [...problems].map(([name, problem]) => {
    const help = HELP.get(schema.shape[name]);
    return `  ${name} ${problem}\n    What for: ${help?.for}. How to get it: ${help?.get}.`;
  });
  return `The app cannot start. Please set these variables, in .env or in the environment:\n${lines.join('\n')}`;
}
