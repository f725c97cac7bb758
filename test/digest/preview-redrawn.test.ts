import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithPreview, leaveOut, press, previewSays, storyIn } from '../support/preview.ts';
import { modalOf } from '../support/screen.ts';
import { tellMoreOf } from '../support/story.ts';
import { callsOf } from '../support/workspace.ts';

/** Which messages of Jon's preview were drawn again, each once, as many as these are. */
async function drawnAgain(bot: BotOnTheWire, jons: Message[], count: number): Promise<string[]> {
  const drawn = () =>
    callsOf(bot, 'chat.update').flatMap(({ args }) => jons.find(({ ts }) => ts === args.ts)?.text ?? []);
  await bot.workspace.until(() => drawn().length >= count, { what: `${count} messages drawn again` });
  return drawn().map((text) => text.slice(0, 13));
}

test('one answer draws again what it stands in and what counts it, in each preview, and no other story', async () => {
  const { bot, toJon } = await botWithPreview();
  await tellMoreOf(bot, 'sam', 'NM-2', ['went_right', 'What went right', 'saves'], 'the second line was up');
  await previewSays(bot, 'jon', 'the second line was up');
  await previewSays(bot, 'amira', 'the second line was up');
  const drawn = await drawnAgain(bot, toJon, 3);
  expect(drawn).not.toContain('Preview. NM-1');
  expect(drawn).toHaveLength(3);
  expectNoComplaints(bot);
});

test('a hold draws the parent again and no story; what is left out draws its own and what counts it', async () => {
  const { bot, toJon, toAmira } = await botWithPreview();
  await press(bot, 'amira', toAmira[0] as Message, 'hold_digest');
  await modalOf(bot, 'amira', 'Hold the digest', 'until');
  await bot.workspace.person('amira').submit();
  await bot.workspace.person('amira').close();
  await previewSays(bot, 'jon', 'Amira Haddad holds it');
  expect(await drawnAgain(bot, toJon, 1)).toEqual(['Preview. What']);
  await leaveOut(bot, 'amira', storyIn(toAmira, 'NM-2'), 'we wait for the supplier');
  await previewSays(bot, 'jon', 'Left out of this digest');
  expect(await drawnAgain(bot, toJon, 4)).not.toContain('Preview. NM-1');
  expectNoComplaints(bot);
});
