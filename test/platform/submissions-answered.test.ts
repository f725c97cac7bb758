import { readFileSync } from 'node:fs';
import type { View } from '@slack/types';
import { expect, test } from 'vitest';
import { elementsOf } from '../../sandbox/block-kit/blocks.ts';
import { TOPIC_IDS } from '../../src/domain/story/questions.ts';
import { CHANGE_WHO_CAN_SEE, changeWhoCanSee } from '../../src/slack/access/change-who-can-see-view.ts';
import { CONFIRMATION_ACTIONS, confirmation } from '../../src/slack/capture/confirmation.ts';
import { CHOICE_ACTIONS, defaultChoices, STEP_ONE, stepOne } from '../../src/slack/capture/step-one.ts';
import { STEP_TWO, stepTwo } from '../../src/slack/capture/step-two.ts';
import { SYSTEM_ACTION } from '../../src/slack/capture/system-input.ts';
import { CARD_ACTIONS, card, MORE_CHOICES } from '../../src/slack/card/card.ts';
import { QUESTION_ACTIONS, question } from '../../src/slack/card/card-question.ts';
import { HOME_ACTIONS, home, listMessage } from '../../src/slack/home/home-view.ts';
import { editOrWithdraw } from '../../src/slack/story/edit-or-withdraw.ts';
import { EDIT_WORDS, editWords } from '../../src/slack/story/edit-words.ts';
import { MADE_POSSIBLE, madePossible } from '../../src/slack/story/made-possible.ts';
import { REMOVE_OWN_WORDS } from '../../src/slack/story/own-words.ts';
import { REPLACE_LUCK, replaceLuck } from '../../src/slack/story/replace-luck.ts';
import { nearMissMessage, nearMissView } from '../../src/slack/story/story-view.ts';
import { TOPIC_ACTION, tellMore } from '../../src/slack/story/tell-more.ts';
import { TOPIC, topicView } from '../../src/slack/story/topic-view.ts';
import { WITHDRAW } from '../../src/slack/story/withdraw.ts';
import { fullOf } from '../support/any-words.ts';

/** By the name the routing table in `app.ts` calls it. */
const NAMES: Record<string, string> = {
  SYSTEM_ACTION,
  TOPIC_ACTION,
  STEP_ONE,
  STEP_TWO,
  MADE_POSSIBLE,
  TOPIC,
  REPLACE_LUCK,
  REMOVE_OWN_WORDS,
  EDIT_WORDS,
  CHANGE_WHO_CAN_SEE,
  WITHDRAW,
  ...named({ CARD_ACTIONS, CONFIRMATION_ACTIONS, HOME_ACTIONS, QUESTION_ACTIONS }),
};

function named(tables: Record<string, Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tables).flatMap(([table, ids]) =>
      Object.entries(ids).map(([key, id]) => [`${table}.${key}`, id] as const),
    ),
  );
}

const table = readFileSync('src/slack/app.ts', 'utf8');

/** The ids whose names stand in a call of this kind in the routing table. */
function answered(call: 'action' | 'view' | 'options'): Set<string> {
  const calls = [...table.matchAll(new RegExp(`bolt\\.${call}\\(([^\\n]*)`, 'g'))].map(
    ([, args = '']) => args,
  );
  return new Set(
    Object.entries(NAMES)
      .filter(([name]) => calls.some((args) => new RegExp(`(?<![\\w.])${name}(?!\\w)`).test(args)))
      .map(([, id]) => id),
  );
}

const nearMiss = fullOf('It nearly went wrong.');
const place = {
  id: 'C1',
  name: 'ops',
  kind: 'public' as const,
  membersKnown: true,
  canPost: true,
  sharedOutside: false,
  inThread: false,
};
const around = { workspace: 'Acme', app: 'nearmiss', stewards: [] };
const stepOneView = stepOne({ id: 'id', place, firstTime: true }, defaultChoices(place), around);
const views: View[] = [
  stepOneView,
  stepTwo(nearMiss),
  madePossible('id', [{ personId: 'U1', name: 'Ana' }]),
  nearMissView(nearMiss, new Map(), 0),
  tellMore(nearMiss, 'U_ADDED_0'),
  ...TOPIC_IDS.map((topic) => topicView(nearMiss, topic, 'U_REPORTER', new Map())),
  replaceLuck('id'),
  editOrWithdraw(nearMiss),
  editWords(nearMiss),
  changeWhoCanSee(nearMiss, around, 'Now.'),
  home({ mine: [{ ...nearMiss, id: 'other' }], others: [nearMiss] }),
  home({ mine: [], others: [] }),
];
const messages = [
  card(nearMiss, new Map()),
  nearMissMessage(nearMiss, new Map(), 0),
  confirmation(nearMiss, { state: 'posted' }, { stewards: [] }),
  question(nearMiss),
  listMessage('Yours', '', [nearMiss]),
];
const elements = [...views, ...messages].flatMap(({ blocks }) => blocks.flatMap(elementsOf));
const actionsOf = (...types: string[]) =>
  new Set(elements.filter(({ type }) => types.includes(String(type))).map(({ action_id: id }) => String(id)));

test('every button and menu that is shown has somebody who answers it, and nobody waits for one that is not', () => {
  expect(actionsOf('button', 'overflow')).toEqual(answered('action'));
});

test('the menu of a card offers what is answered', () => {
  const choices = elements
    .filter(({ type }) => type === 'overflow')
    .flatMap(({ options }) => (options as { value: string }[]).map(({ value }) => value.split(':')[0]));
  expect(new Set(choices)).toEqual(new Set(Object.values(MORE_CHOICES)));
});

test('every type-ahead is answered', () => {
  expect(actionsOf('external_select')).toEqual(answered('options'));
});

test('every modal that can be sent is read by somebody', () => {
  const sendable = views.filter((view) => 'submit' in view && view.submit !== undefined);
  expect(new Set(sendable.map(({ callback_id: id }) => id))).toEqual(answered('view'));
});

test('the choices that draw step 1 again are those that ask for it', () => {
  const asking = stepOneView.blocks
    .filter((block) => 'dispatch_action' in block && block.dispatch_action)
    .flatMap(elementsOf);
  expect(asking.map(({ action_id: id }) => id)).toEqual([...CHOICE_ACTIONS]);
  expect(table).toContain('of CHOICE_ACTIONS');
});
