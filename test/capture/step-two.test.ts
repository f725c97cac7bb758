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
    expect(pages(shared, offered)).toMatchInlineSnapshot();
  });

  test('after a save without a name', () => {
    expect(pages({ id: 'id', tier: 'unattributed' })).toMatchInlineSnapshot();
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
    expect(transcript(madePossible('id', people))).toMatchInlineSnapshot();
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
