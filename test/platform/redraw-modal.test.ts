import { expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip, stepOneOf } from '../support/capture.ts';
import { cardIn, modalOf, placeOf, typedIn, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

const TROUBLES = [
  ['is broken', { kind: 'http', status: 503 }],
  ['limits the app', { kind: 'rate_limit', retryAfter: 30 }],
] as const;

test.each(TROUBLES)(
  'a step 1 that already works stays, and nobody is told to try again: Slack %s',
  async (_how, trouble) => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    workspace.faults.on('views.update', trouble);
    await maria.command('finance-leads', '/nearmiss the rates were wrong');
    await stepOneOf(bot, 'maria');
    await expect.poll(() => bot.logged()).toContain('step 1 was not drawn again');
    expect(callsOf(bot, 'views.update')).toHaveLength(1);
    expect(typedIn(maria.view(), 'summary')).toBe('the rates were wrong');
    expect((await maria.submit()).errors).toEqual({});
    await modalOf(bot, 'maria', 'What went right?', 'Saved as NM-1');
    expect([maria.ephemerals(), maria.dm()]).toEqual([[], []]);
    expectNoComplaints(bot);
  },
);

test.each(TROUBLES)('nobody stays in front of "One moment.": Slack %s', async (_how, trouble) => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await shareAndSkip(bot, 'maria', 'seen in time');
  const card = await cardIn(bot, 'payments-ops', 'jon', 'seen in time');
  workspace.faults.on('views.update', trouble);
  await workspace.person('jon').press(placeOf(card), 'tell_more');
  const view = await modalOf(bot, 'jon', 'Tell more', 'That did not work just now.');
  expect(wordsOf(view)).not.toContain('One moment.');
  await workspace.person('jon').close();
  await workspace.person('jon').press(placeOf(card), 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'answered');
  expectNoComplaints(bot);
});
