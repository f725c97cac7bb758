import { expect, test } from 'vitest';
import {
  callsOf,
  cardIn,
  expectNoComplaints,
  modalOf,
  placeOf,
  shareAndSkip,
  stepOneOf,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

const TROUBLES = [
  ['is broken', { kind: 'http', status: 503 }],
  ['limits the app', { kind: 'rate_limit', retryAfter: 30 }],
] as const;

test.each(TROUBLES)(
  'a step 1 that already works stays, and nobody is told to try again: Slack %s',
  async (_how, trouble) => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    workspace.faults.on('views.update', trouble);
    await maria.command('finance-leads', '/nearmiss the rates were wrong');
    await stepOneOf(office, 'maria');
    await expect.poll(() => office.logged()).toContain('step 1 was not drawn again');
    expect(callsOf(office, 'views.update')).toHaveLength(1);
    expect(typedIn(maria.view(), 'summary')).toBe('the rates were wrong');
    expect((await maria.submit()).errors).toEqual({});
    await modalOf(office, 'maria', 'What can we learn?', 'Saved as NM-1');
    expect([maria.ephemerals(), maria.dm()]).toEqual([[], []]);
    expectNoComplaints(office);
  },
);

test.each(TROUBLES)('nobody stays in front of "One moment.": Slack %s', async (_how, trouble) => {
  const office = await openOffice();
  const { workspace } = office;
  await shareAndSkip(office, 'maria', 'seen in time');
  const card = await cardIn(office, 'payments-ops', 'jon', 'seen in time');
  workspace.faults.on('views.update', trouble);
  await workspace.person('jon').press(placeOf(card), 'tell_more');
  const view = await modalOf(office, 'jon', 'Tell more', 'That did not work just now.');
  expect(wordsOf(view)).not.toContain('One moment.');
  await workspace.person('jon').close();
  await workspace.person('jon').press(placeOf(card), 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'answered');
  expectNoComplaints(office);
});
