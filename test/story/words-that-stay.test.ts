import { expect, test } from 'vitest';
import { changeWhoCanSee, openChangeOf } from '../support/change-steps.ts';
import {
  DAY,
  digestIn,
  openSceneWithDigest,
  publishNow,
  repliesTo,
  type Scene,
  tellMoreOf,
} from '../support/digest-scene.ts';
import {
  cardIn,
  expectNoComplaints,
  modalOf,
  placeOf,
  rows,
  said,
  shareAndSkip,
  show,
  typedIn,
  wordsOf,
} from '../support/doing.ts';

const WENT_RIGHT = ['went_right', 'What went right', 'saves'] as const;
const PRACTICE = ['went_right', 'What went right', 'practice'] as const;
const NOTICED = ['detection', 'How it was noticed', 'noticed'] as const;

/** Maria shares one for the members of #ledger, where Jon adds to it; Amira is not in there. */
async function sharedInLedger(): Promise<Scene> {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'channel' });
  await cardIn(office, 'ledger', 'jon', 'the rates were wrong');
  await tellMoreOf(office, 'jon', 'NM-1', [...WENT_RIGHT], 'between us, we guessed');
  return office;
}

async function widen(office: Scene): Promise<void> {
  await openChangeOf(office, 'maria', 'NM-1');
  expect((await changeWhoCanSee(office, 'maria', { audience: 'everyone' })).errors).toEqual({});
  expect(rows(office, 'select audience from near_misses')).toEqual([{ audience: 'everyone' }]);
}

test('words added for a channel stay there when everyone may read the story: its members and their writer see them', async () => {
  const office = await sharedInLedger();
  await widen(office);
  expect(said(await show(office, 'amira', 'NM-1'))).toContain('the rates were wrong');
  for (const [who, sees] of [
    ['amira', false],
    ['sam', true],
    ['jon', true],
    ['maria', true],
  ] as const) {
    expect([who, said(await show(office, who, 'NM-1')).includes('between us')]).toEqual([who, sees]);
  }
  expect(said(await cardIn(office, 'ledger', 'jon', 'between us'))).toContain('Jon Park');
  expectNoComplaints(office);
});

test('*Tell more* neither shows nor counts them to somebody from elsewhere', async () => {
  const office = await sharedInLedger();
  await widen(office);
  const { workspace } = office;
  const amira = workspace.person('amira');
  await amira.press(placeOf(await show(office, 'amira', 'NM-1')), 'tell_more');
  expect(wordsOf(await modalOf(office, 'amira', 'Tell more', 'answered'))).not.toContain('1 answered');
  await amira.press('view', { block_id: 'went_right' });
  const asked = await modalOf(office, 'amira', 'What went right', 'practice');
  expect(wordsOf(asked)).toContain('the rates were wrong');
  expect(JSON.stringify(asked)).not.toContain('between us');
  await amira.change('view', 'practice', 'compare two months');
  expect((await amira.submit()).errors).toEqual({});
  const list = await modalOf(office, 'amira', 'Tell more', '1 answered');
  expect(wordsOf(list)).not.toContain('2 answered');
  expect(said(await show(office, 'sam', 'NM-1'))).toContain('compare two months');
  expectNoComplaints(office);
});

test('they are in no digest, not even as the thing worth borrowing', async () => {
  const office = await sharedInLedger();
  await tellMoreOf(office, 'jon', 'NM-1', [...PRACTICE], 'guess twice');
  await widen(office);
  await tellMoreOf(office, 'amira', 'NM-1', [...NOTICED], 'the total looked low');
  await office.goTo(office.now() + DAY);
  await publishNow(office, 'jon');
  const parent = await digestIn(office);
  const replies = await repliesTo(office, parent, 1);
  const words = [parent, ...replies].map(said).join('\n');
  expect(words).toContain('the rates were wrong');
  expect(words).toContain('the total looked low (Amira Haddad)');
  expect(words).not.toMatch(/between us|guess twice|Jon Park/);
  const [story] = replies;
  await office.workspace.person('amira').press(placeOf(story ?? parent), 'could_use_this');
  expect(typedIn(await modalOf(office, 'amira', 'We could use this', 'sentence'), 'sentence')).toBe('');
  expectNoComplaints(office);
});

test('what their writer adds later stays with them, and says so', async () => {
  const office = await sharedInLedger();
  await widen(office);
  const jon = office.workspace.person('jon');
  await jon.press(placeOf(await show(office, 'jon', 'NM-1')), 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'detection' });
  const asked = await modalOf(office, 'jon', 'How it was noticed', 'noticed');
  // Its name is kept where Slack had said it by the time of Save.
  expect(wordsOf(asked)).toMatch(
    /What you add here stays in (#ledger|the conversation it came from), like what you added before\. For everyone to read your words, remove them and add them again\./,
  );
  await jon.change('view', 'noticed', 'a total that was off');
  await jon.submit();
  expect(said(await show(office, 'sam', 'NM-1'))).toContain('a total that was off');
  expect(said(await show(office, 'amira', 'NM-1'))).not.toContain('a total that was off');
  expectNoComplaints(office);
});

test('words begun while only the channel could read it stay there, however late they are sent', async () => {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'channel' });
  const jon = office.workspace.person('jon');
  await jon.press(placeOf(await cardIn(office, 'ledger', 'jon', 'the rates were wrong')), 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'went_right' });
  await modalOf(office, 'jon', 'What went right', 'saves');
  await jon.change('view', 'saves', 'between us, we guessed');
  await widen(office);
  expect((await jon.submit()).errors).toEqual({});
  expect(said(await show(office, 'sam', 'NM-1'))).toContain('between us');
  expect(said(await show(office, 'amira', 'NM-1'))).not.toContain('between us');
  expectNoComplaints(office);
});

test('words added for everyone are for everyone again after a while in the channel', async () => {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'everyone' });
  await tellMoreOf(office, 'amira', 'NM-1', [...WENT_RIGHT], 'said to all');
  await openChangeOf(office, 'maria', 'NM-1');
  await changeWhoCanSee(office, 'maria', { audience: 'channel' });
  await widen(office);
  expect(said(await show(office, 'jon', 'NM-1'))).toContain('said to all');
  expectNoComplaints(office);
});
