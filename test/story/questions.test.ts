import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING, type NearMiss } from '../../src/domain/near-miss.ts';
import { saidTo, withText } from '../../src/domain/story/answers.ts';
import {
  QUESTIONS,
  type QuestionId,
  question,
  STEP_TWO_PAGES,
  STORY_PARTS,
  TOPICS,
} from '../../src/domain/story/questions.ts';
import { storyParts } from '../../src/slack/story/story-parts.ts';
import { topicView } from '../../src/slack/story/topic-view.ts';
import { shared } from '../support/example-near-misses.ts';

const ids = Object.keys(QUESTIONS) as QuestionId[];
/** Whether it reached anyone is asked of whoever shared it alone, and is shown beside the story. */
const ofATelling = ids.filter((id) => question(id).kept !== 'near_miss');
const once = (lists: readonly (readonly QuestionId[])[]) => lists.flat().toSorted();

describe('every question of the catalogue', () => {
  test('belongs to one topic, which asks it in Tell more', () => {
    expect(once(Object.values(TOPICS).map(({ asks }) => asks))).toEqual(ofATelling.toSorted());
  });

  test('is shown in one part of a story', () => {
    expect(once(STORY_PARTS.map(({ shows }) => shows))).toEqual(ofATelling.toSorted());
  });

  test('is asked once at the most in step 2', () => {
    const asked = STEP_TWO_PAGES.flatMap(({ asks }) => asks);
    expect(new Set(asked).size).toBe(asked.length);
  });

  const written = ofATelling.filter((id) => question(id).asked === 'text');
  test.each(written)('%s: what is answered is kept, shown, and asked again with its answer', (id) => {
    const told = withText(id, `An answer to ${id}`, EMPTY_TELLING);
    const nearMiss: NearMiss = { ...shared, told, tier: id === 'roles' ? 'unattributed' : 'named' };
    const asking = Object.entries(TOPICS).find(([, { asks }]) => asks.some((asked) => asked === id));
    const view = topicView(nearMiss, asking?.[0] as keyof typeof TOPICS, 'U_MARIA', new Map());
    expect(saidTo(id, told)).toEqual([`An answer to ${id}`]);
    expect(storyParts(nearMiss, new Map(), false).flatMap(({ lines }) => lines)).toEqual([
      { words: expect.stringContaining(`An answer to ${id}`) },
    ]);
    expect(JSON.stringify(view.blocks)).toContain(`"initial_value":"An answer to ${id}"`);
    expect(withText(id, undefined, told)).toEqual(withText(id, undefined, EMPTY_TELLING));
  });
});
