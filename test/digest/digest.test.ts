import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { digestIn, publishNow, repliesTo, setUpDigest } from '../support/digest.ts';
import { modalOf, said, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

test('a steward sets the digest up, and publishes it with its stories in the thread', async () => {
  const bot = await botOnTheWire({ mode: 'http' });
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  await setUpDigest(bot, 'amira');
  await tell(bot, 'maria', "the invoices had last year's rate", {
    saves: 'We open ten by hand',
    signal_kind: 'routine_check',
  });
  await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
  const asked = await modalOf(bot, 'jon', 'Publish the digest now?', 'posted in');
  expect(wordsOf(asked)).toBe('One story will be posted in #learning, for everyone who is there.');
  await bot.workspace.person('jon').close();
  expect(bot.workspace.person('jon').messages('learning')).toEqual([]);
  await publishNow(bot, 'jon');
  const parent = await digestIn(bot);
  expect(wordsOf(parent)).toContain('1 story. About a minute; the story is in the thread.');
  const [noticed, story] = (await repliesTo(bot, parent, 2)) as [Message, Message];
  expect(noticed.text).toBe('How these were noticed: A routine check 1');
  expect(said(story)).toContain('We open ten by hand');
  expectNoComplaints(bot);
});
