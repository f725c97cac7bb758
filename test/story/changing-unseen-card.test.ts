import { expect, test } from 'vitest';
import { changeWhoCanSee } from '../support/change-steps.ts';
import { chooseStewards, openScene } from '../support/digest-scene.ts';
import {
  cardIn,
  dmOf,
  expectNoComplaints,
  onlyId,
  placeOf,
  rows,
  shareAndSkip,
  show,
} from '../support/doing.ts';
import type { Office } from '../support/office.ts';

/** Its card is there, and neither Slack nor the app can tell: maria is asked. */
async function asked(): Promise<Office> {
  const office = await openScene();
  await chooseStewards(office, 'jon', ['jon']);
  office.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  office.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(office, 'maria', 'The rates were wrong');
  await dmOf(office, 'maria', 'Is it there?');
  return office;
}

async function change(office: Office, to: { tier?: string; audience?: string }) {
  const shown = await show(office, 'maria', 'NM-1');
  const maria = office.workspace.person('maria');
  await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
  return changeWhoCanSee(office, 'maria', to);
}

async function answer(office: Office, pick: 'post_again' | 'it_is_there', words: string): Promise<void> {
  const question = await dmOf(office, 'maria', 'Is it there?');
  await office.workspace.person('maria').press(placeOf(question), pick);
  await dmOf(office, 'maria', words);
}

const tierOf = (office: Office) =>
  rows(office, 'select tier, reporter_id is not null as kept from near_misses');

test.each(['unattributed', 'confidential'])(
  'to %s waits while nobody knows whether its card is there, and says what to do',
  async (tier) => {
    const office = await asked();
    expect((await change(office, { tier })).errors).toEqual({
      tier: 'Slack did not say whether its card was posted in #payments-ops, so the app could not take it away. Please answer the question in your messages from the app first.',
    });
    expect(tierOf(office)).toEqual([{ tier: 'named', kept: 1 }]);
    await office.workspace.person('maria').close({ all: true });
    await answer(office, 'it_is_there', 'Thank you. It is left as it is');
    expect((await change(office, { tier })).errors).toEqual({
      tier: 'The app cannot take its card in #payments-ops away, because Slack did not say where it is. You can withdraw this near-miss, and ask a workspace admin to delete the card.',
    });
    expect(tierOf(office)).toEqual([{ tier: 'named', kept: 1 }]);
    expectNoComplaints(office);
  },
);

test('after *Post it again* the app knows where it is, and takes it away', async () => {
  const office = await asked();
  const [first] = office.workspace.person('jon').messages('payments-ops');
  office.workspace.state.messages.splice(
    office.workspace.state.messages.findIndex(({ ts }) => ts === first?.ts),
    1,
  );
  await answer(office, 'post_again', 'It will be posted again.');
  await cardIn(office, 'payments-ops', 'jon', 'The rates were wrong');
  await expect
    .poll(() => rows(office, 'select card_ts is not null as card from near_misses'))
    .toEqual([{ card: 1 }]);
  expect((await change(office, { tier: 'unattributed' })).errors).toEqual({});
  await office.workspace.until(() => office.workspace.person('jon').messages('payments-ops').length === 0);
  expectNoComplaints(office);
});

test('a change that leaves the card where it is does not wait', async () => {
  const office = await asked();
  expect((await change(office, { audience: 'channel' })).errors).toEqual({});
  expectNoComplaints(office);
});
