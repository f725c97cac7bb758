import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { tellMoreOf } from '../support/digest-scene.ts';
import { callsOf, expectNoComplaints, modalOf } from '../support/doing.ts';
import type { Office } from '../support/office.ts';
import { leaveOut, press, previewed, previewSays, storyIn } from '../support/preview-steps.ts';

/** Which messages of Jon's preview were drawn again, each once, as many as these are. */
async function drawnAgain(office: Office, jons: Message[], count: number): Promise<string[]> {
  const drawn = () =>
    callsOf(office, 'chat.update').flatMap(({ args }) => jons.find(({ ts }) => ts === args.ts)?.text ?? []);
  await office.workspace.until(() => drawn().length >= count, { what: `${count} messages drawn again` });
  return drawn().map((text) => text.slice(0, 13));
}

test('one answer draws again what it stands in and what counts it, in each preview, and no other story', async () => {
  const { office, toJon } = await previewed();
  await tellMoreOf(
    office,
    'sam',
    'NM-2',
    ['went_right', 'What went right', 'saves'],
    'the second line was up',
  );
  await previewSays(office, 'jon', 'the second line was up');
  await previewSays(office, 'amira', 'the second line was up');
  const drawn = await drawnAgain(office, toJon, 3);
  expect(drawn).not.toContain('Preview. NM-1');
  expect(drawn).toHaveLength(3);
  expectNoComplaints(office);
});

test('a hold draws the parent again and no story; what is left out draws its own and what counts it', async () => {
  const { office, toJon, toAmira } = await previewed();
  await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
  await modalOf(office, 'amira', 'Hold the digest', 'until');
  await office.workspace.person('amira').submit();
  await office.workspace.person('amira').close();
  await previewSays(office, 'jon', 'Amira Haddad holds it');
  expect(await drawnAgain(office, toJon, 1)).toEqual(['Preview. What']);
  await leaveOut(office, 'amira', storyIn(toAmira, 'NM-2'), 'we wait for the supplier');
  await previewSays(office, 'jon', 'Left out of this digest');
  expect(await drawnAgain(office, toJon, 4)).not.toContain('Preview. NM-1');
  expectNoComplaints(office);
});
