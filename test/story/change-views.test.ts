import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import {
  changeMenu,
  changeWhoCanSee,
  editWords,
  notYoursToChange,
} from '../../src/slack/story/change-views.ts';
import { nearMissView } from '../../src/slack/story/story-view.ts';
import { around, names, REST_OF_IT, shared, told } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('reading and changing', () => {
  test('the whole of it', () => {
    const added = { ...EMPTY_TELLING, authorId: 'U_JON', saves: [{ text: 'I was in the channel' }] };
    expect(
      transcript(nearMissView({ ...told, added: [added] }, names)).replace(REST_OF_IT, '(the rest of it)\n'),
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
    expect(transcript(changeMenu(shared))).toMatchInlineSnapshot(`
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

  test('change who can see this', () => {
    expect(
      transcript(changeWhoCanSee(shared, around, 'Everyone at Acme can read it.')),
    ).toMatchInlineSnapshot(`
      "
      # Who can see this
      [Save] [Cancel]
      <small> Now: Everyone at Acme can read it.
      ? Who may see that it was you? (required) <static_select>
        (x) Anyone who can read it — Colleagues can thank you and ask you about it.
        ( ) Nobody — The app stores no name. It cannot send you replies.
      ? Who may read it? (required) <static_select>
        (x) Everyone at Acme
        ( ) Only members of #payments-ops
      If you choose Nobody, your name, its number, the thread, the people you named and the time of day are removed from the app, and its card is taken down. After that it cannot be changed or withdrawn.
      "
    `);
  });
});

test('changing who can see it warns of what is so for this one', () => {
  const words = (nearMiss: typeof shared, stewards = around.stewards) =>
    transcript(changeWhoCanSee(nearMiss, { ...around, stewards }, 'Now.'));
  const stewards = [{ id: 'U_AMIRA', name: 'Amira', inConversation: true }];
  const takenDown = 'If you choose Only the stewards, its card is taken down.';
  const stays = 'If you let everyone read it, what others added so far stays with those who can read it now.';
  const withoutCard = { ...shared, card: undefined };
  expect(words(shared, stewards)).toContain(takenDown);
  expect(words(shared)).not.toContain(takenDown);
  expect(words(withoutCard, stewards)).not.toContain('card');
  const added = { ...shared, added: [{ ...EMPTY_TELLING, authorId: 'U_JON' }] };
  expect(words({ ...added, audience: 'channel' })).toContain(stays);
  expect(words(added)).not.toContain(stays);
});

test('in a direct message, changing who can see it says when the name is shown whatever is chosen', () => {
  const inDirect = { ...shared, conversation: { id: 'D1', name: '', kind: 'direct' as const } };
  const words =
    'If only the people in this conversation may read it, your name is shown: they would know anyway.';
  expect(transcript(changeWhoCanSee(inDirect, around, 'Now.'))).toContain(words);
  expect(transcript(changeWhoCanSee(shared, around, 'Now.'))).not.toContain(words);
});
