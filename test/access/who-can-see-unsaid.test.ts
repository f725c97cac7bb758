import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { stepOneOf } from '../support/capture.ts';
import { wordsOf } from '../support/screen.ts';

/** What Maria is shown, at once and for good, where she shares from a private channel the app is in. */
async function opened(bot: BotOnTheWire, channel: string, has: string): Promise<string> {
  await bot.workspace.person('maria').command(channel, '/nearmiss');
  return wordsOf(await stepOneOf(bot, 'maria', has));
}

const MEMBERS = 'Only members of this conversation can read the story, for as long as they are members.';

test('before Slack says what a private channel is, nobody is told that they alone will read', async () => {
  const bot = await botOnTheWire();
  const asked = bot.workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
  const words = await opened(bot, 'finance-leads', 'summary');
  expect(words).toContain('for members of this conversation, with a card in this conversation.');
  expect(words).toContain(`${MEMBERS} Your name is on it. A card goes into this conversation when you save.`);
  asked.release();
  await stepOneOf(bot, 'maria', 'Only members of #finance-leads can read the story');
  expectNoComplaints(bot);
});

test('where the scope to know of private channels was declined, neither, and no card is proposed', async () => {
  const bot = await botOnTheWire({ decline: ['groups:read'] });
  const words = await opened(bot, 'finance-leads', 'nothing posted now');
  expect(words).toContain(`${MEMBERS} Your name is on it. Nothing is posted when you save.`);
  expect(words).not.toMatch(/you alone|Only you/);
  expectNoComplaints(bot);
});

test('in a direct message of two people there is no app, and it says so at once', async () => {
  const bot = await botOnTheWire({
    channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
  });
  const asked = bot.workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
  expect(await opened(bot, 'maria-and-jon', 'summary')).toContain(
    'Only you can read the story, because the app is not in this conversation.',
  );
  asked.release();
  expectNoComplaints(bot);
});
