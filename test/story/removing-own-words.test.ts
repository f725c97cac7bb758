import { expect, test } from 'vitest';
import { changeWhoCanSee, openChangeOf, withdraw } from '../support/change-steps.ts';
import { lookAt, openDesk, SLOT } from '../support/digest-desk.ts';
import {
  DAY,
  digestIn,
  openSceneWithDigest,
  publishNow,
  replyWith,
  type Scene,
  tellMoreOf,
} from '../support/digest-scene.ts';
import {
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  placeOf,
  rows,
  said,
  shareAndSkip,
  show,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

const WENT_RIGHT = ['went_right', 'What went right', 'saves'] as const;
const ADDED = 'select text from saves union select text from answers';

/** Maria shares one, and Amira adds to it from elsewhere. */
async function withAmirasWords(): Promise<Scene> {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'everyone' });
  await tellMoreOf(office, 'amira', 'NM-1', [...WENT_RIGHT], 'we looked twice');
  expect(rows(office, ADDED)).toEqual([{ text: 'we looked twice' }]);
  return office;
}

/** `/nearmiss show NM-1` by somebody who is told that there is nothing to show. */
async function refused(office: Scene, who: string, words: string) {
  const person = office.workspace.person(who);
  await person.command('payments-ops', '/nearmiss show NM-1');
  return ephemeralOf(office, who, words);
}

test('whoever added words removes them from *Tell more*, the card and the digest', async () => {
  const office = await withAmirasWords();
  const { workspace } = office;
  await office.goTo(office.now() + DAY);
  await publishNow(office, 'jon');
  const parent = await digestIn(office);
  await replyWith(office, parent, 'we looked twice (Amira Haddad)');
  const amira = workspace.person('amira');
  await amira.press(placeOf(await show(office, 'amira', 'NM-1')), 'tell_more');
  const list = await modalOf(office, 'amira', 'Tell more', 'Remove my words');
  expect(JSON.stringify(list.blocks)).toContain(
    'What you added is removed from the app, the card and the digest. What others told is theirs and stays.',
  );
  await amira.press('view', 'remove_own_words');
  expect(wordsOf(await modalOf(office, 'amira', 'Your words', 'removed'))).toBe(
    'Your words are removed from the app, and the card and the digest follow as soon as Slack accepts it.',
  );
  expect(rows(office, ADDED)).toEqual([]);
  await workspace.until(() => !JSON.stringify(workspace.state.messages).includes('we looked twice'));
  expect(said(await cardIn(office, 'ledger', 'jon', 'NM-1'))).toContain('the rates were wrong');
  expectNoComplaints(office);
});

test('nobody else is offered it, and the reporter withdraws instead', async () => {
  const office = await withAmirasWords();
  for (const who of ['maria', 'jon']) {
    const person = office.workspace.person(who);
    await person.press(placeOf(await show(office, who, 'NM-1')), 'tell_more');
    expect(wordsOf(await modalOf(office, who, 'Tell more', 'answered'))).not.toContain('Remove my words');
  }
  expectNoComplaints(office);
});

test('after the story was withdrawn, `show` and the buttons still let its writer remove what they added', async () => {
  const office = await withAmirasWords();
  const amira = office.workspace.person('amira');
  const earlier = await show(office, 'amira', 'NM-1');
  await withdraw(office, 'maria', 'NM-1');
  await amira.press(placeOf(earlier), 'tell_more');
  expect(wordsOf(await modalOf(office, 'amira', 'Tell more', 'Remove my words'))).toContain(
    'NM-1 was withdrawn. Its words have been removed.\nWhat you added to it is still kept.',
  );
  await amira.close();
  const told = await refused(office, 'amira', 'What you added to it is still kept.');
  await amira.press(placeOf(told), 'remove_own_words');
  await ephemeralOf(office, 'amira', 'Your words are removed from the app.');
  expect(rows(office, ADDED)).toEqual([]);
  const again = await refused(office, 'jon', 'NM-1 was withdrawn.');
  expect(said(again)).not.toContain('What you added');
  expectNoComplaints(office);
});

test('after it was narrowed to a channel they are not in, they are told no more than that their words are kept', async () => {
  const office = await withAmirasWords();
  const amira = office.workspace.person('amira');
  const earlier = await show(office, 'amira', 'NM-1');
  await openChangeOf(office, 'maria', 'NM-1');
  expect((await changeWhoCanSee(office, 'maria', { audience: 'channel' })).errors).toEqual({});
  const told = await refused(office, 'amira', 'could not be found');
  expect(wordsOf(told)).toBe(
    [
      'NM-1 could not be found. It may not exist, or it may be for other people.',
      'What you added to it is still kept.',
      'Remove my words',
      'Remove your words?',
      'What you added is removed from the app, the card and the digest. What others told is theirs and stays.',
      'Remove',
      'Keep them',
    ].join('\n'),
  );
  await amira.press(placeOf(earlier), 'tell_more');
  await modalOf(office, 'amira', 'Tell more', 'Remove my words');
  await amira.press('view', 'remove_own_words');
  await modalOf(office, 'amira', 'Your words', 'Your words are removed from the app');
  expect(rows(office, ADDED)).toEqual([]);
  await cardIn(office, 'ledger', 'jon', 'What went right has not been told yet.');
  expectNoComplaints(office);
});

test('nothing of what was removed is left in the file', async () => {
  const office = await openOffice();
  await shareAndSkip(office, 'maria', 'the rates were wrong', { audience: 'channel' });
  await tellMoreOf(office, 'jon', 'NM-1', [...WENT_RIGHT], 'we looked twice');
  const jon = office.workspace.person('jon');
  await jon.press(placeOf(await show(office, 'jon', 'NM-1')), 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'Remove my words');
  await jon.press('view', 'remove_own_words');
  await modalOf(office, 'jon', 'Your words', 'removed');
  for (const table of ['answers', 'saves', 'signals', 'key_players', 'channel_tellings'])
    expect(rows(office, `select * from ${table} where author = ?`, jon.id)).toEqual([]);
  expectNoComplaints(office);
});

test('where stewards let a refused card go, nobody is told that it follows', async () => {
  const desk = await openDesk();
  const id = await desk.share('Only for us', {}, { tier: 'unattributed', audience: 'channel' });
  const of = { teamId: desk.app.identity.teamId, id, authorId: desk.workspace.person('jon').id };
  await desk.storage.nearMisses.tell({
    ...of,
    change: (before) => ({ ...before, answers: { practice: 'open ten' } }),
    now: desk.clock.now(),
  });
  Object.assign(desk.workspace.channel('payments-ops'), { isArchived: true });
  await lookAt(desk, SLOT);
  const [letter] = await desk.storage.outbox.undelivered(of.teamId);
  expect(letter).toMatchObject({ about: 'card', state: 'refused' });
  const answer = { teamId: of.teamId, seq: letter?.seq ?? 0, answer: 'let_go' as const };
  await desk.storage.outbox.answerUndelivered({ ...answer, now: desk.clock.now() });
  const posted = await desk.storage.nearMisses.forgetAdded({ ...of, now: desk.clock.now() });
  expect(posted).toEqual({ card: false, digest: false });
});
