import { describe, expect, test } from 'vitest';
import { openChange, withdraw } from './change-steps.ts';
import {
  callsOf,
  cardIn,
  dmOf,
  expectNoComplaints,
  fillStepOne,
  modalOf,
  openStepOne,
  placeOf,
  rows,
  said,
  shareAndSkip,
  wordsOf,
} from './doing.ts';
import { type Office, openOffice } from './office.ts';
import { settled } from './outbox-steps.ts';
import { tellAbout } from './telling-steps.ts';

/*
 * A card stands where its channel is shared with another organisation, or opened to everyone, afterwards. Whatever
 * changes must not put new words in front of people they were not for.
 */

const isShared = ({ workspace }: Office, channel: string, is: boolean) =>
  void Object.assign(workspace.channel(channel), { isExtShared: is });

/** Maria's card in #payments-ops, which is shared afterwards. */
async function cardInShared(): Promise<Office> {
  const office = await openOffice();
  await shareAndSkip(office, 'maria', 'The rates were wrong', { system: 'Invoices' });
  await cardIn(office, 'payments-ops', 'jon', 'The rates were wrong');
  await settled(office);
  isShared(office, 'payments-ops', true);
  return office;
}

/** Jon tells how close it was. */
async function jonTells(office: Office, words: string): Promise<void> {
  await tellAbout(office, 'jon', 'went_right', 'What went right');
  const jon = office.workspace.person('jon');
  await jon.change('view', 'closeness', words);
  expect((await jon.submit()).errors).toEqual({});
  await jon.close({ all: true });
}

const toMaria = ({ workspace }: Office) =>
  workspace
    .person('maria')
    .dm()
    .map(({ text }) => text)
    .filter((text) => text.includes('shows its words'));

const GONE = 'NM-1 is no longer shown here: this conversation is shared with another organisation.';

describe('what others add after its channel was shared with another organisation', () => {
  test('is not shown on the card, nor is anything else any more; its reporter hears why, once', async () => {
    const office = await cardInShared();
    await jonTells(office, 'minutes, really');
    const card = await cardIn(office, 'payments-ops', 'jon', GONE);
    expect(said(card)).not.toMatch(/rates|Invoices|Maria|minutes/);
    expect(card.text).toBe(`${GONE} Those who may read it find it under Read the story.`);
    await dmOf(office, 'maria', 'shows its words');
    await jonTells(office, 'seconds, really');
    await settled(office);
    expect(toMaria(office)).toEqual([
      'The card of NM-1 in #payments-ops no longer shows its words: it is shared with another organisation, and as far as the app knows you were not told so when you saved. Those who may read the story find it in the app.',
    ]);
    expect(said(await cardIn(office, 'payments-ops', 'jon', GONE))).not.toContain('seconds');
    expectNoComplaints(office);
  });

  test('is read from there by who may read it, and by nobody else', async () => {
    const office = await cardInShared();
    const { workspace } = office;
    await jonTells(office, 'minutes, really');
    const card = await cardIn(office, 'payments-ops', 'jon', GONE);
    await workspace.person('amira').press(placeOf(card), 'read_all');
    await modalOf(office, 'amira', 'NM-1', 'minutes, really');
    await workspace.person('gus').press(placeOf(card), 'read_all');
    expect(wordsOf(await modalOf(office, 'gus', 'A near-miss', 'could not be found'))).not.toContain('rates');
    expectNoComplaints(office);
  });

  test('comes back with the next change once it is shared no longer', async () => {
    const office = await cardInShared();
    await jonTells(office, 'minutes, really');
    await cardIn(office, 'payments-ops', 'jon', GONE);
    isShared(office, 'payments-ops', false);
    await jonTells(office, 'seconds, really');
    const card = await cardIn(office, 'payments-ops', 'jon', 'The rates were wrong');
    expect(said(card)).toContain('Shared by Maria Lopez');
    expectNoComplaints(office);
  });

  test('is shown where Maria was told that outsiders see the card', async () => {
    const office = await openOffice({
      channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    await openStepOne(office, 'maria', 'payments-ops', 'nothing posted now');
    await fillStepOne(office, 'maria', 'The rates were wrong', { card: true });
    await office.workspace.person('maria').submit();
    const maria = office.workspace.person('maria');
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    await cardIn(office, 'payments-ops', 'jon', 'an hour');
    await settled(office);
    expect(toMaria(office)).toEqual([]);
    expectNoComplaints(office);
  });

  test('waits while Slack does not say whether it is shared', async () => {
    const office = await cardInShared();
    const silent = office.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    await jonTells(office, 'minutes, really');
    await silent.struck;
    await expect
      .poll(() => rows(office, "select why from outbox where kind = 'card_change'"))
      .toEqual([{ why: 'Slack did not say where it would go' }]);
    const changes = () => callsOf(office, 'chat.update').length;
    expect(changes()).toBe(0);
    silent.remove();
    await cardIn(office, 'payments-ops', 'jon', GONE);
    expectNoComplaints(office);
  });
});

test('what its reporter takes out of their words does not stay on the card', async () => {
  const office = await cardInShared();
  const maria = office.workspace.person('maria');
  await openChange(office, 'maria');
  await modalOf(office, 'maria', 'Edit or withdraw', 'Edit my words');
  await maria.press('view', 'edit_words');
  await modalOf(office, 'maria', 'Edit my words', 'summary');
  await maria.change('view', 'summary', 'less said');
  await maria.submit();
  const card = await cardIn(office, 'payments-ops', 'jon', GONE);
  expect(said(card)).not.toMatch(/rates|less said/);
  expectNoComplaints(office);
});

test('withdrawn, it is blanked although Slack says nothing of its channel', async () => {
  const office = await cardInShared();
  office.workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );
  await withdraw(office, 'maria', 'NM-1');
  await cardIn(office, 'payments-ops', 'jon', 'NM-1 was withdrawn.');
  await settled(office);
  expect(toMaria(office)).toEqual([]);
  expectNoComplaints(office);
});

test('for the members of a private channel that is opened to everyone, it shows nothing new', async () => {
  const office = await openOffice();
  await openStepOne(office, 'maria', 'finance-leads', '#finance-leads');
  await fillStepOne(office, 'maria', 'The rates were wrong');
  const maria = office.workspace.person('maria');
  await maria.submit();
  await cardIn(office, 'finance-leads', 'jon', 'The rates were wrong');
  Object.assign(office.workspace.channel('finance-leads'), { kind: 'public' });
  await maria.change('view', 'closeness', 'an hour');
  await maria.submit();
  const card = await cardIn(office, 'finance-leads', 'jon', 'NM-1 is no longer shown here');
  expect(said(card)).not.toMatch(/rates|an hour/);
  await dmOf(office, 'maria', 'no longer shows its words: more people can see it than when');
  expectNoComplaints(office);
});

test('*Who can see this* says so to its reporter', async () => {
  const office = await cardInShared();
  const maria = office.workspace.person('maria');
  // What was known before is ten minutes old by then.
  await office.restart();
  const card = await cardIn(office, 'payments-ops', 'jon', 'The rates were wrong');
  const id = rows<{ id: string }>(office, 'select id from near_misses')[0]?.id;
  await maria.press(placeOf(card), 'card_more', `who_can_see:${id}`);
  expect(wordsOf(await modalOf(office, 'maria', 'Who can see this', 'Everyone at Acme'))).toContain(
    'Its card is in #payments-ops. #payments-ops is shared with another organisation. Nothing new is shown on its card there.',
  );
  expectNoComplaints(office);
});
