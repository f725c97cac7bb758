import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../sandbox/workspace.ts';
import { type BotProcess, envFor, startBotProcess } from '../support/bot-process.ts';
import { digestsIn, putDigestInFile } from '../support/digest.ts';
import { said } from '../support/screen.ts';
import { CHANNELS, PEOPLE, temporaryFolder } from '../support/workspace.ts';

let workspace: Workspace;
let databasePath: string;

beforeEach(async () => {
  workspace = await startWorkspace({
    manifest: 'manifest.yml',
    people: PEOPLE,
    channels: CHANNELS,
  });
  databasePath = join(temporaryFolder(), 'nearmiss.db');
});

async function start(): Promise<BotProcess> {
  onTestFinished(() => workspace.stop());
  return startBotProcess({ env: await envFor(workspace, databasePath) });
}

/** Dead at once, in the middle of whatever it did; nothing of it is flushed or closed. */
async function kill(app: BotProcess): Promise<void> {
  app.signal('SIGKILL');
  expect(await app.ended).toBe('SIGKILL');
  await workspace.until(() => workspace.connections() === 0);
}

function inTheFile(...statements: string[]): void {
  const database = new SQLite(databasePath);
  for (const statement of statements) database.exec(statement);
  database.close();
}

/** So much time passes before the app is started again that no attempt of the dead one can be under way. */
function aMinuteLater(): void {
  inTheFile(
    'update outbox set due_at = due_at - 60000, created_at = created_at - 60000, tried_at = tried_at - 60000',
  );
}

/** Everything that was on its way has arrived. */
async function settled(): Promise<void> {
  const open = () => {
    const database = new SQLite(databasePath, { readonly: true });
    const rows = database
      .prepare("select kind from outbox where state in ('pending', 'sending', 'unsure')")
      .all();
    database.close();
    return rows;
  };
  await expect.poll(open, { timeout: 20_000 }).toEqual([]);
}

const toLearning = ({ channel }: { channel?: unknown }) => channel === workspace.channel('learning').id;

async function expectOneWholeDigest(): Promise<void> {
  await workspace.until(() => digestsIn({ workspace })[0]?.replies.length === 3, { ms: 20_000 });
  await settled();
  const [digest, ...others] = digestsIn({ workspace });
  expect(others).toEqual([]);
  const replies = digest?.replies.map(said) ?? [];
  expect(replies).toHaveLength(3);
  for (const words of ['How these were noticed', 'The rates were wrong', 'The line was down'])
    expect(replies.filter((reply) => reply.includes(words))).toHaveLength(1);
}

const STORIES = ['The rates were wrong', 'The line was down'];

test.each([
  ['frozen, and its parent not sent', { kind: 'hold', when: 'before' }, 1],
  ['its parent taken by Slack, and the app does not know', { kind: 'hold', when: 'after' }, 1],
  ['between two replies', { kind: 'hold', when: 'before' }, 3],
  ['a reply taken by Slack, and the app does not know', { kind: 'hold', when: 'after' }, 3],
] as const)(
  'killed with a digest %s: after the next start there is one, and it is whole',
  { timeout: 60_000 },
  async (_when, trouble, nth) => {
    await putDigestInFile(workspace, databasePath, STORIES);
    const posting = workspace.faults.on('chat.postMessage', trouble, { nth, matching: toLearning });
    const app = await start();
    await posting.struck;
    await kill(app);
    aMinuteLater();
    await start();
    await expectOneWholeDigest();
    expect(workspace.complaints).toEqual([]);
  },
);

test('killed between the preview and publishing: it is published once, and the preview goes', {
  timeout: 60_000,
}, async () => {
  await putDigestInFile(workspace, databasePath, STORIES, { dueIn: 10 * 60_000, previewMinutes: 60 });
  const preview = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' }, { nth: 3 });
  const app = await start();
  await preview.struck;
  await kill(app);
  aMinuteLater();
  const amira = workspace.person('amira');
  const again = await start();
  await workspace.until(() => amira.dm().length === 4, { ms: 20_000 });
  await settled();
  expect(
    amira
      .dm()
      .map(said)
      .filter((words) => words.includes('The line was down')),
  ).toHaveLength(2);
  await kill(again);
  inTheFile(`update digests set publish_at = ${Date.now()}`);
  await start();
  await expectOneWholeDigest();
  await workspace.until(() => amira.dm().length === 0, { ms: 20_000 });
  expect(workspace.complaints).toEqual([]);
});
