import { describe, expect, test } from 'vitest';
import {
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  inputOf,
  modalOf,
  refuseToStore,
  rows,
  share,
  shareAndSkip,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { tellAbout } from '../support/telling-steps.ts';

describe('somebody else', () => {
  test('reads the story and adds to it under their own name, replacing nothing', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await share(office, 'maria', 'seen in time');
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    await cardIn(office, 'payments-ops', 'jon', 'an hour');
    const view = await tellAbout(office, 'jon', 'went_right', 'What went right');
    expect(wordsOf(view)).toContain('seen in time');
    expect(wordsOf(view)).toContain('an hour');
    expect(wordsOf(view)).toContain("Your words are added under your name. They do not replace anyone's.");
    expect(wordsOf(view)).not.toContain('carries your name');
    expect([typedIn(view, 'saves'), typedIn(view, 'closeness')]).toEqual(['', '']);
    await jon.change('view', 'saves', 'I had access');
    await jon.change('view', 'closeness', 'minutes, really');
    await jon.submit();
    expect(rows(office, 'select author, text from answers order by author')).toEqual([
      { author: '', text: 'an hour' },
      { author: jon.id, text: 'minutes, really' },
    ]);
    const card = await cardIn(office, 'payments-ops', 'maria', 'I had access (Jon Park)');
    expect(wordsOf(card)).toContain('an hour');

    const again = await tellAbout(office, 'jon', 'went_right', 'What went right');
    expect([typedIn(again, 'saves'), typedIn(again, 'closeness')]).toEqual([
      'I had access',
      'minutes, really',
    ]);
    expectNoComplaints(office);
  });

  test('describes roles, not people', async () => {
    const office = await openOffice();
    await shareAndSkip(office, 'maria', 'seen in time');
    const view = await tellAbout(office, 'jon', 'key_players', 'Who it took');
    expect(inputOf(view, 'key_players')).toEqual({});
    expect(wordsOf(view)).toContain('Describe roles, not people.');
    expectNoComplaints(office);
  });

  test('is not taken for whoever shared it without a name, and is told that their words carry theirs', async () => {
    let later = 0;
    const office = await openOffice({ world: { now: () => Date.now() + later } });
    const { workspace } = office;
    const jon = workspace.person('jon');
    await shareAndSkip(office, 'maria', 'quietly', { tier: 'unattributed' });
    later = 24 * 60 * 60 * 1000;
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('quietly'));
    await jon.press('home', 'read_all');
    await modalOf(office, 'jon', 'NM-1', 'quietly');
    await jon.press('view', 'tell_more');
    await modalOf(office, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    const view = await modalOf(office, 'jon', 'Who we were protecting', 'protecting');
    expect(wordsOf(view)).toContain('What you add here carries your name.');
    await jon.change('view', 'protecting', 'everyone who calls');
    await jon.submit();
    expect(rows(office, 'select author, text from answers')).toEqual([
      { author: jon.id, text: 'everyone who calls' },
    ]);
    expectNoComplaints(office);
  });
});

test('delivered three times, what was told is there once', async () => {
  const office = await openOffice();
  const jon = office.workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  await tellAbout(office, 'jon', 'went_right', 'What went right');
  await jon.change('view', 'saves', 'I had access');
  const sent = await jon.submit({ copies: 3 });
  await sent.redeliver();
  expect(rows(office, 'select text from saves')).toEqual([{ text: 'I had access' }]);
  expectNoComplaints(office);
});

test('what cannot be saved stays in the modal, and is saved a moment later', async () => {
  const office = await openOffice();
  const jon = office.workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  await tellAbout(office, 'jon', 'users', 'Who we were protecting');
  await jon.change('view', 'protecting', 'those who call');
  const letGo = refuseToStore(office);
  expect((await jon.submit()).errors).toEqual({
    protecting:
      'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
  });
  letGo();
  expect((await jon.submit()).errors).toEqual({});
  expect(rows(office, 'select text from answers')).toEqual([{ text: 'those who call' }]);
  expectNoComplaints(office);
});

test('a modal closed while it is still looking whether one may read stays closed, and nothing is said', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const jon = workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  const { channel, ts } = await cardIn(office, 'payments-ops', 'jon', 'seen in time');
  const slow = workspace.faults.on('users.conversations', { kind: 'hold', when: 'before' });
  await jon.press({ channel, ts }, 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'One moment.');
  await slow.struck;
  await jon.close();
  slow.release();
  await workspace.until(() =>
    workspace.calls.some(({ method, outcome }) => method === 'views.update' && outcome === 'not_found'),
  );
  await jon.command('payments-ops', '/nearmiss help');
  await ephemeralOf(office, 'jon', 'Near-misses');
  expect(jon.ephemerals()).toHaveLength(1);
  expect(jon.dm()).toEqual([]);
  expect(office.logged()).not.toContain('could not be answered');
  expectNoComplaints(office);
});
