import { beforeEach, expect, test } from 'vitest';
import { type KillableBot, killableBot } from '../support/bot-process.ts';
import { inTheFile } from '../support/database.ts';
import { digestsIn, putDigestInFile } from '../support/digest.ts';
import { settled } from '../support/outbox.ts';
import { said } from '../support/screen.ts';

let bot: KillableBot;

beforeEach(async () => {
  bot = await killableBot();
});

const toLearning = ({ channel }: { channel?: unknown }) => channel === bot.workspace.channel('learning').id;

async function expectOneWholeDigest(): Promise<void> {
  await bot.workspace.until(() => digestsIn(bot)[0]?.replies.length === 3, { ms: 20_000 });
  await settled(bot);
  const [digest, ...others] = digestsIn(bot);
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
    await putDigestInFile(bot, STORIES);
    const posting = bot.workspace.faults.on('chat.postMessage', trouble, { nth, matching: toLearning });
    const app = await bot.start();
    await posting.struck;
    await bot.kill(app);
    await bot.start();
    await expectOneWholeDigest();
    expect(bot.workspace.complaints).toEqual([]);
  },
);

test('killed between the preview and publishing: it is published once, and the preview goes', {
  timeout: 60_000,
}, async () => {
  await putDigestInFile(bot, STORIES, { dueIn: 10 * 60_000, previewMinutes: 60 });
  const preview = bot.workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' }, { nth: 3 });
  const app = await bot.start();
  await preview.struck;
  await bot.kill(app);
  const amira = bot.workspace.person('amira');
  const again = await bot.start();
  await bot.workspace.until(() => amira.dm().length === 4, { ms: 20_000 });
  await settled(bot);
  expect(
    amira
      .dm()
      .map(said)
      .filter((words) => words.includes('The line was down')),
  ).toHaveLength(2);
  await bot.kill(again);
  inTheFile(bot, `update digests set publish_at = ${Date.now()}`);
  await bot.start();
  await expectOneWholeDigest();
  await bot.workspace.until(() => amira.dm().length === 0, { ms: 20_000 });
  expect(bot.workspace.complaints).toEqual([]);
});
