import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING, type NearMiss } from '../../src/domain/near-miss.ts';
import { card } from '../../src/slack/card/card.ts';
import { names, shared, toldInPart } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

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
    expect(transcript(card(toldInPart, names))).toMatchInlineSnapshot(`
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
    expect(transcript(card({ ...toldInPart, withdrawnAt: 3 }, names))).toMatchInlineSnapshot(`
      "
      (NM-12 was withdrawn. Its words have been removed.)
      NM-12 was withdrawn. Its words have been removed.
      "
    `);
  });

  test('at most five lines of what went right, and a button to the rest', () => {
    const saves = Array.from({ length: 8 }, (_, at) => ({ text: `thing ${at}` }));
    const text = transcript(card({ ...toldInPart, told: { ...toldInPart.told, saves } }, names));
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
    expect(transcript(card({ ...toldInPart, ...changes }, names))).toContain(`\n<small> ${words}\n`);
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
