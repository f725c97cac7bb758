import { describe, expect, test } from 'vitest';
import type { Steward } from '../../src/domain/access/who-can-see.ts';
import type { NearMiss } from '../../src/domain/near-miss.ts';
import { confirmation } from '../../src/slack/capture/confirmation.ts';
import { question } from '../../src/slack/card/card-question.ts';
import { shared } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

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
