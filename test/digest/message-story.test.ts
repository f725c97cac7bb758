import { describe, expect, test } from 'vitest';
import type { Telling } from '../../src/domain/near-miss.ts';
import { blankedStory, digestStory } from '../../src/slack/digest/digest-story.ts';
import { invoices, names, nearMiss, plain } from '../support/example-near-misses.ts';
import { read } from '../support/screen.ts';

describe('one reply', () => {
  test('with a line for each of the five kinds of learning', () => {
    expect(read(digestStory(invoices, 'Europe/London', names))).toMatchInlineSnapshot(`
      "[NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.]
      NM-12 · Invoices

      The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

      What went right
      We open ten invoices by hand before every run
      The person who can stop the send is in the same channel
      Luck: the send was planned for 10:00, not overnight
      How close it was 
      One hour later, 400 customers would have had a wrong invoice.
      What surprised us 
      The job was green. It checks that the invoices exist, not that they are right. We expected: A green job means right invoices.
      How it was noticed 
      A routine check: the total looked low next to last month's.
      Who it took 
      Someone who can stop the send. Someone who knows the tax table.
      Who we were protecting 
      Customers, and the colleagues who answer their calls.
      Worth borrowing 
      Before a large send, open ten items by hand and compare one number you know.
      Shared by Maria Lopez · Tuesday 14 October
      I learned something
      We could use this
      I've seen this too
      The number of presses is shown, never who pressed."
    `);
  });

  test('what happened comes before what was expected, which says that it was', () => {
    const surprised = (answers: Telling['answers']) => read(digestStory(nearMiss({ answers }), 'UTC', names));
    expect(
      surprised({
        expected: "This month's rates would be in it",
        instead: "Last month's were",
        understood: 'It keeps what it had when the mail comes late.',
      }),
    ).toContain(
      "Last month's were. We expected: This month's rates would be in it. What we understand now: It keeps what it had when the mail comes late.\n",
    );
    expect(surprised({ expected: 'That the line would ring.' })).toContain(
      'What surprised us \nWe expected: That the line would ring.\n',
    );
  });

  test('what makes sense only with its question is left to the whole story', () => {
    const told: Telling = {
      saves: [],
      signal: {
        kind: 'routine_check',
        noticed: 'The total looked low.',
        where: 'In the mail.',
        tellsApart: 'We could not.',
      },
      keyPlayers: [{ personId: 'U_TOM', madePossible: 'Someone who can stop the send.' }],
      answers: {
        reaching: 'We asked around.',
        protecting: 'Customers.',
        needed: 'A right bill by Friday.',
        knowing: 'We could not.',
      },
    };
    const words = read(digestStory(nearMiss({ told }), 'UTC', names));
    expect(words).toContain('How it was noticed \nA routine check: The total looked low.\n');
    expect(words).toContain('Who it took \nSomeone who can stop the send.\n');
    expect(words).toContain('Who we were protecting \nCustomers.\n');
    expect(words).not.toMatch(/mail|could not|asked around|Friday/);
    const only = nearMiss({ answers: { knowing: 'We could not.', reaching: 'By asking.' } });
    expect(read(digestStory(only, 'UTC', names))).not.toMatch(/protecting|took/);
  });

  test('with nothing told, and with presses', () => {
    expect(
      read(digestStory(plain, 'Europe/London', names, { learned: 4, use: 1, seen: 0 })),
    ).toMatchInlineSnapshot(`
      "[NM-14: Two reports differed.]
      NM-14

      Two reports differed.
      Shared by Maria Lopez · Tuesday 14 October
      I learned something (4)
      We could use this (1)
      I've seen this too
      The number of presses is shown, never who pressed."
    `);
  });

  test('what others added carries their name, below what the reporter said', () => {
    const added = { authorId: 'U_TOM', saves: [{ text: 'the old row was there' }], keyPlayers: [] };
    const told = digestStory(
      {
        ...invoices,
        added: [{ ...added, signal: { kind: 'chance' }, answers: { closeness: 'Two hours.' } }],
      },
      'Europe/London',
      names,
    );
    expect(read(told)).toContain('the old row was there (Tom Weber)');
    expect(read(told)).toContain('a wrong invoice.\nTwo hours. (Tom Weber)');
  });

  test('shared by only where anyone may see the name; and the day, not the time', () => {
    const quiet = { ...plain, tier: 'confidential' as const };
    expect(read(digestStory(plain, 'Europe/London', names))).toContain(
      'Shared by Maria Lopez · Tuesday 14 October\n',
    );
    expect(read(digestStory(quiet, 'Europe/London', names))).not.toContain('Maria');
    expect(read(digestStory(quiet, 'Europe/London', names))).toContain('\nTuesday 14 October\n');
    expect(JSON.stringify(digestStory(quiet, 'Europe/London', names))).not.toMatch(/U_MARIA|:40/);
  });

  test.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
    'of one without a name the day that was kept is shown, also in %s',
    (zone) => {
      const nobody = nearMiss({
        tier: 'unattributed',
        reporterId: undefined,
        capturedAt: Date.UTC(2025, 9, 14),
      });
      expect(read(digestStory(nobody, zone, names))).toContain('\nTuesday 14 October\n');
    },
  );

  test('withdrawn, and for fewer people: the words go', () => {
    expect(read(blankedStory({ ...plain, withdrawnAt: 1 }))).toBe(
      '[NM-14 was withdrawn. Its words have been removed.]\nNM-14 was withdrawn. Its words have been removed.',
    );
    expect(read(blankedStory({ ...plain, audience: 'channel' }))).toBe(
      '[NM-14 is no longer shown here.]\nNM-14 is no longer shown here.',
    );
  });
});
