import { expect, test } from 'vitest';
import { DAY, openSceneWithDigest, type Scene } from '../support/digest-scene.ts';
import {
  choose,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  modalOf,
  placeOf,
  stepOneOf,
  wordsOf,
} from '../support/doing.ts';
import { MONDAY } from '../support/preview-steps.ts';

const HOUR = 60 * 60 * 1000;

/** What Maria reads about a story without her name on it: before Save, in the confirmation, and in *Who can see this*. */
async function daysSaid(office: Scene) {
  const { workspace } = office;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss');
  await stepOneOf(office, 'maria');
  await choose(office, 'maria', 'tier', 'confidential');
  const before = wordsOf(maria.view());
  await fillStepOne(office, 'maria', 'seen in time');
  await maria.submit();
  await maria.close();
  const told = await ephemeralOf(office, 'maria', 'Thank you.');
  await maria.press(placeOf(told), 'who_can_see');
  const after = wordsOf(await modalOf(office, 'maria', 'Who can see this', 'look up your name'));
  await maria.close();
  return [before, told.text, after].map((words) => /on (\w+day \d+ \w+)/.exec(words)?.[1]);
}

const NEXT_WEEK = 'Monday 27 October';

test('on the morning of the digest, which is too early for it, the one after is promised', async () => {
  const office = await openSceneWithDigest({ preview: '0' });
  await office.goTo(MONDAY - 2 * HOUR);
  expect(await daysSaid(office)).toEqual([NEXT_WEEK, NEXT_WEEK, NEXT_WEEK]);
  expectNoComplaints(office);
});

test('on the morning the preview is sent, which closes the digest, the one after is promised', async () => {
  const office = await openSceneWithDigest();
  await office.goTo(MONDAY - DAY - 2 * HOUR);
  expect(await daysSaid(office)).toEqual([NEXT_WEEK, NEXT_WEEK, NEXT_WEEK]);
  expectNoComplaints(office);
});
