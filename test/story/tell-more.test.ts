import { describe, expect, test } from 'vitest';
import { replaceLuck } from '../../src/slack/story/replace-luck.ts';
import { tellMore } from '../../src/slack/story/tell-more.ts';
import { topicView } from '../../src/slack/story/topic-view.ts';
import { names, REST_OF_IT, told } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('tell more', () => {
  test('the list', () => {
    expect(transcript(tellMore(told, 'U_MARIA'))).toMatchInlineSnapshot(`
      "
      # Tell more
      [Close]
      ~ *What went right*: what went right, what kind of help each was, what another team could borrow
      3 answered
      [What went right]
      ~ *How it was noticed*: where, what it said, could you tell broken from slow and running from right
      2 answered
      [How it was noticed]
      ~ *What surprised us*: what was expected, what happened, what is understood now
      2 answered
      [What surprised us]
      ~ *Who it took*: who, what each made possible, how you knew to reach them
      1 answered
      [Who it took]
      ~ *Who we were protecting*: who, what they needed and by when, how we knew they were getting it
      1 answered
      [Who we were protecting]
      "
    `);
  });

  test('went_right, to the person who shared it', () => {
    expect(transcript(topicView(told, 'went_right', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # What went right
      [Add to the story] [Back]
      ? What had to go right for this to stay a near-miss? <plain_text_input, multiline>
        hint: One thing per line. Small things count, and so does luck.
        placeholder: We open ten invoices by hand before every run
        = We open ten invoices by hand before every run
      the send was planned for 10:00
      ? What kind of help was it? <static_select>
        hint: We open ten invoices by hand before every run
        ( ) Built that way
        ( ) Someone's skill
        ( ) People who know each other
        ( ) A workaround we had ready
        ( ) Luck
      ? What kind of help was it? <static_select>
        hint: the send was planned for 10:00
        ( ) Built that way
        ( ) Someone's skill
        ( ) People who know each other
        ( ) A workaround we had ready
        (x) Luck
      ? How close was it? <plain_text_input, multiline>
        hint: If one thing had gone differently, what would have reached people?
        placeholder: One hour later, 400 customers would have had a wrong invoice
        = One hour later, 400 customers would have had a wrong invoice.
      ? What could another team borrow from this? <plain_text_input, multiline>
        hint: One sentence they could act on this week. It leads the digest.
        placeholder: Before a large send, open ten items by hand and compare one number you know
        = Before a large send, open ten items by hand.
      "
    `);
  });

  test('detection, to the person who shared it', () => {
    expect(transcript(topicView(told, 'detection', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # How it was noticed
      [Add to the story] [Back]
      ? How was it noticed? <static_select>
        placeholder: Choose the closest
        ( ) An alert or alarm
        ( ) A dashboard or report
        ( ) A customer or caller
        ( ) A colleague
        (x) A routine check
        ( ) A feeling that something was off
        ( ) By chance
        ( ) Something else
      ? What was the first thing that made someone look? <plain_text_input, multiline>
        hint: What did they see or hear, and where?
        placeholder: The total looked low next to last month's
        = The total looked low next to last month's
      ? Where did you see it, and what did it say? <plain_text_input, multiline>
      ? How could you tell broken from slow, and running from right? <plain_text_input, multiline>
      "
    `);
  });

  test('expectations, to the person who shared it', () => {
    expect(transcript(topicView(told, 'expectations', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # What surprised us
      [Add to the story] [Back]
      ? What did you expect to happen? <plain_text_input, multiline>
        = A green job means right invoices.
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.
        = It checks that they exist.
      ? What do you understand now about how this works, or came to be this way? <plain_text_input, multiline>
      "
    `);
  });

  test('key_players, to the person who shared it', () => {
    expect(transcript(topicView(told, 'key_players', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # Who it took
      [Add to the story] [Back]
      ? Who did it take? <multi_users_select, at most 10>
        hint: Include people outside the team: who approved, had access, knew the history.
        placeholder: Choose people
        = U_JON
      ? How did you know to reach them? <plain_text_input, multiline>
      "
    `);
  });

  test('users, to the person who shared it', () => {
    expect(transcript(topicView(told, 'users', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # Who we were protecting
      [Add to the story] [Back]
      ? Who were we protecting? <plain_text_input, multiline>
        hint: Who would have felt it: customers, callers, colleagues, a partner?
        = Customers, and the colleagues who answer their calls.
      ? What did they need from us, and by when? <plain_text_input, multiline>
      ? How did we know, or could we know, that they were getting it? <plain_text_input, multiline>
      "
    `);
  });

  test('a topic, to others', () => {
    expect(
      transcript(topicView(told, 'expectations', 'U_JON', names)).replace(REST_OF_IT, '(the rest of it)\n'),
    ).toMatchInlineSnapshot(`
      "
      # What surprised us
      [Add to the story] [Back]
      *NM-12 · Invoices*
      The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

      *What went right*
      • We open ten invoices by hand before every run
      • Luck: the send was planned for 10:00

      (the rest of it)
      Your words are added under your name. They do not replace anyone's.
      ? What did you expect to happen? <plain_text_input, multiline>
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.
      ? What do you understand now about how this works, or came to be this way? <plain_text_input, multiline>
      "
    `);
  });

  test('a topic, to others, where nobody may see who shared it', () => {
    const { reporterId: _none, ...quiet } = { ...told, tier: 'unattributed' as const };
    expect(transcript(topicView(quiet, 'key_players', 'U_JON', names))).toContain(
      "Your words are added under your name. They do not replace anyone's. What you add here carries your name.",
    );
  });

  test('what could replace the luck', () => {
    expect(transcript(replaceLuck('id'))).toMatchInlineSnapshot(`
      "
      # What went right
      [Add to the story] [Skip]
      ? What could replace the luck? <plain_text_input, multiline>
      "
    `);
  });
});
