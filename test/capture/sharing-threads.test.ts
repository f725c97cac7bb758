import { describe, expect, test } from 'vitest';
import { callsOf, ephemeralOf, expectNoComplaints, typedIn, wordsOf } from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { saved, shareFrom, threadOf } from '../support/thread-steps.ts';

describe('how much of a thread was read is said', () => {
  test.each([
    [1, '1 message, 1 person'],
    [2, '2 messages, 2 people'],
    [250, '250 messages, 2 people'],
    [1000, '1000 messages, 2 people'],
  ])('%i messages', async (count, said) => {
    const office = await openOffice();
    const view = await shareFrom(office, 'maria', threadOf(office, count, ['jon', 'maria']));
    expect(wordsOf(view)).toContain(`From the thread: ${said}, started `);
    expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
    expect(wordsOf(view)).toContain('You choose what to keep in the next step.');
    expectNoComplaints(office);
  });

  test('the start is said in the zone of whoever shares', async () => {
    const office = await openOffice({ now: () => Date.UTC(2025, 9, 14, 19, 40) });
    const { workspace } = office;
    await workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
    const view = await shareFrom(office, 'maria', threadOf(office, 1, ['jon']));
    expect(wordsOf(view)).toContain('started Tuesday 14 October, 21:40. You choose');
  });
});

test('a zone Slack made up is no reason not to read the thread', async () => {
  const office = await openOffice({
    people: [
      { handle: 'maria', tz: 'Mars/Olympus_Mons' },
      { handle: 'jon', tz: 'UTC' },
    ],
    channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true }],
    now: () => Date.UTC(2025, 9, 14, 19, 40),
  });
  await office.workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const view = await shareFrom(office, 'maria', threadOf(office, 1, ['jon']));
  expect(wordsOf(view)).toContain('started Tuesday 14 October, 19:40 UTC. You choose');
  expectNoComplaints(office);
});

test('shared from a reply, the whole thread is read and the card goes into that thread', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
  const reply = workspace.person('amira').say('payments-ops', 'I can stop the send', { threadTs: root.ts });
  const view = await shareFrom(office, 'maria', reply);
  expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
  expect(wordsOf(view)).toContain('From the thread: 2 messages, 2 people');
  expect(wordsOf(view)).toContain('with a card in this thread. Change it below.');
  await saved(office, 'maria');
  await workspace.until(() => workspace.person('jon').thread('payments-ops', root.ts).length === 3);
  await workspace.person('maria').close();
  const told = await ephemeralOf(office, 'maria', 'Its card is in this thread.');
  expect(told.thread_ts).toBe(root.ts);
  expectNoComplaints(office);
});

test('mentions in the thread are names, or nobody in particular, and never ids', async () => {
  const office = await openOffice();
  const { workspace } = office;
  await workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const root = workspace.person('jon').say('payments-ops', '@amira saw it & told #quiet');
  workspace.state.messages.find(({ ts }) => ts === root.ts)!.text += ' and <@U0GONE0000> <!here>';
  const view = await shareFrom(office, 'maria', root);
  expect(typedIn(view, 'summary')).toBe('@Amira Haddad saw it & told #quiet and @someone @here');
});
