import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { modalOf, said } from '../support/screen.ts';
import { lend, tell } from '../support/story.ts';

const NOT_FOUND = 'This near-miss could not be found.';

/** Presses a button that names another near-miss than the one it stands under. */
async function pressFor(bot: BotOnTheWire, who: string, at: Message, action: string, id: string) {
  const buttons = (at.blocks ?? []).flatMap(({ elements }) => (elements ?? []) as Record<string, unknown>[]);
  for (const button of buttons) if (button.action_id === action) button.value = id;
  await bot.workspace.person(who).press({ channel: at.channel, ts: at.ts }, action);
}

async function withAnother(replies: string, tellIt: (bot: BotOnTheWire) => Promise<unknown>) {
  const bot = await botWithDigest({ replies });
  await tell(bot, 'maria', 'an older story');
  await lend(bot, 'maria', 'NM-1', 'Count the boxes twice.');
  await tell(bot, 'maria', 'the wrong rate, seen in time');
  await lend(bot, 'maria', 'NM-2', 'Look at one number you know.');
  await publishNow(bot, 'jon');
  await tellIt(bot);
  const story = (await repliesTo(bot, await digestIn(bot), 2))[0] as Message;
  const id = (summary: string) =>
    rows<{ id: string }>(bot, `select id from near_misses where summary = '${summary}'`)[0]?.id ?? '';
  return { bot, story, id };
}

test('a story no digest tells yet takes no press and lends nothing, whatever a button says', async () => {
  const { bot, story, id } = await withAnother('10', async (later) => {
    await tell(later, 'maria', 'not told yet');
    await lend(later, 'maria', 'NM-3', 'Keep this for later.');
  });
  for (const action of ['learned_something', 'seen_this_too'])
    await pressFor(bot, 'sam', story, action, id('not told yet'));
  await pressFor(bot, 'sam', story, 'could_use_this', id('not told yet'));
  const asked = await modalOf(bot, 'sam', 'We could use this', NOT_FOUND);
  expect(JSON.stringify(asked)).not.toContain('Keep this for later');
  const told = bot.workspace.person('sam').ephemerals().map(said);
  expect(told.filter((words) => words.includes(NOT_FOUND))).toHaveLength(2);
  expect(rows(bot, 'select * from presses')).toEqual([]);
  expectNoComplaints(bot);
});

test('a guest presses what was posted in front of them, and nothing behind More', async () => {
  const { bot, story, id } = await withAnother('1', async () => undefined);
  const isFirst = said(story).includes('an older story');
  const [shown, behind] = isFirst
    ? ['an older story', 'the wrong rate, seen in time']
    : ['the wrong rate, seen in time', 'an older story'];
  await pressFor(bot, 'gus', story, 'seen_this_too', id(behind ?? ''));
  await pressFor(bot, 'gus', story, 'could_use_this', id(behind ?? ''));
  const asked = await modalOf(bot, 'gus', 'We could use this', NOT_FOUND);
  expect(JSON.stringify(asked)).not.toMatch(/Count the boxes|Look at one number/);
  expect(rows(bot, 'select * from presses')).toEqual([]);
  await pressFor(bot, 'gus', story, 'seen_this_too', id(shown ?? ''));
  await expect.poll(() => rows(bot, 'select * from presses')).toHaveLength(1);
  expectNoComplaints(bot);
});
