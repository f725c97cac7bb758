import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import {
  askForPreview,
  DAY,
  openDigestSettings,
  openSceneWithDigest,
  type Scene,
} from '../support/digest-scene.ts';
import {
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  placeOf,
  shareAndSkip,
  wordsOf,
} from '../support/doing.ts';
import { press, previewed, SENT, threadOf } from '../support/preview-steps.ts';

/** What the settings of the digest say, and what they say once they are saved as they are. */
async function settingsSay(office: Scene): Promise<string[]> {
  const jon = office.workspace.person('jon');
  const before = wordsOf(await openDigestSettings(office, 'jon'));
  expect((await jon.submit()).errors).toEqual({});
  const after = wordsOf(jon.view());
  await jon.close();
  return [before, after];
}

test('while stewards look at a digest, the settings name its day', async () => {
  const { office } = await previewed();
  for (const words of await settingsSay(office)) expect(words).toContain('Monday 20 October');
  expectNoComplaints(office);
});

test('while one is held, the settings name the day it is held until', async () => {
  const { office, toAmira } = await previewed();
  const { workspace } = office;
  await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
  await modalOf(office, 'amira', 'Hold the digest', 'until');
  await workspace.person('amira').change('view', 'until', '2025-10-22');
  await workspace.person('amira').submit();
  for (const words of await settingsSay(office)) expect(words).toContain('Wednesday 22 October');
  expectNoComplaints(office);
});

test('who shared a story that stewards look at reads the day of that digest', async () => {
  const office = await openSceneWithDigest();
  const maria = office.workspace.person('maria');
  await shareAndSkip(office, 'maria', 'seen in time', { tier: 'confidential' });
  const told = await ephemeralOf(office, 'maria', 'Thank you.');
  await office.goTo(office.now() + DAY);
  await askForPreview(office, 'jon', SENT);
  await threadOf(office, 'jon', 2);
  await maria.press(placeOf(told), 'who_can_see');
  const seen = await modalOf(office, 'maria', 'Who can see this', 'look up your name');
  expect(wordsOf(seen)).toContain('It first appears in the digest in #learning on Monday 20 October,');
  expectNoComplaints(office);
});
