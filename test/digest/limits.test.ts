import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viewProblems } from '../../sandbox/block-kit/problems.ts';
import { inDigestOrder } from '../../src/domain/digest/digest.ts';
import type { KeptDigest } from '../../src/domain/digest/kept-digest.ts';
import type { NearMiss } from '../../src/domain/near-miss.ts';
import { adoptView } from '../../src/slack/digest/adoption-view.ts';
import { emptiedParent } from '../../src/slack/digest/digest-message.ts';
import {
  channelRefused,
  leftOut,
  partRefused,
  wordingProposed,
} from '../../src/slack/digest/digest-notices.ts';
import {
  digestSaved,
  digestSettingsView,
  suggestedDigest,
} from '../../src/slack/digest/digest-settings-view.ts';
import { archiveMessage, blankedStory, digestStory } from '../../src/slack/digest/digest-story.ts';
import { moreView } from '../../src/slack/digest/more-stories.ts';
import { previewOf } from '../../src/slack/digest/preview-message.ts';
import { holdView, leaveOutView, wordingView } from '../../src/slack/digest/preview-modals.ts';
import { plainText, typed } from '../../src/slack/platform/blocks.ts';
import { stewardSettings } from '../../src/slack/stewards/steward-settings-view.ts';
import { fullOf, NASTY, namesById, nearMisses, storedWords, typedWords } from '../support/any-words.ts';
import { type Drawn, drawnDigest } from '../support/drawn-digest.ts';
import { runs } from '../support/runs.ts';
import { problemsOf } from '../support/screen-texts.ts';

const RUNS = { numRuns: runs(25) };
const ID = '1a8a1d0e-5f5a-4a4b-9c0f-2f6d2b1f0c11';
const AT = Date.UTC(2025, 9, 19);

const stories = nearMisses.map((story) => ({
  ...story,
  audience: 'everyone' as const,
  withdrawnAt: undefined,
}));

const adoptions = fc.record({
  team: typedWords.map((words) => words.slice(0, 60).toWellFormed()),
  sentence: typedWords.map((words) => words.slice(0, 300).toWellFormed()),
  nearMissName: fc.constant('NM-999999999'),
});

function digestOf(
  told: NearMiss[],
  borrowed: { team: string; sentence: string; nearMissName: string }[] = [],
) {
  return { from: Date.UTC(2025, 9, 1), to: AT, zone: 'Europe/London', stories: told, borrowed };
}

const kept: KeptDigest = {
  id: ID,
  teamId: 'T1',
  state: 'preview',
  from: AT,
  closedAt: AT,
  publishAt: AT,
  sharedOutside: false,
  zone: 'Europe/London',
  channelId: 'C1',
  replies: 30,
  definitionId: 'weekly',
};

/** What is wrong with any of these parts, and with how stewards see them first. */
function problemsOfParts(parts: Drawn[]): unknown[] {
  return parts.flatMap((part, position) =>
    part.forms.flatMap((message) => {
      const shown = { ...part, digestId: ID, position };
      const previews = [
        previewOf(message, kept, shown),
        previewOf(message, { ...kept, state: 'held' }, shown, { by: 'x'.repeat(80), isOut: true }),
      ];
      return [message, ...previews].flatMap(problemsOf);
    }),
  );
}

const modal = (blocks: object[]) => ({ type: 'modal', title: plainText('In this digest'), blocks });

describe('every message of a digest is within what Slack takes, whatever people write and are called', () => {
  test('parent, chart, stories, more and what was borrowed, and their previews', () => {
    fc.assert(
      fc.property(
        fc.array(stories, { minLength: 1, maxLength: 8 }),
        fc.array(adoptions, { maxLength: 30 }),
        namesById,
        (told, borrowed, names) => {
          const digest = digestOf(inDigestOrder(told), borrowed);
          expect(problemsOfParts(drawnDigest(digest, { replies: 3, names, id: ID }))).toEqual([]);
        },
      ),
      RUNS,
    );
  });

  test('pressed very often, from the archive, and taken back', () => {
    fc.assert(
      fc.property(stories, namesById, (story, names) => {
        const counts = { learned: 100_000, seen: 100_000, use: 100_000 };
        expect(problemsOf(digestStory(story, 'UTC', names, counts))).toEqual([]);
        expect(problemsOf(digestStory(story, 'UTC', new Map()))).toEqual([]);
        expect(problemsOf(archiveMessage(story, 'UTC', names, Date.now()))).toEqual([]);
        expect(problemsOf(blankedStory(story))).toEqual([]);
        expect(problemsOf(emptiedParent(digestOf([])))).toEqual([]);
      }),
      RUNS,
    );
  });

  test.each(NASTY)('a hundred stories, each of them as much as one person can type, all of it %#', (text) => {
    const { added, ...alone } = fullOf(text);
    const told = { ...alone.told, saves: alone.told.saves.slice(0, 1) };
    const full = {
      ...alone,
      told,
      added: added.slice(0, 1).map((each) => ({ ...each, saves: told.saves })),
      audience: 'everyone' as const,
    };
    const names = new Map([['U_REPORTER', text.slice(0, 80)]]);
    const hundred = Array.from({ length: 100 }, (_, at) => ({ ...full, id: `${at}`, number: at }));
    const borrowed = { team: text.slice(0, 60), sentence: text.slice(0, 300), nearMissName: 'NM-1' };
    const parts = drawnDigest(
      digestOf(
        hundred,
        Array.from({ length: 100 }, () => borrowed),
      ),
      { replies: 30, names, id: ID },
    );
    expect(parts.map(({ kind }) => kind).filter((kind) => kind === 'story')).toHaveLength(30);
    // They are all alike, so that one of each kind stands for all.
    const kinds = [...new Map(parts.map((part) => [part.kind, part])).values()];
    expect(problemsOfParts(kinds)).toEqual([]);
    const fullest = digestStory(fullOf(text), 'UTC', names, {
      learned: 100_000,
      seen: 100_000,
      use: 100_000,
    });
    const page = Array.from({ length: 5 }, () => ({ ...fullest, id: ID }));
    for (const isPreview of [true, false]) {
      const view = moreView(page, { digestId: ID, page: 1 }, { isPreview, hasMore: true });
      expect(viewProblems(view, 'modal')).toEqual([]);
    }
  });
});

test('whatever was noticed how often, the chart has at most 20 short labels and its text says the same numbers', () => {
  fc.assert(
    fc.property(fc.array(stories, { minLength: 1, maxLength: 20 }), (told) => {
      const parts = drawnDigest(digestOf(told), { replies: 1, names: new Map(), id: ID });
      const chart = parts.find(({ kind }) => kind === 'chart')?.forms[0];
      const drawn = chart?.blocks[0] as
        | {
            chart: {
              series: { data: { label: string; value: number }[] }[];
              axis_config: { categories: string[] };
            };
          }
        | undefined;
      const points = drawn?.chart.series[0]?.data ?? [];
      expect(points.length).toBeLessThanOrEqual(20);
      for (const { label, value } of points) {
        expect(label.length).toBeLessThanOrEqual(20);
        expect(chart?.text).toContain(`${label} ${value}`);
      }
      expect(drawn?.chart.axis_config.categories ?? []).toEqual(points.map(({ label }) => label));
    }),
    RUNS,
  );
});

describe('what is said around a digest, and its modals', () => {
  test('what reporters and stewards are told', () => {
    fc.assert(
      fc.property(stories, storedWords, namesById, (story, words, names) => {
        const steward = names.get('U_REPORTER');
        const said = (text: string) => ({ text: 'Told', blocks: [typed(text)] });
        expect(problemsOf(wordingProposed(story, steward, words))).toEqual([]);
        expect(
          problemsOf(
            said(leftOut(story, steward, { line: words.slice(0, 500).toWellFormed(), forGood: false })),
          ),
        ).toEqual([]);
        expect(problemsOf(said(channelRefused(words.slice(0, 80).toWellFormed())))).toEqual([]);
        for (const about of ['parent', 'part', 'change'] as const)
          for (const state of ['refused', 'asked'] as const) {
            const told = partRefused(words.slice(0, 80).toWellFormed(), { about, state });
            expect(problemsOf(said(told))).toEqual([]);
          }
      }),
      RUNS,
    );
  });

  test('every modal', () => {
    fc.assert(
      fc.property(stories, storedWords, (story, words) => {
        const views = [
          adoptView(
            { id: story.id, more: { digestId: ID, page: 99 } },
            { sentence: story.told.answers.practice },
          ),
          wordingView({ id: ID, nearMissId: story.id }, story.summary),
          leaveOutView({ id: ID, nearMissId: story.id, more: { digestId: ID, page: 99 } }, true),
          leaveOutView({ id: ID, nearMissId: story.id }, false),
          holdView(ID, '2025-10-20'),
          stewardSettings(['U1', 'U2'], [words]),
          digestSettingsView({ ...suggestedDigest('Europe/Madrid'), channelId: 'C0123456789' }, words),
          modal(digestSaved('Monday 20 October', { name: words, kind: 'public', sharedOutside: true })),
        ];
        expect(views.flatMap((view) => viewProblems(view, 'modal'))).toEqual([]);
      }),
      RUNS,
    );
  });

  test.each([
    ['a line', true, "NM-12 is not in this week's digest. Amira wrote: a line. It is saved as before."],
    ['why?', true, "NM-12 is not in this week's digest. Amira wrote: why? It is saved as before."],
    ['a line', false, "NM-12 is not in this week's digest. Amira wrote: a line. It may be in the next one."],
  ])('a story left out with "%s", for good: %s', (line, forGood, words) => {
    expect(leftOut({ ...fullOf('x'), number: 12 }, 'Amira', { line, forGood })).toBe(words);
  });
});

test('a proposed wording is not shortened in the modal, so that sending it unchanged changes nothing', () => {
  const words = 'x'.repeat(3000);
  const [input] = wordingView({ id: ID, nearMissId: ID }, words).blocks as {
    element: { initial_value: string };
  }[];
  expect(input?.element.initial_value).toBe(words);
});
