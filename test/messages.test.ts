import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING, type NearMiss } from '../src/domain/near-miss.ts';
import type { Steward } from '../src/domain/who-can-see.ts';
import { card } from '../src/slack/card.ts';
import { help } from '../src/slack/commands.ts';
import { confirmation, question } from '../src/slack/confirmation.ts';
import { listMessage } from '../src/slack/home.ts';
import { nearMissMessage, notFoundWords } from '../src/slack/near-miss-view.ts';
import { shared as justShared, names } from './near-miss.ts';
import { transcript } from './transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

const shared: NearMiss = {
  ...justShared,
  summary:
    "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
};
const told: NearMiss = {
  ...shared,
  reached: 'no',
  told: {
    ...EMPTY_TELLING,
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'The person who can stop the send is in this channel' },
      { text: 'the send was planned for 10:00, not overnight', kind: 'luck' },
    ],
    answers: { closeness: 'One hour later, 400 customers would have had a wrong invoice.' },
  },
};

describe('the card', () => {
  test('with nothing told yet', () => {
    expect(transcript(card(shared, names))).toMatchInlineSnapshot(`
      "
      (Near-miss NM-12, Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.)
      *NM-12 · Invoices*
      The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

      What went right has not been told yet. Were you there? *Tell more* takes a minute.
      <small> Shared by Maria Lopez
      [Tell more] [… Who can see this | Edit or withdraw]
      "
    `);
  });

  test('with what went right and how close it was', () => {
    expect(transcript(card(told, names))).toMatchInlineSnapshot(`
      "
      (Near-miss NM-12, Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.)
      *NM-12 · Invoices*
      The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

      *What went right*
      • We open ten invoices by hand before every run
      • The person who can stop the send is in this channel
      • Luck: the send was planned for 10:00, not overnight
      *How close it was*
      One hour later, 400 customers would have had a wrong invoice.
      <small> Shared by Maria Lopez · Nobody who relies on this was affected
      [Tell more] [… Who can see this | Edit or withdraw]
      "
    `);
  });

  test('withdrawn: no words, no buttons, no name', () => {
    expect(transcript(card({ ...told, withdrawnAt: 3 }, names))).toMatchInlineSnapshot(`
      "
      (NM-12 was withdrawn. Its words have been removed.)
      NM-12 was withdrawn. Its words have been removed.
      "
    `);
  });

  test('at most five lines of what went right, and a button to the rest', () => {
    const saves = Array.from({ length: 8 }, (_, at) => ({ text: `thing ${at}` }));
    const text = transcript(card({ ...told, told: { ...told.told, saves } }, names));
    expect(text).toContain('• thing 4\n[and 3 more]\n');
    expect(text).not.toContain('thing 5');
  });

  test('what others added carries their name, and luck is called luck once', () => {
    const added = [
      { ...EMPTY_TELLING, authorId: 'U_JON', saves: [{ text: 'Luck, really', kind: 'luck' as const }] },
    ];
    expect(transcript(card({ ...shared, added }, names))).toContain('• Luck, really (Jon Park)\n');
  });

  test.each([
    [{ reached: 'briefly' }, 'Shared by Maria Lopez · Reached people for a short while'],
    [{ reached: 'not_sure' }, 'Shared by Maria Lopez'],
    [{ reached: undefined }, 'Shared by Maria Lopez'],
    [{ reached: 'no', tier: 'confidential' }, 'Nobody who relies on this was affected · Thursday 1 January'],
    [
      { reached: 'no', tier: 'unattributed', reporterId: undefined },
      'Nobody who relies on this was affected · Thursday 1 January',
    ],
  ] as [Partial<NearMiss>, string][])('the small print of %j', (changes, words) => {
    expect(transcript(card({ ...told, ...changes }, names))).toContain(`\n<small> ${words}\n`);
  });

  test('without a name there is the day alone, and never "anonymous"', () => {
    const { reporterId: _none, ...quiet } = { ...shared, tier: 'unattributed' as const };
    expect(transcript(card(quiet, names))).toContain('\n<small> Thursday 1 January\n');
    expect(transcript(card(quiet, names))).not.toMatch(/anonymous/i);
  });

  test.each([
    [
      {},
      "Near-miss NM-12, Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
    ],
    [{ system: undefined, summary: 'a\n\nb' }, 'Near-miss NM-12: a b'],
    [{ system: undefined, number: undefined, summary: 'a' }, 'Near-miss: a'],
    [{ summary: 'x'.repeat(121) }, `Near-miss NM-12, Invoices: ${'x'.repeat(119)}…`],
    [{ summary: '<!channel> & <@U1>' }, 'Near-miss NM-12, Invoices: &lt;!channel&gt; &amp; &lt;@U1&gt;'],
  ] as [Partial<NearMiss>, string][])('its notification: %j', (changes, text) => {
    expect(card({ ...shared, ...changes }, names).text).toBe(text);
  });
});

describe('the confirmation', () => {
  const said = (
    changes: Partial<NearMiss>,
    state: Parameters<typeof confirmation>[1],
    stewards: Steward[] = [],
  ) => confirmation({ ...shared, ...changes }, state, { stewards }).text;

  test('whole', () => {
    expect(transcript(confirmation(shared, { state: 'posted' }, { stewards: [] }))).toMatchInlineSnapshot(`
      "
      (Thank you. NM-12 is saved. Its card is in this thread.)
      Thank you. *NM-12* is saved. Its card is in this thread.
      [Tell more] [Who can see this]
      "
    `);
  });

  test.each([
    [{ state: 'posted' }, 'Its card is in this thread.'],
    [{ state: 'waiting' }, 'Its card will follow as soon as Slack accepts it.'],
    [{ state: 'none' }, 'Nothing was posted.'],
    [
      { state: 'refused', why: 'not_in_channel' },
      'The card could not be posted in #payments-ops: the app is not a member. The near-miss is safe.',
    ],
    [
      { state: 'refused', why: 'channel_not_found' },
      'The card could not be posted in #payments-ops: the app is not a member. The near-miss is safe.',
    ],
    [
      { state: 'refused', why: 'is_archived' },
      'The card could not be posted in #payments-ops: the channel is archived. The near-miss is safe.',
    ],
    [
      { state: 'refused', why: 'restricted_action_thread_only_channel' },
      'The card could not be posted in #payments-ops: posting is restricted. The near-miss is safe.',
    ],
    [
      { state: 'refused', why: 'msg_blocks_too_long' },
      'The card could not be posted in #payments-ops: Slack did not accept it. The near-miss is safe.',
    ],
  ] as [Parameters<typeof confirmation>[1], string][])('the card, %j', (delivery, words) => {
    expect(said({}, delivery)).toBe(`Thank you. NM-12 is saved. ${words}`);
  });

  test('a card in a channel is where it is', () => {
    expect(said({ card: { channelId: 'C1' } }, { state: 'posted' })).toContain(
      'Its card is in #payments-ops.',
    );
  });

  test('with stewards: whom to tell, and nothing the app does not do yet', () => {
    const stewards = [
      { id: 'U1', name: 'Amira', inConversation: false },
      { id: 'U2', name: 'Jon', inConversation: false },
    ];
    expect(said({}, { state: 'posted' }, stewards)).toBe(
      'Thank you. NM-12 is saved. Its card is in this thread. If it could still happen today, please tell Amira or Jon now.',
    );
  });

  test('with more than five stewards: five to turn to', () => {
    const stewards = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gina'].map((name) => ({
      id: name,
      name,
      inConversation: false,
    }));
    expect(said({}, { state: 'posted' }, stewards)).toContain('please tell Ana, Ben, Cleo, Dan or Eve now.');
  });

  test('when it reached people briefly', () => {
    expect(said({ reached: 'briefly' }, { state: 'none' })).toBe(
      'Thank you. NM-12 is saved. Nothing was posted. You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.',
    );
  });

  test('the question nobody but a person can answer', () => {
    expect(transcript(question(shared))).toMatchInlineSnapshot(`
      "
      (Slack did not say whether the card of NM-12 was posted in #payments-ops, and the app cannot look there. Is it there? If it is not, it can be posted again.)
      Slack did not say whether the card of NM-12 was posted in #payments-ops, and the app cannot look there. Is it there? If it is not, it can be posted again.
      [Post it again] [It is there]
      "
    `);
  });
});

describe('answers only the asker sees', () => {
  test('help', () => {
    expect(transcript(help({ stewards: [], isSteward: false }))).toMatchInlineSnapshot(`
      "
      (Near-misses: things that nearly went wrong and did not
      An invoice error seen before sending. Phones down at night and back before opening. There is a lot to learn from how it stayed a near-miss. You do not have to be sure that it counts.
      Share one, in under a minute
      • In a thread: open the menu of a message (on a phone, hold it) and choose Share a near-miss
      • Anywhere else: /nearmiss or /nearmiss the export had last month's rates
      You choose who may read it and who may see that it was you, before you save.
      Look
      • /nearmiss show NM-12 one near-miss
      • /nearmiss list mine what you shared
      • /nearmiss list drafts what you started and did not finish
      • /nearmiss help this page
      In a thread use the message menu; commands may not run there.)
      ~ *Near-misses: things that nearly went wrong and did not*
      An invoice error seen before sending. Phones down at night and back before opening. There is a lot to learn from how it stayed a near-miss. You do not have to be sure that it counts.
      ~ *Share one*, in under a minute
      • In a thread: open the menu of a message (on a phone, hold it) and choose *Share a near-miss*
      • Anywhere else: \`/nearmiss\` or \`/nearmiss the export had last month's rates\`
      You choose who may read it and who may see that it was you, before you save.
      ~ *Look*
      • \`/nearmiss show NM-12\` one near-miss
      • \`/nearmiss list mine\` what you shared
      • \`/nearmiss list drafts\` what you started and did not finish
      • \`/nearmiss help\` this page
      ~ In a thread use the message menu; commands may not run there.
      "
    `);
  });

  test('in help the name of a steward neither pings nor links', () => {
    const { blocks } = help({ stewards: ['<!channel>', 'R&D'], isSteward: false });
    expect(JSON.stringify(blocks)).toContain('Looked after by &lt;!channel&gt; and R&amp;D.');
  });

  test('help names no command that does not exist', () => {
    expect(transcript(help({ stewards: [], isSteward: false }))).not.toMatch(
      /search|practices|who payroll|signals|reply|stats/,
    );
  });

  test('one near-miss, and one that was withdrawn', () => {
    // Like its card, which stands above, with more room in it.
    const roomier = transcript(card(told, names)).replace('\n*How close it was*', '\n\n*How close it was*');
    expect(transcript(nearMissMessage(told, names))).toBe(roomier);
    const withdrawn = { ...told, withdrawnAt: 3 };
    expect(transcript(nearMissMessage(withdrawn, names))).toBe(transcript(card(withdrawn, names)));
  });

  test('what one may not read is answered as what does not exist', () => {
    expect(notFoundWords('NM-12')).toBe(
      'NM-12 could not be found. It may not exist, or it may be for other people.',
    );
  });

  test('lists', () => {
    const nothing =
      'Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.';
    expect(transcript(listMessage('Yours', nothing, [], 'mine'))).toMatchInlineSnapshot(`
      "
      (Yours
      Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.)
      ~ Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.
      "
    `);
    expect(transcript(listMessage('Yours', nothing, [told], 'mine'))).toMatchInlineSnapshot(`
      "
      (Yours
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.)
      ## Yours
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.
      [Read]
      "
    `);
    expect(
      transcript(
        listMessage('Started, not finished', 'Nothing is waiting to be finished.', [shared], 'drafts'),
      ),
    ).toMatchInlineSnapshot(`
      "
      (Started, not finished
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.)
      ## Started, not finished
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.
      [Go on]
      "
    `);
  });
});
