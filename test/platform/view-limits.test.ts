import type { HomeView, ModalView } from '@slack/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viewProblems } from '../../sandbox/block-kit/problems.ts';
import { threadFacts } from '../../src/domain/capture/thread-facts.ts';
import { TOPIC_IDS } from '../../src/domain/story/questions.ts';
import { changeWhoCanSee } from '../../src/slack/access/change-who-can-see-view.ts';
import type { Around } from '../../src/slack/access/sharing-facts.ts';
import { type Choices, type StepOneNotes, stepOne } from '../../src/slack/capture/step-one.ts';
import { savedWithoutName, stepTwo } from '../../src/slack/capture/step-two.ts';
import { systemSuggestions } from '../../src/slack/capture/system-input.ts';
import { home } from '../../src/slack/home/home-view.ts';
import { sayingModal, waitingModal } from '../../src/slack/platform/modal.ts';
import { editOrWithdraw, notYoursToChange } from '../../src/slack/story/edit-or-withdraw.ts';
import { editWords } from '../../src/slack/story/edit-words.ts';
import { madePossible } from '../../src/slack/story/made-possible.ts';
import { replaceLuck } from '../../src/slack/story/replace-luck.ts';
import { nearMissView, notFoundWords } from '../../src/slack/story/story-view.ts';
import { tellMore } from '../../src/slack/story/tell-more.ts';
import { topicView } from '../../src/slack/story/topic-view.ts';
import {
  fullOf,
  NASTY,
  names,
  namesById,
  nearMisses,
  places,
  SENTINEL,
  stewardLists,
  storedWords,
} from '../support/any-words.ts';
import { runs } from '../support/runs.ts';
import { formattedTexts, labelsIn, richElementsThatAct } from '../support/screen-texts.ts';

const RUNS = { numRuns: runs(40) };

/** Everything that is wrong with a view: what Slack refuses, and what is not good enough for us. */
function problemsOf(view: ModalView | HomeView): unknown[] {
  return [
    ...viewProblems(view, view.type),
    ...labelsIn(view).filter((label) => label.length > 75),
    // What people wrote, and what they are called, is never formatted, linked or pinging.
    ...formattedTexts(view).filter((text) => text.includes(SENTINEL) || /[<>]/.test(text)),
    ...richElementsThatAct(view),
  ];
}

const arounds: fc.Arbitrary<Around> = fc.record({
  workspace: names,
  app: fc.constantFrom('nearmiss', '`<!channel>`', '&'.repeat(80)),
  stewards: stewardLists,
  digest: fc.option(fc.record({ channel: names, next: fc.constant('Wednesday 24 September') }), {
    nil: undefined,
  }),
});

const choices: fc.Arbitrary<Choices> = fc.record({
  summary: fc.oneof(storedWords, fc.constant('')),
  system: fc.option(
    names.map((name) => name.slice(0, 60).toWellFormed()),
    { nil: undefined },
  ),
  tier: fc.constantFrom('named', 'confidential', 'unattributed'),
  audience: fc.constantFrom('everyone', 'channel'),
  card: fc.boolean(),
});

/** Two hundred people, and an alert of the kind bots write. */
const threads = fc
  .record({ reading: fc.constantFrom('read', 'refused', 'late'), alert: storedWords, bot: names })
  .map(({ reading, alert, bot }) => {
    const facts = threadFacts(
      [
        { at: 1, parts: [{ text: alert }], bot },
        ...Array.from({ length: 200 }, (_, person) => ({
          at: 2,
          parts: [{ text: 'x' }],
          personId: `U${String(person).padStart(10, '0')}`,
        })),
      ],
      'U_ASKING',
    );
    return {
      participants: facts?.participants ?? [],
      alert: facts?.alert,
      takenFrom: facts?.takenFrom,
      atLeast: 1_000_000,
      reading,
      started: 'Wednesday 24 September, 21:40 UTC',
      messages: 201,
      people: 200,
    };
  });

const notes = fc.record({
  place: fc.option(places, { nil: undefined }),
  thread: fc.option(threads, { nil: undefined }),
  firstTime: fc.boolean(),
});

function notesOf(about: Omit<StepOneNotes, 'id'>): StepOneNotes {
  return { id: '1a8a1d0e-5f5a-4a4b-9c0f-2f6d2b1f0c11', threadTs: '1771020012.345678', ...about };
}

describe('every view is within what Slack takes, whatever people write and are called', () => {
  test('step 1', () => {
    fc.assert(
      fc.property(notes, choices, arounds, (about, chosen, around) => {
        expect(problemsOf(stepOne(notesOf(about), chosen, around))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('what the type-ahead for systems offers', () => {
    fc.assert(
      fc.property(storedWords, fc.array(names, { maxLength: 20 }), (typed, known) => {
        const offered = systemSuggestions(typed, [
          ...new Set(known.map((name) => name.slice(0, 60).toWellFormed())),
        ]);
        const view = {
          type: 'modal',
          title: { type: 'plain_text', text: 'x' },
          submit: { type: 'plain_text', text: 'x' },
          blocks: [
            {
              type: 'input',
              label: { type: 'plain_text', text: 'x' },
              element: { type: 'static_select', action_id: 'x', options: offered },
            },
          ],
        };
        // Slack may escape these three in what it gives back, and a name would not be the same again.
        expect(offered.filter(({ value }) => /[&<>]/.test(value ?? ''))).toEqual([]);
        expect(offered.length === 0 ? [] : viewProblems(view, 'modal')).toEqual([]);
      }),
      RUNS,
    );
  });

  test('step 2, from nothing and from what is told already', () => {
    fc.assert(
      fc.property(nearMisses, (nearMiss) => {
        for (const page of [0, 1, 2]) expect(problemsOf(stepTwo(nearMiss, { page }))).toEqual([]);
        const start = { telling: nearMiss.told, reached: nearMiss.reached };
        for (const page of [0, 1, 2]) expect(problemsOf(stepTwo(nearMiss, { page }, start))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('what each person made possible', () => {
    const people = fc.uniqueArray(
      fc.record({ personId: fc.uuid(), name: names, words: fc.option(storedWords, { nil: undefined }) }),
      { minLength: 1, maxLength: 200, selector: ({ personId }) => personId },
    );
    fc.assert(
      fc.property(people, (chosen) => {
        expect(problemsOf(madePossible('id', chosen))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('the whole story, the list of what can be told, and every topic, to its reporter and to others', () => {
    fc.assert(
      fc.property(nearMisses, namesById, (nearMiss, known) => {
        expect(problemsOf(nearMissView(nearMiss, known, 0))).toEqual([]);
        expect(problemsOf(tellMore(nearMiss, 'U_ADDED_0'))).toEqual([]);
        for (const topic of TOPIC_IDS) {
          for (const viewer of ['U_REPORTER', 'U_ADDED_0', 'U_NEW']) {
            expect(problemsOf(topicView(nearMiss, topic, viewer, known))).toEqual([]);
          }
        }
      }),
      RUNS,
    );
  });

  test.each(NASTY)('the fullest near-miss there can be, all of it %#', (text) => {
    const nearMiss = fullOf(text);
    const known = new Map(nearMiss.added.map(({ authorId }) => [authorId, text.slice(0, 80).toWellFormed()]));
    const views = [
      nearMissView(nearMiss, known, 0),
      ...[0, 1, 2].map((page) => stepTwo(nearMiss, { page }, { telling: nearMiss.told })),
      editWords(nearMiss),
      ...TOPIC_IDS.flatMap((topic) => [
        topicView(nearMiss, topic, 'U_REPORTER', known),
        topicView(nearMiss, topic, 'U_ADDED_1', known),
      ]),
    ];
    expect(views.flatMap(problemsOf)).toEqual([]);
  });

  test('changing it', () => {
    fc.assert(
      fc.property(nearMisses, arounds, storedWords, (nearMiss, around, sentence) => {
        expect(problemsOf(editOrWithdraw(nearMiss))).toEqual([]);
        expect(problemsOf(editWords(nearMiss))).toEqual([]);
        expect(problemsOf(changeWhoCanSee(nearMiss, around, sentence))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('App Home', () => {
    fc.assert(
      fc.property(
        fc.array(nearMisses, { maxLength: 10 }),
        fc.array(nearMisses, { maxLength: 10 }),
        (mine, others) => {
          const apart = mine.map((nearMiss, at) => ({ ...nearMiss, id: String(at) }));
          expect(problemsOf(home({ mine: apart, others }))).toEqual([]);
          expect(problemsOf(home({ mine: apart, others: [] }))).toEqual([]);
        },
      ),
      { numRuns: runs(30) },
    );
  });

  test('those that only say something', () => {
    fc.assert(
      fc.property(storedWords, storedWords, (one, other) => {
        expect(problemsOf(sayingModal(one, other, one))).toEqual([]);
        expect(problemsOf(waitingModal(one, other))).toEqual([]);
        expect(problemsOf(savedWithoutName(one))).toEqual([]);
      }),
      RUNS,
    );
    for (const view of [notYoursToChange(), replaceLuck('id'), sayingModal('x', notFoundWords('NM-1'))]) {
      expect(problemsOf(view)).toEqual([]);
    }
  });
});
