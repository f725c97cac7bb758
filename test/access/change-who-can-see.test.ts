import { expect, test } from 'vitest';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import { changeWhoCanSee } from '../../src/slack/access/change-who-can-see-view.ts';
import { AMIRA, around, JON, shared } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

test('change who can see this', () => {
  expect(transcript(changeWhoCanSee(shared, around, 'Everyone at Acme can read it.'))).toMatchInlineSnapshot(`
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

test('the stewards that are offered are those who may read it', () => {
  const stewards = [AMIRA, { ...JON, inConversation: false }];
  const offered = (audience: 'everyone' | 'channel', all = stewards) =>
    transcript(changeWhoCanSee({ ...shared, audience }, { ...around, stewards: all }, 'Now.'));
  expect(offered('everyone')).toContain('Only the stewards — Amira and Jon. You can see when they look.');
  expect(offered('channel')).toContain('Only the stewards — Amira. You can see when they look.');
  expect(offered('channel', stewards.slice(1))).toContain(
    'Only the stewards — No steward is in this conversation, so nobody can look it up.',
  );
});

test('in a direct message, changing who can see it says when the name is shown whatever is chosen', () => {
  const inDirect = { ...shared, conversation: { id: 'D1', name: '', kind: 'direct' as const } };
  const words =
    'If only the people in this conversation may read it, your name is shown: they would know anyway.';
  expect(transcript(changeWhoCanSee(inDirect, around, 'Now.'))).toContain(words);
  expect(transcript(changeWhoCanSee(shared, around, 'Now.'))).not.toContain(words);
});
