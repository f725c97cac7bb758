import { expect, test } from 'vitest';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { botWithDigest } from '../support/digest.ts';
import { ephemeralOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { openChangeFromList } from '../support/story.ts';

test('where it is changed stands what *Who can see this* says, down to the steward who can look up the name', async () => {
  const bot = await botWithDigest();
  const maria = bot.workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'two reports differed', { channel: 'ledger', tier: 'confidential' });
  const told = await ephemeralOf(bot, 'maria', 'Thank you.');
  await maria.press(placeOf(told), 'who_can_see');
  const [sentence] = wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'look up')).split('\n');
  expect(sentence).toContain('Jon Park can look up your name;');
  await maria.close();

  await openChangeFromList(bot, 'maria');
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  const change = await modalOf(bot, 'maria', 'Who can see this', 'tier');
  expect(wordsOf(change).split('\n')[0]).toBe(`Now: ${sentence}`);
  expectNoComplaints(bot);
});
