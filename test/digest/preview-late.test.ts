import { expect, test } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import type { Message } from '../../sandbox/state/state.ts';
import {
  askForPreview,
  chooseStewards,
  openScene,
  previewOf,
  repliesTo,
  setUpDigest,
  tell,
} from '../support/digest-scene.ts';
import { expectNoComplaints, modalOf } from '../support/doing.ts';
import { previewSays } from '../support/preview-steps.ts';

const SENT = 'It is posted on Monday 20 October if nobody does anything.';

/** A preview Jon has before him, and Amira's copy of it, of which the message that begins so is still on its way. */
async function previewOnItsWay(begins: string) {
  const office = await openScene();
  await chooseStewards(office, 'jon', ['jon']);
  await setUpDigest(office, 'jon');
  await tell(office, 'maria', 'the wrong rate, seen in time');
  await tell(office, 'sam', 'the phones were dead at night');
  await askForPreview(office, 'jon', SENT);
  const parent = await previewOf(office, 'jon');
  const jons = [parent, ...(await repliesTo(office, parent, 2))];
  await chooseStewards(office, 'jon', ['jon', 'amira']);
  const late = office.workspace.faults.on(
    'chat.postMessage',
    { kind: 'hold', when: 'after' },
    { matching: ({ text }: Json) => String(text).startsWith(begins) },
  );
  await askForPreview(office, 'amira', 'The preview is in your messages from the app.');
  await late.struck;
  return { office, jons, late };
}

test('a preview that arrives after its story was left out says that it is left out', async () => {
  const { office, jons, late } = await previewOnItsWay('Preview. NM-2');
  const { workspace } = office;
  const jon = workspace.person('jon');
  const { channel, ts } = jons.find(({ text }) => text.startsWith('Preview. NM-2')) as Message;
  await jon.press({ channel, ts }, 'leave_one_out');
  await modalOf(office, 'jon', 'Leave this out', 'line');
  await jon.change('view', 'line', 'we wait for the supplier');
  expect((await jon.submit()).errors).toEqual({});
  late.release();
  await previewSays(office, 'amira', 'Left out of this digest by Jon Park.');
  expect(await previewSays(office, 'amira', '1 story')).not.toContain('2 stories');
  expectNoComplaints(office);
});

test('a preview that arrives after it was held says who holds it', async () => {
  const { office, jons, late } = await previewOnItsWay('Preview. What we learned');
  const { workspace } = office;
  const jon = workspace.person('jon');
  const { channel, ts } = jons[0] as Message;
  await jon.press({ channel, ts }, 'hold_digest');
  await modalOf(office, 'jon', 'Hold the digest', 'until');
  await jon.submit();
  late.release();
  await previewSays(office, 'amira', 'Jon Park holds it until Tuesday 21 October.');
  expectNoComplaints(office);
});
