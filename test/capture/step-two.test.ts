import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import { type StepTwoPlace, savedWithoutName, stepTwo } from '../../src/slack/capture/step-two.ts';
import { madePossible } from '../../src/slack/story/made-possible.ts';
import { shared } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('step 2', () => {
  const pages = (nearMiss: Parameters<typeof stepTwo>[0], place: Partial<StepTwoPlace> = {}) =>
    [0, 1, 2].map((page) => transcript(stepTwo(nearMiss, { ...place, page }))).join('');

  test('after a save with a name, from a thread', () => {
    const offered: Partial<StepTwoPlace> = {
      people: ['U_JON'],
      signal: { kind: 'alert', noticed: 'Send volume is low' },
    };
    expect(pages(shared, offered)).toMatchInlineSnapshot(`
      "
      # What went right?
      [Keep and go on] [Done]
      ~ *Saved as NM-12.* You can stop here. If you have two more minutes, any of these helps the next person.
      ? What had to go right for this to stay a near-miss? <plain_text_input, multiline>
        hint: One thing per line. Small things count, and so does luck.
        placeholder: We open ten invoices by hand before every run
      ? How close was it? <plain_text_input, multiline>
        hint: If one thing had gone differently, what would have reached people?
        placeholder: One hour later, 400 customers would have had a wrong invoice
      ? What could another team borrow from this? <plain_text_input, multiline>
        hint: One sentence they could act on this week. It leads the digest.
        placeholder: Before a large send, open ten items by hand and compare one number you know

      # How was it noticed?
      [Keep and go on] [Done]
      ~ Kept. This page and one more; stop whenever you like.
      ? How was it noticed? <static_select>
        placeholder: Choose the closest
        (x) An alert or alarm
        ( ) A dashboard or report
        ( ) A customer or caller
        ( ) A colleague
        ( ) A routine check
        ( ) A feeling that something was off
        ( ) By chance
        ( ) Something else
      ? What was the first thing that made someone look? <plain_text_input, multiline>
        hint: What did they see or hear, and where?
        placeholder: The total looked low next to last month's
        = Send volume is low
      ? What did you expect to happen? <plain_text_input, multiline>
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.

      # Who did it take?
      [Add to the story] [Done]
      ~ Kept. This is the last page.
      ? Who were we protecting? <plain_text_input, multiline>
        hint: Who would have felt it: customers, callers, colleagues, a partner?
      ? Who did it take? <multi_users_select, at most 10>
        hint: Include people outside the team: who approved, had access, knew the history.
        placeholder: Choose people
        = U_JON
      ? Did it reach anyone who relies on this? <static_select>
        hint: Customers, callers or colleagues. Any answer is fine here.
        placeholder: Choose one
        ( ) No
        ( ) Briefly
        ( ) Not sure
      "
    `);
  });

  test('after a save without a name', () => {
    expect(pages({ id: 'id', tier: 'unattributed' })).toMatchInlineSnapshot(`
      "
      # What went right?
      [Keep and go on] [Done]
      ~ *Saved.* You can stop here.
      ? What had to go right for this to stay a near-miss? <plain_text_input, multiline>
        hint: One thing per line. Small things count, and so does luck.
        placeholder: We open ten invoices by hand before every run
      ? How close was it? <plain_text_input, multiline>
        hint: If one thing had gone differently, what would have reached people?
        placeholder: One hour later, 400 customers would have had a wrong invoice
      ? What could another team borrow from this? <plain_text_input, multiline>
        hint: One sentence they could act on this week. It leads the digest.
        placeholder: Before a large send, open ten items by hand and compare one number you know

      # How was it noticed?
      [Keep and go on] [Done]
      ~ Kept. This page and one more; stop whenever you like.
      ? How was it noticed? <static_select>
        placeholder: Choose the closest
        ( ) An alert or alarm
        ( ) A dashboard or report
        ( ) A customer or caller
        ( ) A colleague
        ( ) A routine check
        ( ) A feeling that something was off
        ( ) By chance
        ( ) Something else
      ? What was the first thing that made someone look? <plain_text_input, multiline>
        hint: What did they see or hear, and where?
        placeholder: The total looked low next to last month's
      ? What did you expect to happen? <plain_text_input, multiline>
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.

      # Who did it take?
      [Add to the story] [Done]
      ~ Kept. This is the last page.
      ? Who were we protecting? <plain_text_input, multiline>
        hint: Who would have felt it: customers, callers, colleagues, a partner?
      ? Who did it take? <plain_text_input, multiline>
        hint: Describe roles, not people.
        placeholder: Someone who can release outside the window
      ? Did it reach anyone who relies on this? <static_select>
        hint: Customers, callers or colleagues. Any answer is fine here.
        placeholder: Choose one
        ( ) No
        ( ) Briefly
        ( ) Not sure
      "
    `);
  });

  test('what is told already stands where a thread said something else', () => {
    const telling = { ...EMPTY_TELLING, signal: { kind: 'chance' as const } };
    const offered = { page: 1, signal: { kind: 'alert' as const, noticed: 'Send volume is low' } };
    expect(transcript(stepTwo(shared, offered, { telling }))).not.toContain('Send volume');
  });

  test('what each person made possible', () => {
    const people = [
      { personId: 'U_JON', name: 'Jon Park' },
      { personId: 'U_AMIRA', name: 'Amira Haddad', words: 'Knew the supplier' },
    ];
    expect(transcript(madePossible('id', people))).toMatchInlineSnapshot(`
      "
      # What did they do?
      [Add to the story] [Done]
      ~ Kept. One line for each, if you like.
      ? What did Jon Park make possible? <plain_text_input, multiline>
        hint: For example: could release outside the window, knew the supplier.
      ? What did Amira Haddad make possible? <plain_text_input, multiline>
        = Knew the supplier
      "
    `);
  });

  test('the end without a name', () => {
    expect(
      transcript(savedWithoutName('Thank you. It is saved. Nothing was posted.')),
    ).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Close]
      Thank you. It is saved. Nothing was posted.
      "
    `);
  });
});
