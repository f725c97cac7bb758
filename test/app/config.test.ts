import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig, variableNames } from '../../src/app/config.ts';

const BOT = 'xoxb-1-secret';
const APP = 'xapp-1-secret';

/** What a start with these variables is told. */
function told(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
  throw new Error('It started.');
}

test('a token of each kind is enough for Socket Mode, and everything else has a default', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP })).toEqual({
    botToken: BOT,
    slack: { mode: 'socket', appToken: APP },
    slackApiUrl: 'https://slack.com/api/',
    databasePath: './data/nearmiss.db',
    port: 3000,
    logLevel: 'info',
  });
});

test('without an app token the signing secret means HTTP', () => {
  const env = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'shh', SLACK_APP_TOKEN: '  ' };
  expect(readConfig(env).slack).toEqual({ mode: 'http', signingSecret: 'shh' });
});

test('blank variables count as absent, and values lose the space around them', () => {
  const env = {
    SLACK_BOT_TOKEN: ` ${BOT}\n`,
    SLACK_APP_TOKEN: APP,
    PORT: '',
    LOG_LEVEL: ' ',
    DATABASE_URL: '',
  };
  expect(readConfig(env)).toMatchObject({ botToken: BOT, port: 3000, logLevel: 'info' });
});

test('an address of Slack without its last slash gets one', () => {
  const env = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL: 'https://slack-gov.com/api' };
  expect(readConfig(env).slackApiUrl).toBe('https://slack-gov.com/api/');
});

test.each([
  'https://slack-gov.com/api/',
  'HTTPS://slack.com/api/',
  'http://localhost:4000/api/',
  'http://LOCALHOST/api/',
  'http://127.0.0.1:4000/api/',
  'http://127.1/api/',
  'http://2130706433/api/',
  'http://[::1]:4000/api/',
  'http://[0:0:0:0:0:0:0:1]/api/',
])('Slack may be at %s, which nobody else can hear', (SLACK_API_URL) => {
  const { slackApiUrl } = readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL });
  expect(slackApiUrl).toBe(SLACK_API_URL);
});

test.each([
  'http://slack.com/api/',
  'HTTP://slack.com/api/',
  'http://10.0.0.1/api/',
  'http://0.0.0.0/api/',
  'http://128.0.0.1/api/',
  'http://[::2]/api/',
  'http://localhost.slack.example/api/',
  'http://127.0.0.1.slack.example/api/',
  'http://127.0.0.1@slack.example/api/',
  'http://slack.example/127.0.0.1',
  'http://slack.example?localhost',
  'http://slack.example#localhost',
])('a token is not sent to %s, where others can read it on its way', (SLACK_API_URL) => {
  const words = told({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL });
  expect(words).toContain(
    'SLACK_API_URL must start with https:// (only an address of this machine may do without)',
  );
  expect(words).not.toContain('example');
});

test('everything that is missing is listed at once, with what it is for and how to get it', () => {
  expect(told({ DATABASE_URL: 'file:x.db' })).toMatchInlineSnapshot(`
    "The app cannot start. Please set these variables, in .env or in the environment:
      SLACK_BOT_TOKEN is missing
        What for: lets the app act in your workspace. How to get it: api.slack.com/apps, your app, OAuth & Permissions: the token that starts with xoxb-.
      SLACK_APP_TOKEN is missing (or give SLACK_SIGNING_SECRET)
        What for: connects over Socket Mode, which needs no public address. How to get it: api.slack.com/apps, your app, Basic Information, App-Level Tokens: one with connections:write, it starts with xapp-.
      SLACK_SIGNING_SECRET is missing (or give SLACK_APP_TOKEN)
        What for: proves that requests come from Slack, when Slack reaches the app over HTTP. How to get it: api.slack.com/apps, your app, Basic Information: Signing Secret."
  `);
});

test('everything that is wrong is listed at once, and no value is shown', () => {
  const env = {
    SLACK_BOT_TOKEN: 'xoxp-very-secret',
    SLACK_APP_TOKEN: 'xoxb-just-as-secret',
    SLACK_API_URL: 'ftp://user:secret@slack.example',
    DATABASE_URL: 'postgres://user:secret@db.example/nearmiss',
    PORT: '80secret',
    LOG_LEVEL: 'secret',
  };
  const words = told(env);
  for (const name of Object.keys(env)) expect(words).toContain(name);
  expect(words.match(/What for: [a-z]/g)).toHaveLength(Object.keys(env).length);
  expect(words).not.toContain('secret');
});

test.each(['0', '65536', '-1', '3000.5', '1e3', 'http'])('PORT=%s is refused', (PORT) => {
  expect(told({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, PORT })).toContain(
    'PORT must be a whole number from 1 to 65535',
  );
});

test('a database that is no SQLite file is refused with a sentence', () => {
  for (const DATABASE_URL of ['postgres://db/x', './x.db', 'file:']) {
    expect(told({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, DATABASE_URL })).toMatch(
      /DATABASE_URL must (start with file: \(only SQLite files are supported for now\)|name a file)/,
    );
  }
});

test('.env.example names exactly the variables there are, and what it gives starts', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const given = lines.flatMap((line) => /^([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const example = Object.fromEntries(
    Array.from({ length: given.length / 2 }, (_, at) => [given[2 * at], given[2 * at + 1]]),
  );
  expect(Object.keys(example).toSorted()).toEqual(variableNames.toSorted());
  const filled = { ...example, SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };
  expect(readConfig(filled)).toEqual(readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP }));
});
