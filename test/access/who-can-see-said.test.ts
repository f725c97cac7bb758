import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { goOnTo, share, shareAndSkip } from '../support/capture.ts';
import { onlyId } from '../support/database.ts';
import { cardIn, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { openChange } from '../support/story.ts';

describe('who can see this', () => {
  test('to the person who shared it, in the words of the promise, after saving', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'seen in time');
    const card = await cardIn(bot, 'payments-ops', 'maria', 'seen in time');
    await maria.press(placeOf(card), 'card_more', `who_can_see:${onlyId(bot)}`);
    expect(wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'Your name'))).toBe(
      [
        'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. Its card is in #payments-ops. You can change or withdraw your words at any time.',
        "The people who run the app's server can technically read what is stored on it.",
      ].join('\n'),
    );
    expectNoComplaints(bot);
  });

  test('to others, with what taking part means', async () => {
    const bot = await botOnTheWire();
    const jon = bot.workspace.person('jon');
    await share(bot, 'maria', 'seen in time', { audience: 'channel' });
    await goOnTo(bot, 'maria', 'Who did it take?');
    await bot.workspace.person('maria').change('view', 'reached', 'no');
    await bot.workspace.person('maria').submit();
    const card = await cardIn(bot, 'payments-ops', 'jon', 'Nobody who relies on this was affected');
    await jon.press(placeOf(card), 'card_more', `who_can_see:${onlyId(bot)}`);
    expect(wordsOf(await modalOf(bot, 'jon', 'Who can see this', 'Who can see this:'))).toBe(
      [
        'Nobody who relies on this was affected, and there is still a lot to learn from it. We want to know how it looked from where you were, with what you knew then, and what went right. We look at how the work fits together, not for someone at fault. Taking part is your choice: skip any question, and change or withdraw your own words whenever you like. The app does not count near-misses per person.',
        'Who can see this: members of #payments-ops, for as long as they are members. Maria Lopez shared it under their name. What you add carries your name and stays in #payments-ops.',
        "The people who run the app's server can technically read what is stored on it.",
      ].join('\n'),
    );
    expectNoComplaints(bot);
  });
});

describe('who can read it is never said to be fewer than they are', () => {
  /** *Change who can see this* of what was shared with the members of a private channel, after a restart. */
  async function nowInWords(bot: BotOnTheWire): Promise<string> {
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'for those who lead', { channel: 'finance-leads' });
    await cardIn(bot, 'finance-leads', 'maria', 'for those who lead');
    await bot.restart();
    await openChange(bot, 'maria', 'finance-leads');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
    await maria.press('view', 'change_who_can_see');
    return wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'tier'));
  }

  const MEMBERS =
    'Now: Only members of #finance-leads can read the story, for as long as they are members. Your name is on it. Its card is in #finance-leads.';

  test('where it is changed: after a restart the conversation is asked about', async () => {
    const bot = await botOnTheWire();
    expect(await nowInWords(bot)).toContain(MEMBERS);
    expectNoComplaints(bot);
  });

  test('where it is changed, while Slack does not say who is in the channel', async () => {
    const bot = await botOnTheWire();
    bot.workspace.faults.on('conversations.info', { kind: 'http', status: 503 }, { times: 10 });
    expect(await nowInWords(bot)).toContain('Now: Only members of');
    expectNoComplaints(bot);
  });

  test('in *Who can see this*, while Slack does not say who is in the channel', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'for those who lead', { channel: 'finance-leads' });
    const card = await cardIn(bot, 'finance-leads', 'maria', 'for those who lead');
    await bot.restart();
    bot.workspace.faults.on('conversations.info', { kind: 'http', status: 503 }, { times: 10 });
    await maria.press(placeOf(card), 'card_more', `who_can_see:${onlyId(bot)}`);
    expect(wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'Your name'))).toContain(
      'Only members of',
    );
    expectNoComplaints(bot);
  });

  test('at the end of a share without a name, after a restart: nor that the app is not in the channel', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'for those who lead', { channel: 'finance-leads', tier: 'unattributed' });
    await bot.restart();
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.submit();
    const end = await modalOf(bot, 'maria', 'Share a near-miss', 'It is saved.');
    expect(wordsOf(end)).toBe('Thank you. It is saved. Nothing was posted.');
    expectNoComplaints(bot);
  });
});
