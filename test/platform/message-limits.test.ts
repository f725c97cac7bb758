import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shorten } from '../../src/domain/text/shorten.ts';
import { confirmation } from '../../src/slack/capture/confirmation.ts';
import { card } from '../../src/slack/card/card.ts';
import { question } from '../../src/slack/card/card-question.ts';
import { help } from '../../src/slack/commands/commands.ts';
import { listMessage } from '../../src/slack/home/home-view.ts';
import { nearMissMessage } from '../../src/slack/story/story-view.ts';
import { fullOf, NASTY, namesById, nearMisses, stewardLists } from '../support/any-words.ts';
import { runs } from '../support/runs.ts';
import { problemsOf } from '../support/screen-texts.ts';

const RUNS = { numRuns: runs(60) };

describe('every message is within what Slack takes, whatever people write and are called', () => {
  test('the card', () => {
    fc.assert(
      fc.property(nearMisses, namesById, (nearMiss, names) => {
        expect(problemsOf(card(nearMiss, names))).toEqual([]);
        expect(problemsOf(card(nearMiss, new Map()))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('the whole near-miss, as an answer to show', () => {
    fc.assert(
      fc.property(nearMisses, namesById, (nearMiss, names) => {
        expect(problemsOf(nearMissMessage(nearMiss, names, 0))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('the confirmation, and the question whether a card is there', () => {
    const deliveries = fc.record({
      state: fc.constantFrom('none', 'waiting', 'posted', 'refused'),
      why: fc.constantFrom(
        'not_in_channel',
        'is_archived',
        'restricted_action_read_only_channel',
        'msg_too_long',
      ),
    });
    fc.assert(
      fc.property(nearMisses, deliveries, stewardLists, (nearMiss, delivery, stewards) => {
        expect(
          problemsOf(confirmation(nearMiss, delivery, { stewards, appearsOn: 'Monday 20 October' })),
        ).toEqual([]);
        expect(problemsOf(question(nearMiss))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('lists of thirty, and the help', () => {
    fc.assert(
      fc.property(fc.array(nearMisses, { minLength: 0, maxLength: 30, size: 'max' }), (listed) => {
        expect(problemsOf(listMessage('Yours', 'Nothing yet.', listed))).toEqual([]);
        expect(problemsOf(listMessage('Yours', 'Nothing yet.', listed))).toEqual([]);
      }),
      { numRuns: 30 },
    );
    expect(problemsOf(help({ stewards: [], isSteward: true }))).toEqual([]);
  });
});

test.each(NASTY)('the fullest near-miss there can be, all of it %#', (text) => {
  const nearMiss = fullOf(text);
  const everybody = ['U_REPORTER', ...nearMiss.added.map(({ authorId }) => authorId)];
  const names = new Map(everybody.map((person) => [person, shorten(text, 80)]));
  const stewards = everybody.map((id) => ({ id, name: shorten(text, 80), inConversation: true }));
  expect(problemsOf(card(nearMiss, names))).toEqual([]);
  expect(problemsOf(nearMissMessage(nearMiss, names, 0))).toEqual([]);
  expect(problemsOf(confirmation(nearMiss, { state: 'refused', why: 'is_archived' }, { stewards }))).toEqual(
    [],
  );
  expect(problemsOf(question(nearMiss))).toEqual([]);
  expect(problemsOf(listMessage('Yours', '', Array(30).fill(nearMiss)))).toEqual([]);
});

test('people are named for what they added, however much of it has to go', () => {
  const added = (at: number) => ({
    authorId: `U_ADDED_${at}`,
    saves: [{ text: `${at} ${'&'.repeat(2900)}` }],
    signal: {},
    keyPlayers: [],
    answers: { closeness: `${at} ${'🦺'.repeat(1400)}` },
  });
  const names = new Map(Array.from({ length: 50 }, (_, at) => [`U_ADDED_${at}`, `Person ${at}`]));
  fc.assert(
    fc.property(nearMisses, (nearMiss) => {
      const told = { saves: [], signal: {}, keyPlayers: [], answers: {} };
      const story = {
        ...nearMiss,
        withdrawnAt: undefined,
        told,
        added: Array.from({ length: 50 }, (_, at) => added(at)),
      };
      const shown = JSON.stringify(nearMissMessage(story, names, 0).blocks);
      for (let at = 0; at < 10; at += 1) expect(shown.split(`(Person ${at})`)).toHaveLength(3);
      expect(shown.split('and 10 more')).toHaveLength(2);
      expect(shown.split('and 40 more')).toHaveLength(2);
    }),
    { numRuns: 10 },
  );
});
