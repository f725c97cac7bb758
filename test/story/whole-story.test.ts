import { expect, test } from 'vitest';
import { wholeStory } from '../../src/slack/story/whole-story.ts';
import { names, nearMiss } from '../support/example-near-misses.ts';
import { wordsOf } from '../support/screen.ts';

test('the whole story says which question an answer was given to, where it says something else without it', () => {
  const story = nearMiss({
    told: {
      saves: [],
      signal: {
        kind: 'routine_check',
        noticed: 'The total looked low.',
        where: 'In the mail.',
        tellsApart: 'We could not.',
      },
      keyPlayers: [{ personId: 'U_TOM', madePossible: 'Someone who can stop the send.' }],
      answers: {
        expected: "This month's rates would be in it.",
        instead: "Last month's were.",
        understood: 'It keeps what it had when the mail comes late.',
        reaching: 'We asked around.',
        protecting: 'Customers.',
        needed: 'A right bill by Friday.',
        knowing: 'We could not.',
      },
    },
  });
  expect(wordsOf({ blocks: [wholeStory(story, names)] as never })).toMatchInlineSnapshot(`
    "NM-12 · Invoices

    The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

    What surprised us

    Last month's were.
    We expected: This month's rates would be in it.
    What we understand now: It keeps what it had when the mail comes late.

    How it was noticed

    A routine check
    The total looked low.
    Where, and what it said: In the mail.
    How we could tell broken from slow, and running from right: We could not.

    Who it took

    Someone who can stop the send.
    How we knew to reach them: We asked around.

    Who we were protecting

    Customers.
    What they needed, and by when: A right bill by Friday.
    How we could know that they were getting it: We could not."
  `);
});
