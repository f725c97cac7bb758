import { expect, test } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import type { Message } from '../../sandbox/state/state.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { repliesTo, setUpDigest } from '../support/digest.ts';
import { askForPreview, previewOf, previewSays } from '../support/preview.ts';
import { modalOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

const SENT = 'It is posted on Monday 20 October if nobody does anything.';

/** A preview Jon has before him, and Amira's copy of it, of which the message that begins so is still on its way. */
async function previewOnItsWay(begins: string) {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon']);
  await setUpDigest(bot, 'jon');
  await tell(bot, 'maria', 'the wrong rate, seen in time');
  await tell(bot, 'sam', 'the phones were dead at night');
  await askForPreview(bot, 'jon', SENT);
  const parent = await previewOf(bot, 'jon');
  const jons = [parent, ...(await repliesTo(bot, parent, 2))];
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  const late = bot.workspace.faults.on(
    'chat.postMessage',
    { kind: 'hold', when: 'after' },
    { matching: ({ text }: Json) => String(text).startsWith(begins) },
  );
  await askForPreview(bot, 'amira', 'The preview is in your messages from the app.');
  await late.struck;
  return { bot, jons, late };
}

test('a preview that arrives after its story was left out says that it is left out', async () => {
  const { bot, jons, late } = await previewOnItsWay('Preview. NM-2');
  const { workspace } = bot;
  const jon = workspace.person('jon');
  const { channel, ts } = jons.find(({ text }) => text.startsWith('Preview. NM-2')) as Message;
  await jon.press({ channel, ts }, 'leave_one_out');
  await modalOf(bot, 'jon', 'Leave this out', 'line');
  await jon.change('view', 'line', 'we wait for the supplier');
  expect((await jon.submit()).errors).toEqual({});
  late.release();
  await previewSays(bot, 'amira', 'Left out of this digest by Jon Park.');
  expect(await previewSays(bot, 'amira', '1 story')).not.toContain('2 stories');
  expectNoComplaints(bot);
});

test('a preview that arrives after it was held says who holds it', async () => {
  const { bot, jons, late } = await previewOnItsWay('Preview. What we learned');
  const { workspace } = bot;
  const jon = workspace.person('jon');
  const { channel, ts } = jons[0] as Message;
  await jon.press({ channel, ts }, 'hold_digest');
  await modalOf(bot, 'jon', 'Hold the digest', 'until');
  await jon.submit();
  late.release();
  await previewSays(bot, 'amira', 'Jon Park holds it until Tuesday 21 October.');
  expectNoComplaints(bot);
});
