import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import { editOrWithdraw, notYoursToChange } from '../../src/slack/story/edit-or-withdraw.ts';
import { editWords } from '../../src/slack/story/edit-words.ts';
import { nearMissView } from '../../src/slack/story/story-view.ts';
import { names, REST_OF_IT, shared, told } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('reading and changing', () => {
  test('the whole of it', () => {
    const added = { ...EMPTY_TELLING, authorId: 'U_JON', saves: [{ text: 'I was in the channel' }] };
    expect(
      transcript(nearMissView({ ...told, added: [added] }, names, 0)).replace(
        REST_OF_IT,
        '(the rest of it)\n',
      ),
    ).toMatchInlineSnapshot(`
      "
      # NM-12
      [Close]
      *NM-12 · Invoices*
      The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

      *What went right*
      • We open ten invoices by hand before every run
      • Luck: the send was planned for 10:00
      • I was in the channel (Jon Park)

      (the rest of it)
      <small> Shared by Maria Lopez · Nobody who relies on this was affected
      [Tell more] [… Who can see this | Edit or withdraw]
      "
    `);
  });

  test('edit or withdraw, to the person who shared it and to others', () => {
    expect(transcript(editOrWithdraw(shared))).toMatchInlineSnapshot(`
      "
      # Edit or withdraw
      [Close]
      [Edit my words] [Change who can see this] [Withdraw] -> Withdraw NM-12? Your words are removed from the app, the card and the digest. Views that others added are theirs and are removed only by them. [Withdraw] [Keep it]
      "
    `);
    expect(transcript(notYoursToChange())).toMatchInlineSnapshot(`
      "
      # Edit or withdraw
      [Close]
      Only the person who shared this can change it. You can add to it with Tell more.
      "
    `);
  });

  test('edit my words', () => {
    expect(transcript(editWords(shared))).toMatchInlineSnapshot(`
      "
      # Edit my words
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        = The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.
      ? Which system or process? <plain_text_input>
        = Invoices
      ? Did it reach anyone who relies on this? <static_select>
        hint: Customers, callers or colleagues. Any answer is fine here.
        placeholder: Choose one
        ( ) No
        ( ) Briefly
        ( ) Not sure
      "
    `);
  });
});
