import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemName } from '../../src/domain/capture/system-name.ts';
import { EMPTY_TELLING, type Telling } from '../../src/domain/near-miss.ts';
import { readSaves } from '../../src/domain/story/answers.ts';
import { SAVE_KINDS, SIGNAL_KINDS } from '../../src/domain/story/choices.ts';
import { TOPIC_IDS } from '../../src/domain/story/questions.ts';
import { saysSomething } from '../../src/domain/text/says-something.ts';
import { changeWhoCanSee, readWhoCanSee } from '../../src/slack/access/change-who-can-see-view.ts';
import { defaultChoices, readChoices, STEP_ONE_NOTES, stepOne } from '../../src/slack/capture/step-one.ts';
import { readStepTwo, type StepTwoAnswers, stepTwo } from '../../src/slack/capture/step-two.ts';
import { systemSuggestions } from '../../src/slack/capture/system-input.ts';
import { SUBJECT } from '../../src/slack/platform/view-metadata.ts';
import { editWords, readWords } from '../../src/slack/story/edit-words.ts';
import { madePossible, readMadePossible } from '../../src/slack/story/made-possible.ts';
import { readReplaceLuck, replaceLuck } from '../../src/slack/story/replace-luck.ts';
import { readTopicButton, tellMore } from '../../src/slack/story/tell-more.ts';
import { readTopic, TOPIC_SUBJECT, topicView } from '../../src/slack/story/topic-view.ts';
import { nearMisses, places, typedWords } from '../support/any-words.ts';
import { runs } from '../support/runs.ts';
import { redrawn, submitted } from '../support/submitted-view.ts';

const RUNS = { numRuns: runs(50) };
const around = {
  workspace: 'Acme',
  app: 'nearmiss',
  stewards: [{ id: 'U1', name: 'Amira', inConversation: true }],
};
const tiers = fc.constantFrom('named', 'confidential', 'unattributed');
const audiences = fc.constantFrom('everyone', 'channel');
const reachedAnswers = fc.constantFrom('no', 'briefly', 'not_sure', null);

/** As it is kept: without the spaces around it, or not at all. */
const kept = (text: string) => (saysSomething(text) ? text.trim() : undefined);

describe('what is typed is what is read', () => {
  test('step 1, also after it was drawn again for every choice', () => {
    fc.assert(
      fc.property(
        typedWords,
        typedWords,
        places,
        tiers,
        audiences,
        fc.boolean(),
        (text, name, place, tier, audience, card) => {
          const notes = { id: 'id', place, threadTs: '1.2', firstTime: true };
          const first = submitted(stepOne(notes, defaultChoices(place), around), {
            summary: text,
            tier,
            [`audience_${place.kind}`]: audience,
            card,
            ...(systemName(name) !== undefined && { system: systemSuggestions(name, [])[0]?.value ?? '' }),
          });
          const carried = { ...notes, stewards: [{ id: 'U1', inConversation: true }] };
          expect(STEP_ONE_NOTES.read(first)).toEqual(carried);
          const read = readChoices(first, notes, true);
          const again = redrawn(first, stepOne(notes, read, around));
          expect(STEP_ONE_NOTES.read(again)).toEqual(carried);
          for (const each of [read, readChoices(again, notes, true)]) {
            expect(each.summary).toBe(saysSomething(text) ? text : '');
            expect(each.system).toBe(systemName(name));
            expect(each.audience).toBe(audience);
          }
        },
      ),
      RUNS,
    );
  });

  test('step 2', () => {
    fc.assert(
      fc.property(
        fc.array(typedWords, { minLength: 6, maxLength: 6 }),
        fc.constantFrom(...SIGNAL_KINDS),
        fc.constantFrom('no', 'briefly', 'not_sure'),
        fc.boolean(),
        (
          [saves = '', closeness = '', noticed = '', expected = '', instead = '', last = ''],
          kind,
          reached,
          withName,
        ) => {
          const tier = withName ? 'named' : 'unattributed';
          const said = {
            saves,
            closeness,
            signal_kind: kind,
            noticed,
            expected,
            instead,
            protecting: last,
            ...(withName ? { key_players: ['U1', 'U2'] } : { roles: last }),
            reached,
          };
          const read = [0, 1, 2].reduce<StepTwoAnswers>(
            (before, page) => {
              const shown = stepTwo({ id: 'id', tier, number: 1 }, { page }, before);
              return { ...before, ...readStepTwo({ page }, submitted(shown, said), before.telling) };
            },
            { telling: EMPTY_TELLING },
          );
          expect(read).toEqual({
            reached,
            telling: {
              saves: readSaves(saves).map((line) => ({ text: line })),
              signal: { kind, noticed: kept(noticed) },
              keyPlayers: withName ? [{ personId: 'U1' }, { personId: 'U2' }] : [],
              answers: withoutNothing({
                closeness: kept(closeness),
                expected: kept(expected),
                instead: kept(instead),
                protecting: kept(last),
                roles: withName ? undefined : kept(last),
              }),
            },
          });
        },
      ),
      RUNS,
    );
  });

  test('what each person made possible, one box a person', () => {
    fc.assert(
      fc.property(typedWords, typedWords, (one, other) => {
        const before: Telling = { ...EMPTY_TELLING, keyPlayers: [{ personId: 'U1' }, { personId: 'U2' }] };
        const view = submitted(
          madePossible('id', [
            { personId: 'U1', name: 'Ana' },
            { personId: 'U2', name: 'Jon' },
          ]),
          { U1: one, U2: other },
        );
        expect(SUBJECT.read(view)).toEqual({ id: 'id' });
        expect(readMadePossible(view, before).keyPlayers.map(({ madePossible: words }) => words)).toEqual([
          kept(one),
          kept(other),
        ]);
      }),
      RUNS,
    );
  });

  test('the words of an edit', () => {
    fc.assert(
      fc.property(
        nearMisses,
        typedWords,
        typedWords,
        reachedAnswers,
        (nearMiss, summary, system, reached) => {
          expect(readWords(submitted(editWords(nearMiss), { summary, system, reached }))).toEqual({
            summary: saysSomething(summary) ? summary : '',
            system: systemName(system),
            reached,
          });
        },
      ),
      RUNS,
    );
  });

  test('a change of who can see it', () => {
    fc.assert(
      fc.property(nearMisses, tiers, audiences, (nearMiss, tier, audience) => {
        const view = submitted(changeWhoCanSee(nearMiss, around, 'Now.'), { tier, audience });
        expect(readWhoCanSee(view, nearMiss)).toEqual({ tier, audience });
      }),
      RUNS,
    );
  });
});

describe('what is told already and left alone is not changed', () => {
  /** What the boxes can hold: nobody typed more than three thousand characters into one. */
  const told = nearMisses.map((nearMiss) => ({
    ...nearMiss,
    withdrawnAt: undefined,
    summary: atMost(nearMiss.summary),
    told: bounded(nearMiss.told),
    added: nearMiss.added.map((telling) => ({ ...telling, ...bounded(telling) })),
  }));

  test('step 2', () => {
    fc.assert(
      fc.property(told, (nearMiss) => {
        const start: StepTwoAnswers = {
          telling: nearMiss.told,
          ...(nearMiss.reached !== undefined && { reached: nearMiss.reached }),
        };
        const read = [0, 1, 2].reduce((before, page) => {
          const view = submitted(stepTwo(nearMiss, { page }, before));
          return { ...before, ...readStepTwo({ page }, view, before.telling) };
        }, start);
        const people = nearMiss.tier === 'unattributed' ? [] : nearMiss.told.keyPlayers;
        expect(read.telling).toEqual({ ...nearMiss.told, keyPlayers: people });
        expect(read.reached).toBe(nearMiss.reached);
      }),
      RUNS,
    );
  });

  test('every topic, for its reporter', () => {
    fc.assert(
      fc.property(told, (nearMiss) => {
        const owned = { ...nearMiss, tier: 'named' as const, reporterId: 'U_REPORTER' };
        for (const topic of TOPIC_IDS) {
          const view = submitted(topicView(owned, topic, 'U_REPORTER', new Map()));
          expect(TOPIC_SUBJECT.read(view)?.topic).toBe(topic);
          expect(readTopic(topic, view, owned.told)).toEqual(owned.told);
        }
      }),
      RUNS,
    );
  });

  test('the words of an edit', () => {
    fc.assert(
      fc.property(told, (nearMiss) => {
        const { summary, system, reached = null } = nearMiss;
        expect(readWords(submitted(editWords(nearMiss)))).toEqual({ summary, system, reached });
      }),
      RUNS,
    );
  });
});

describe('the kind of help each thing was', () => {
  const view = (saves: Telling['saves'], typed: Record<string, string>) => {
    const before = { ...EMPTY_TELLING, saves };
    const nearMiss = {
      ...fc.sample(nearMisses, { numRuns: 1, seed: 1 })[0],
      withdrawnAt: undefined,
      reporterId: 'U1',
      told: before,
    } as Parameters<typeof topicView>[0];
    return readTopic(
      'went_right',
      submitted(topicView(nearMiss, 'went_right', 'U1', new Map()), typed),
      before,
    ).saves;
  };

  test('goes with its line when lines move, come and go', () => {
    const saves = [{ text: 'one', kind: 'skill' as const }, { text: 'two' }];
    expect(view(saves, { saves: 'new\ntwo\none', kind_1: 'luck' })).toEqual([
      { text: 'new', kind: undefined },
      { text: 'two', kind: 'luck' },
      { text: 'one', kind: 'skill' },
    ]);
    expect(view(saves, { saves: 'two' })).toEqual([{ text: 'two', kind: undefined }]);
  });

  test('goes with a line that is reworded in its place', () => {
    expect(view([{ text: 'one' }, { text: 'two' }], { saves: 'one, better\ntwo', kind_0: 'luck' })).toEqual([
      { text: 'one, better', kind: 'luck' },
      { text: 'two', kind: undefined },
    ]);
  });

  test.each(SAVE_KINDS)('%s is kept', (kind) => {
    expect(view([{ text: 'one' }], { kind_0: kind })).toEqual([{ text: 'one', kind }]);
  });
});

test('what could replace the luck', () => {
  fc.assert(
    fc.property(typedWords, (text) => {
      const read = readReplaceLuck(submitted(replaceLuck('id'), { replace_luck: text }), EMPTY_TELLING);
      expect(read.answers.replace_luck).toBe(kept(text));
    }),
    RUNS,
  );
});

test('every button of the list leads to its topic', () => {
  const [nearMiss] = fc.sample(
    nearMisses.filter(({ withdrawnAt }) => withdrawnAt === undefined),
    { numRuns: 1, seed: 1 },
  );
  const blocks = nearMiss === undefined ? [] : tellMore(nearMiss, 'U_JON').blocks;
  const buttons = blocks.map((block) =>
    'accessory' in block ? (block.accessory as { value?: string }).value : '',
  );
  expect(buttons.map((value) => readTopicButton(value))).toEqual(
    TOPIC_IDS.map((topic) => ({ topic, id: nearMiss?.id })),
  );
  expect(readTopicButton('elsewhere:1')).toBeUndefined();
  expect(readTopicButton(undefined)).toBeUndefined();
});

function withoutNothing(answers: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(answers).filter(([, text]) => text !== undefined));
}

function atMost(text: string): string {
  const cut = text.slice(0, 3000).toWellFormed().trim();
  return saysSomething(cut) ? cut : 'x';
}

function bounded({ saves, signal, keyPlayers, answers }: Telling): Telling {
  const part = (text: string | undefined) => (text === undefined ? undefined : atMost(text));
  let room = 3000;
  return {
    saves: saves.filter(({ text }, at) => {
      room -= text.length + 1;
      return room > 0 && saves.findIndex((save) => save.text === text) === at;
    }),
    signal: {
      kind: signal.kind,
      noticed: part(signal.noticed),
      where: part(signal.where),
      tellsApart: part(signal.tellsApart),
    },
    keyPlayers,
    answers: Object.fromEntries(Object.entries(answers).map(([id, text]) => [id, atMost(text)])),
  };
}
