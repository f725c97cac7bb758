import { expect, test } from 'vitest';
import { botOnAStore, DAY, lookAt, SLOT } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, replyWith } from '../support/digest.ts';
import { cardIn, ephemeralOf, modalOf, placeOf, said, wordsOf } from '../support/screen.ts';
import { changeWhoCanSee, openChangeOf, show, tellMoreOf, withdraw } from '../support/story.ts';

const WENT_RIGHT = ['went_right', 'What went right', 'saves'] as const;
const ADDED = 'select text from saves union select text from answers';

/** Maria shares one, and Amira adds to it from elsewhere. */
async function withAmirasWords(): Promise<BotOnTheWire> {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'everyone' });
  await tellMoreOf(bot, 'amira', 'NM-1', [...WENT_RIGHT], 'we looked twice');
  expect(rows(bot, ADDED)).toEqual([{ text: 'we looked twice' }]);
  return bot;
}

/** `/nearmiss show NM-1` by somebody who is told that there is nothing to show. */
async function refused(bot: BotOnTheWire, who: string, words: string) {
  const person = bot.workspace.person(who);
  await person.command('payments-ops', '/nearmiss show NM-1');
  return ephemeralOf(bot, who, words);
}

test('whoever added words removes them from *Tell more*, the card and the digest', async () => {
  const bot = await withAmirasWords();
  const { workspace } = bot;
  await bot.goTo(bot.now() + DAY);
  await publishNow(bot, 'jon');
  const parent = await digestIn(bot);
  await replyWith(bot, parent, 'we looked twice (Amira Haddad)');
  const amira = workspace.person('amira');
  await amira.press(placeOf(await show(bot, 'amira', 'NM-1')), 'tell_more');
  const list = await modalOf(bot, 'amira', 'Tell more', 'Remove my words');
  expect(JSON.stringify(list.blocks)).toContain(
    'What you added is removed from the app, the card and the digest. What others told is theirs and stays.',
  );
  await amira.press('view', 'remove_own_words');
  expect(wordsOf(await modalOf(bot, 'amira', 'Your words', 'removed'))).toBe(
    'Your words are removed from the app, and the card and the digest follow as soon as Slack accepts it.',
  );
  expect(rows(bot, ADDED)).toEqual([]);
  await workspace.until(() => !JSON.stringify(workspace.state.messages).includes('we looked twice'));
  expect(said(await cardIn(bot, 'ledger', 'jon', 'NM-1'))).toContain('the rates were wrong');
  expectNoComplaints(bot);
});

test('nobody else is offered it, and the reporter withdraws instead', async () => {
  const bot = await withAmirasWords();
  for (const who of ['maria', 'jon']) {
    const person = bot.workspace.person(who);
    await person.press(placeOf(await show(bot, who, 'NM-1')), 'tell_more');
    expect(wordsOf(await modalOf(bot, who, 'Tell more', 'answered'))).not.toContain('Remove my words');
  }
  expectNoComplaints(bot);
});

test('after the story was withdrawn, `show` and the buttons still let its writer remove what they added', async () => {
  const bot = await withAmirasWords();
  const amira = bot.workspace.person('amira');
  const earlier = await show(bot, 'amira', 'NM-1');
  await withdraw(bot, 'maria', 'NM-1');
  await amira.press(placeOf(earlier), 'tell_more');
  expect(wordsOf(await modalOf(bot, 'amira', 'Tell more', 'Remove my words'))).toContain(
    'NM-1 was withdrawn. Its words have been removed.\nWhat you added to it is still kept.',
  );
  await amira.close();
  const told = await refused(bot, 'amira', 'What you added to it is still kept.');
  await amira.press(placeOf(told), 'remove_own_words');
  await ephemeralOf(bot, 'amira', 'Your words are removed from the app.');
  expect(rows(bot, ADDED)).toEqual([]);
  const again = await refused(bot, 'jon', 'NM-1 was withdrawn.');
  expect(said(again)).not.toContain('What you added');
  expectNoComplaints(bot);
});

test('after it was narrowed to a channel they are not in, they are told no more than that their words are kept', async () => {
  const bot = await withAmirasWords();
  const amira = bot.workspace.person('amira');
  const earlier = await show(bot, 'amira', 'NM-1');
  await openChangeOf(bot, 'maria', 'NM-1');
  expect((await changeWhoCanSee(bot, 'maria', { audience: 'channel' })).errors).toEqual({});
  const told = await refused(bot, 'amira', 'could not be found');
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
  await modalOf(bot, 'amira', 'Tell more', 'Remove my words');
  await amira.press('view', 'remove_own_words');
  await modalOf(bot, 'amira', 'Your words', 'Your words are removed from the app');
  expect(rows(bot, ADDED)).toEqual([]);
  await cardIn(bot, 'ledger', 'jon', 'What went right has not been told yet.');
  expectNoComplaints(bot);
});

test('nothing of what was removed is left in the file', async () => {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'maria', 'the rates were wrong', { audience: 'channel' });
  await tellMoreOf(bot, 'jon', 'NM-1', [...WENT_RIGHT], 'we looked twice');
  const jon = bot.workspace.person('jon');
  await jon.press(placeOf(await show(bot, 'jon', 'NM-1')), 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'Remove my words');
  await jon.press('view', 'remove_own_words');
  await modalOf(bot, 'jon', 'Your words', 'removed');
  for (const table of ['answers', 'saves', 'signals', 'key_players', 'channel_tellings'])
    expect(rows(bot, `select * from ${table} where author = ?`, jon.id)).toEqual([]);
  expectNoComplaints(bot);
});

test('where stewards let a refused card go, nobody is told that it follows', async () => {
  const bot = await botOnAStore();
  const id = await bot.share('Only for us', {}, { tier: 'unattributed', audience: 'channel' });
  const of = { teamId: bot.app.identity.teamId, id, authorId: bot.workspace.person('jon').id };
  await bot.storage.nearMisses.tell({
    ...of,
    change: (before) => ({ ...before, answers: { practice: 'open ten' } }),
    now: bot.clock.now(),
  });
  Object.assign(bot.workspace.channel('payments-ops'), { isArchived: true });
  await lookAt(bot, SLOT);
  const [waiting] = await bot.storage.outbox.undelivered(of.teamId);
  expect(waiting).toMatchObject({ about: 'card', state: 'refused' });
  const answer = { teamId: of.teamId, seq: waiting?.seq ?? 0, answer: 'let_go' as const };
  await bot.storage.outbox.answerUndelivered({ ...answer, now: bot.clock.now() });
  const posted = await bot.storage.nearMisses.forgetAdded({ ...of, now: bot.clock.now() });
  expect(posted).toEqual({ card: false, digest: false });
});
