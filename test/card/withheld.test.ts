import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { fillStepOne, openStepOne, shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { settled } from '../support/outbox.ts';
import { cardIn, dmOf, modalOf, placeOf, said, wordsOf } from '../support/screen.ts';
import { openChange, tellAbout, withdraw } from '../support/story.ts';
import { callsOf } from '../support/workspace.ts';

/*
 * A card stands where its channel is shared with another organisation, or opened to everyone, afterwards. Whatever
 * changes must not put new words in front of people they were not for.
 */

const isShared = ({ workspace }: BotOnTheWire, channel: string, is: boolean) =>
  void Object.assign(workspace.channel(channel), { isExtShared: is });

/** Maria's card in #payments-ops, which is shared afterwards. */
async function cardInShared(): Promise<BotOnTheWire> {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'maria', 'The rates were wrong', { system: 'Invoices' });
  await cardIn(bot, 'payments-ops', 'jon', 'The rates were wrong');
  await settled(bot);
  isShared(bot, 'payments-ops', true);
  return bot;
}

/** Jon tells how close it was. */
async function jonTells(bot: BotOnTheWire, words: string): Promise<void> {
  await tellAbout(bot, 'jon', 'went_right', 'What went right');
  const jon = bot.workspace.person('jon');
  await jon.change('view', 'closeness', words);
  expect((await jon.submit()).errors).toEqual({});
  await jon.close({ all: true });
}

const toMaria = ({ workspace }: BotOnTheWire) =>
  workspace
    .person('maria')
    .dm()
    .map(({ text }) => text)
    .filter((text) => text.includes('shows its words'));

const GONE = 'NM-1 is no longer shown here: this conversation is shared with another organisation.';

describe('what others add after its channel was shared with another organisation', () => {
  test('is not shown on the card, nor is anything else any more; its reporter hears why, once', async () => {
    const bot = await cardInShared();
    await jonTells(bot, 'minutes, really');
    const card = await cardIn(bot, 'payments-ops', 'jon', GONE);
    expect(said(card)).not.toMatch(/rates|Invoices|Maria|minutes/);
    expect(card.text).toBe(`${GONE} Those who may read it find it under Read the story.`);
    await dmOf(bot, 'maria', 'shows its words');
    await jonTells(bot, 'seconds, really');
    await settled(bot);
    expect(toMaria(bot)).toEqual([
      'The card of NM-1 in #payments-ops no longer shows its words: it is shared with another organisation, and as far as the app knows you were not told so when you saved. Those who may read the story find it in the app.',
    ]);
    expect(said(await cardIn(bot, 'payments-ops', 'jon', GONE))).not.toContain('seconds');
    expectNoComplaints(bot);
  });

  test('is said to its reporter under the name its channel has by then', async () => {
    const bot = await cardInShared();
    const maria = bot.workspace.person('maria');
    bot.workspace.channel('payments-ops').name = 'payments';
    await openChange(bot, 'maria', 'payments');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    await modalOf(bot, 'maria', 'Edit my words', 'summary');
    await maria.change('view', 'summary', 'Other words');
    await maria.submit();
    await dmOf(bot, 'maria', 'The card of NM-1 in #payments no longer shows its words');
    expectNoComplaints(bot);
  });

  test('is read from there by who may read it, and by nobody else', async () => {
    const bot = await cardInShared();
    const { workspace } = bot;
    await jonTells(bot, 'minutes, really');
    const card = await cardIn(bot, 'payments-ops', 'jon', GONE);
    await workspace.person('amira').press(placeOf(card), 'read_all');
    await modalOf(bot, 'amira', 'NM-1', 'minutes, really');
    await workspace.person('gus').press(placeOf(card), 'read_all');
    expect(wordsOf(await modalOf(bot, 'gus', 'A near-miss', 'could not be found'))).not.toContain('rates');
    expectNoComplaints(bot);
  });

  test('comes back with the next change once it is shared no longer', async () => {
    const bot = await cardInShared();
    await jonTells(bot, 'minutes, really');
    await cardIn(bot, 'payments-ops', 'jon', GONE);
    isShared(bot, 'payments-ops', false);
    await jonTells(bot, 'seconds, really');
    const card = await cardIn(bot, 'payments-ops', 'jon', 'The rates were wrong');
    expect(said(card)).toContain('Shared by Maria Lopez');
    expectNoComplaints(bot);
  });

  test('is shown where Maria was told that outsiders see the card', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    await openStepOne(bot, 'maria', 'payments-ops', 'nothing posted now');
    await fillStepOne(bot, 'maria', 'The rates were wrong', { card: true });
    await bot.workspace.person('maria').submit();
    const maria = bot.workspace.person('maria');
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    await maria.close();
    await cardIn(bot, 'payments-ops', 'jon', 'an hour');
    await settled(bot);
    expect(toMaria(bot)).toEqual([]);
    expectNoComplaints(bot);
  });

  test('waits while Slack does not say whether it is shared', async () => {
    const bot = await cardInShared();
    const silent = bot.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    await jonTells(bot, 'minutes, really');
    await silent.struck;
    await expect
      .poll(() => rows(bot, "select why from outbox where kind = 'card_change'"))
      .toEqual([{ why: 'Slack did not say where it would go' }]);
    const changes = () => callsOf(bot, 'chat.update').length;
    expect(changes()).toBe(0);
    silent.remove();
    await cardIn(bot, 'payments-ops', 'jon', GONE);
    expectNoComplaints(bot);
  });
});

test('what its reporter takes out of their words does not stay on the card', async () => {
  const bot = await cardInShared();
  const maria = bot.workspace.person('maria');
  await openChange(bot, 'maria');
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
  await maria.press('view', 'edit_words');
  await modalOf(bot, 'maria', 'Edit my words', 'summary');
  await maria.change('view', 'summary', 'less said');
  await maria.submit();
  const card = await cardIn(bot, 'payments-ops', 'jon', GONE);
  expect(said(card)).not.toMatch(/rates|less said/);
  expectNoComplaints(bot);
});

test('withdrawn, it is blanked although Slack says nothing of its channel', async () => {
  const bot = await cardInShared();
  bot.workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );
  await withdraw(bot, 'maria', 'NM-1');
  await cardIn(bot, 'payments-ops', 'jon', 'NM-1 was withdrawn.');
  await settled(bot);
  expect(toMaria(bot)).toEqual([]);
  expectNoComplaints(bot);
});

test('for the members of a private channel that is opened to everyone, it shows nothing new', async () => {
  const bot = await botOnTheWire();
  await openStepOne(bot, 'maria', 'finance-leads', '#finance-leads');
  await fillStepOne(bot, 'maria', 'The rates were wrong');
  const maria = bot.workspace.person('maria');
  await maria.submit();
  await cardIn(bot, 'finance-leads', 'jon', 'The rates were wrong');
  Object.assign(bot.workspace.channel('finance-leads'), { kind: 'public' });
  await maria.change('view', 'closeness', 'an hour');
  await maria.submit();
  const card = await cardIn(bot, 'finance-leads', 'jon', 'NM-1 is no longer shown here');
  expect(said(card)).not.toMatch(/rates|an hour/);
  await dmOf(bot, 'maria', 'no longer shows its words: more people can see it than when');
  expectNoComplaints(bot);
});

test('*Who can see this* says so to its reporter', async () => {
  const bot = await cardInShared();
  const maria = bot.workspace.person('maria');
  // What was known before is ten minutes old by then.
  await bot.restart();
  const card = await cardIn(bot, 'payments-ops', 'jon', 'The rates were wrong');
  const id = rows<{ id: string }>(bot, 'select id from near_misses')[0]?.id;
  await maria.press(placeOf(card), 'card_more', `who_can_see:${id}`);
  expect(wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'Everyone at Acme'))).toContain(
    'Its card is in #payments-ops. #payments-ops is shared with another organisation. Nothing new is shown on its card there.',
  );
  expectNoComplaints(bot);
});
