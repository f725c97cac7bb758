import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import {
  chooseStewards,
  digestIn,
  openScene,
  publishNow,
  repliesTo,
  setUpDigest,
  tell,
} from '../support/digest-scene.ts';
import { expectNoComplaints, modalOf, said, wordsOf } from '../support/doing.ts';

test('a steward sets the digest up, and publishes it with its stories in the thread', async () => {
  const office = await openScene({ mode: 'http' });
  await chooseStewards(office, 'jon', ['jon', 'amira']);
  await setUpDigest(office, 'amira');
  await tell(office, 'maria', "the invoices had last year's rate", {
    saves: 'We open ten by hand',
    signal_kind: 'routine_check',
  });
  await office.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
  const asked = await modalOf(office, 'jon', 'Publish the digest now?', 'posted in');
  expect(wordsOf(asked)).toBe('One story will be posted in #learning, for everyone who is there.');
  await office.workspace.person('jon').close();
  expect(office.workspace.person('jon').messages('learning')).toEqual([]);
  await publishNow(office, 'jon');
  const parent = await digestIn(office);
  expect(wordsOf(parent)).toContain('1 story. About a minute; the story is in the thread.');
  const [noticed, story] = (await repliesTo(office, parent, 2)) as [Message, Message];
  expect(noticed.text).toBe('How these were noticed: A routine check 1');
  expect(said(story)).toContain('We open ten by hand');
  expectNoComplaints(office);
});
