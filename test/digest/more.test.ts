import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { askForPreview } from '../support/preview.ts';
import { dmOf, modalOf, typedIn, wordsOf } from '../support/screen.ts';
import { tell } from '../support/story.ts';

/** NM-1 to NM-7, of which the newest has a message of its own: NM-6 to NM-2 are on the first page, NM-1 on the last. */
async function sevenStories(): Promise<BotOnTheWire> {
  const bot = await botWithDigest({ replies: '1' });
  for (let at = 1; at <= 7; at += 1) await tell(bot, 'maria', `the story of NM-${at}.`);
  return bot;
}

async function published() {
  const bot = await sevenStories();
  await publishNow(bot, 'jon');
  const more = (await repliesTo(bot, await digestIn(bot), 2)).at(-1) as Message;
  return { bot, more };
}

const pageWith = (bot: BotOnTheWire, who: string, has: string) => modalOf(bot, who, 'In this digest', has);

/** Presses a button of one of the stories on the page somebody has before them. */
async function pressOn(
  { workspace }: BotOnTheWire,
  who: string,
  story: string,
  action: string,
): Promise<void> {
  const blocks = workspace.person(who).view()?.blocks ?? [];
  const from = blocks.findIndex((block) => wordsOf({ blocks: [block] }).includes(story));
  const under = blocks.slice(from).find((block) => JSON.stringify(block).includes(`"${action}"`));
  await workspace.person(who).press('view', { block_id: String(under?.block_id), action_id: action });
}

test('a story behind More is pressed like one in the thread, and the page says the number', async () => {
  const { bot, more } = await published();
  const sam = bot.workspace.person('sam');
  await sam.press({ channel: more.channel, ts: more.ts }, 'more_stories');
  await pageWith(bot, 'sam', 'the story of NM-4.');
  await pressOn(bot, 'sam', 'the story of NM-4.', 'learned_something');
  await pageWith(bot, 'sam', 'I learned something (1)');
  await pressOn(bot, 'sam', 'the story of NM-4.', 'seen_this_too');
  await pageWith(bot, 'sam', "I've seen this too (1)");
  await pressOn(bot, 'sam', 'the story of NM-4.', 'learned_something');
  await modalOf(bot, 'sam', 'I learned something', 'You said this before.');
  await sam.press('view', 'take_back_learned');
  await modalOf(bot, 'sam', 'I learned something', 'It is taken back.');
  await sam.close();
  const page = await pageWith(bot, 'sam', 'the story of NM-4.');
  expect(wordsOf(page)).not.toContain('I learned something (1)');
  expect(wordsOf(page)).toContain("I've seen this too (1)");
  expectNoComplaints(bot);
});

test('a story behind More is borrowed from, on its page, and taken back there', async () => {
  const { bot, more } = await published();
  const sam = bot.workspace.person('sam');
  await sam.press({ channel: more.channel, ts: more.ts }, 'more_stories');
  await pageWith(bot, 'sam', 'the story of NM-2.');
  await sam.press('view', 'more_stories');
  await pageWith(bot, 'sam', 'the story of NM-1.');
  await pressOn(bot, 'sam', 'the story of NM-1.', 'could_use_this');
  await modalOf(bot, 'sam', 'We could use this', 'team');
  await sam.change('view', 'team', 'Support');
  await sam.change('view', 'sentence', 'we open ten by hand');
  expect((await sam.submit()).errors).toEqual({});
  const page = await pageWith(bot, 'sam', 'We could use this (1)');
  expect(wordsOf(page)).toContain('the story of NM-1.');
  await pressOn(bot, 'sam', 'the story of NM-1.', 'could_use_this');
  await modalOf(bot, 'sam', 'We could use this', 'You said that Support uses this.');
  await sam.press('view', 'change_adoption');
  const asked = await modalOf(bot, 'sam', 'We could use this', 'What do you use now?');
  expect(typedIn(asked, 'sentence')).toBe('we open ten by hand');
  expect((await sam.submit()).errors).toEqual({});
  await pageWith(bot, 'sam', 'We could use this (1)');
  await pressOn(bot, 'sam', 'the story of NM-1.', 'could_use_this');
  await modalOf(bot, 'sam', 'We could use this', 'You said that Support uses this.');
  await sam.press('view', 'take_back_adoption');
  await modalOf(bot, 'sam', 'We could use this', 'It is taken back.');
  await sam.close();
  expect(wordsOf(await pageWith(bot, 'sam', 'the story of NM-1.'))).not.toContain('We could use this (1)');
  expectNoComplaints(bot);
});

test('a steward leaves out a story behind More, and the page and the count go on without it', async () => {
  const bot = await sevenStories();
  await askForPreview(bot, 'jon', 'The preview is in the messages of all stewards.');
  const more = await dmOf(bot, 'jon', '6 more stories are in this digest.');
  const jon = bot.workspace.person('jon');
  await jon.press({ channel: more.channel, ts: more.ts }, 'more_stories');
  await pageWith(bot, 'jon', 'the story of NM-2.');
  await jon.press('view', 'more_stories');
  await pageWith(bot, 'jon', 'the story of NM-1.');
  await pressOn(bot, 'jon', 'the story of NM-1.', 'leave_one_out');
  await modalOf(bot, 'jon', 'Leave this out', 'line');
  await jon.change('view', 'line', 'we wait for the supplier');
  expect((await jon.submit()).errors).toEqual({});
  const page = await pageWith(bot, 'jon', 'the story of NM-2.');
  expect(wordsOf(page)).not.toContain('the story of NM-1.');
  expect(wordsOf(page)).not.toMatch(/I learned something|More/);
  await dmOf(bot, 'amira', '5 more stories are in this digest.');
  await pressOn(bot, 'jon', 'the story of NM-2.', 'propose_wording');
  await modalOf(bot, 'jon', 'Propose a wording', 'wording');
  await jon.change('view', 'wording', 'other words');
  await jon.submit();
  await dmOf(bot, 'maria', 'Jon Park proposes these words for NM-2 in the digest.');
  expectNoComplaints(bot);
});
