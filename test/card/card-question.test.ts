import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { dmOf, expectNoComplaints, said, shareAndSkip } from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';

/** The question whether a card is there, where neither Slack nor the app can tell. */
async function asked(office: Office) {
  office.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  office.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(office, 'maria', 'The rates were wrong');
  const { channel, ts } = await dmOf(office, 'maria', 'Is it there?');
  const press = (pick: string) => office.workspace.person('maria').press({ channel, ts }, pick);
  const isAnswered = (words: string) =>
    office.workspace.until(
      () =>
        office.workspace
          .person('maria')
          .dm()
          .find((message) => said(message).includes(words)),
      { what: `the answer "${words}"` },
    );
  return { press, isAnswered };
}

test('the confirmation says that the person is asked, not that a card will follow', async () => {
  const office = await openOffice();
  await asked(office);
  const told = await office.workspace.until(() =>
    [...office.workspace.person('maria').ephemerals(), ...office.workspace.person('maria').dm()].find(
      (message) => said(message).includes('NM-1 is saved.'),
    ),
  );
  expect(told.text).toBe(
    'Thank you. NM-1 is saved. Slack did not say whether its card was posted. You are asked about it in a direct message.',
  );
  expectNoComplaints(office);
});

test('*Post it again* says that it will be, and pressed once more that it was answered', async () => {
  const office = await openOffice();
  const { press, isAnswered } = await asked(office);
  const pressed = await press('post_again');
  await isAnswered('Thank you. It will be posted again.');
  const cards = await office.workspace.until(() => {
    const posted = office.workspace.person('jon').messages('payments-ops');
    return posted.length === 2 ? posted : undefined;
  });
  // A look for the second must not find the first.
  expect(new Set(cards.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(2);
  await pressed.redeliver();
  await isAnswered('Thank you. This was answered before, and nothing more is needed.');
  expect(
    office.workspace
      .person('maria')
      .dm()
      .filter((message) => said(message).includes('Is it there?')),
  ).toEqual([]);
  expectNoComplaints(office);
});

test.each(['post_again', 'it_is_there'])(
  'of what was withdrawn meanwhile %s is answered too, and nothing is posted',
  async (pick) => {
    const office = await openOffice();
    const { press, isAnswered } = await asked(office);
    const sqlite = new SQLite(office.config.databasePath);
    sqlite.exec("update near_misses set summary = '', withdrawn_at = 1");
    sqlite.close();
    await press(pick);
    await isAnswered('Thank you. It was withdrawn, so nothing is posted again.');
    expect(office.workspace.person('jon').messages('payments-ops')).toHaveLength(1);
    expectNoComplaints(office);
  },
);
