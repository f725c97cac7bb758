import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { envFor, lastWords, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace, temporaryFolder } from '../support/workspace.ts';

test('any one variable of Slack or of the database means a real start, and what is missing is listed', async () => {
  for (const [name, value] of [
    ['SLACK_BOT_TOKEN', 'xoxb-secret'],
    ['SLACK_APP_TOKEN', 'xapp-secret'],
    ['SLACK_SIGNING_SECRET', 'secret'],
    ['SLACK_API_URL', 'https://slack.com/api/'],
    ['DATABASE_URL', 'file:other.db'],
  ] as const) {
    const folder = temporaryFolder();
    const app = startBotProcess({ env: { [name]: value }, folder });
    expect(await lastWords(app)).toMatch(/^The app cannot start\. Please set these variables/);
    expect(app.err()).not.toContain('secret');
    expect(app.err().includes('SLACK_BOT_TOKEN is missing')).toBe(name !== 'SLACK_BOT_TOKEN');
    expect(existsSync(join(folder, '.workspace'))).toBe(false);
  }
});

test('an .env file means a real start too', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.env'), 'LOG_LEVEL=debug\n');
  expect(await lastWords(startBotProcess({ env: {}, folder }))).toMatch(/SLACK_BOT_TOKEN is missing/);
});

test('a taken port ends it', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace);
  const other = createServer().listen(Number(env.PORT));
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  expect(await lastWords(startBotProcess({ env }))).toBe(
    `Port ${env.PORT} is taken by another program. Please set PORT to a free one.`,
  );
});

test('the demo ends in a sentence too: a taken port, or one that is none', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  const taken = String(typeof address === 'object' && address !== null ? address.port : 0);
  expect(await lastWords(startBotProcess({ env: { PORT: taken } }))).toBe(
    `Port ${taken} is taken by another program. Please set PORT to a free one.`,
  );
  expect(await lastWords(startBotProcess({ env: { PORT: 'abc' } }))).toContain(
    'PORT must be a whole number from 1 to 65535',
  );
});

test('where only what production needs is installed, an empty environment is told what it lacks', async () => {
  const folder = temporaryFolder();
  cpSync('src', join(folder, 'src'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const words = await lastWords(startBotProcess({ env: {}, folder, start: join(folder, 'src/start.js') }));
  expect(words).toContain('SLACK_BOT_TOKEN is missing');
});

const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return asked.status === 0 && Number(/^v(\d+)/.exec(asked.stdout)?.[1]) < 24;
});

// Skipped where the system has no Node older than 24.
test.skipIf(systemNode === undefined)(
  'an older Node is told which one is needed, before anything else',
  () => {
    const node = systemNode ?? '';
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
    const { status, stderr } = spawnSync(node, ['src/start.js'], { encoding: 'utf8' });
    const { engines }: { engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(status).toBe(1);
    expect(stderr).toBe(
      `This needs Node ${engines.node.replace('>=', '')} or newer, and this is ${version}. "npm ci" brings one along and "npm start" uses it; or install it from nodejs.org.\n`,
    );
  },
);
