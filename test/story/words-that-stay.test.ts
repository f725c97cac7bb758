import { expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { cardIn, modalOf, placeOf, said, typedIn, wordsOf } from '../support/screen.ts';
import { changeWhoCanSee, openChangeOf, show, tellMoreOf } from '../support/story.ts';

const WENT_RIGHT = ['went_right', 'What went right', 'saves'] as const;
const PRACTICE = ['went_right', 'What went right', 'practice'] as const;
const NOTICED = ['detection', 'How it was noticed', 'noticed'] as const;

/** Maria shares one for the members of #ledger, where Jon adds to it; Amira is not in there. */
async function sharedInLedger(): Promise<BotOnTheWire> {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'channel' });
  await cardIn(bot, 'ledger', 'jon', 'the rates were wrong');
  await tellMoreOf(bot, 'jon', 'NM-1', [...WENT_RIGHT], 'between us, we guessed');
  return bot;
}

async function widen(bot: BotOnTheWire): Promise<void> {
  await openChangeOf(bot, 'maria', 'NM-1');
  expect((await changeWhoCanSee(bot, 'maria', { audience: 'everyone' })).errors).toEqual({});
  expect(rows(bot, 'select audience from near_misses')).toEqual([{ audience: 'everyone' }]);
}

test('words added for a channel stay there when everyone may read the story: its members and their writer see them', async () => {
  const bot = await sharedInLedger();
  await widen(bot);
  expect(said(await show(bot, 'amira', 'NM-1'))).toContain('the rates were wrong');
  for (const [who, sees] of [
    ['amira', false],
    ['sam', true],
    ['jon', true],
    ['maria', true],
  ] as const) {
    expect([who, said(await show(bot, who, 'NM-1')).includes('between us')]).toEqual([who, sees]);
  }
  expect(said(await cardIn(bot, 'ledger', 'jon', 'between us'))).toContain('Jon Park');
  expectNoComplaints(bot);
});

test('*Tell more* neither shows nor counts them to somebody from elsewhere', async () => {
  const bot = await sharedInLedger();
  await widen(bot);
  const { workspace } = bot;
  const amira = workspace.person('amira');
  await amira.press(placeOf(await show(bot, 'amira', 'NM-1')), 'tell_more');
  expect(wordsOf(await modalOf(bot, 'amira', 'Tell more', 'answered'))).not.toContain('1 answered');
  await amira.press('view', { block_id: 'went_right' });
  const asked = await modalOf(bot, 'amira', 'What went right', 'practice');
  expect(wordsOf(asked)).toContain('the rates were wrong');
  expect(JSON.stringify(asked)).not.toContain('between us');
  await amira.change('view', 'practice', 'compare two months');
  expect((await amira.submit()).errors).toEqual({});
  const list = await modalOf(bot, 'amira', 'Tell more', '1 answered');
  expect(wordsOf(list)).not.toContain('2 answered');
  expect(said(await show(bot, 'sam', 'NM-1'))).toContain('compare two months');
  expectNoComplaints(bot);
});

test('they are in no digest, not even as the thing worth borrowing', async () => {
  const bot = await sharedInLedger();
  await tellMoreOf(bot, 'jon', 'NM-1', [...PRACTICE], 'guess twice');
  await widen(bot);
  await tellMoreOf(bot, 'amira', 'NM-1', [...NOTICED], 'the total looked low');
  await bot.goTo(bot.now() + DAY);
  await publishNow(bot, 'jon');
  const parent = await digestIn(bot);
  const replies = await repliesTo(bot, parent, 1);
  const words = [parent, ...replies].map(said).join('\n');
  expect(words).toContain('the rates were wrong');
  expect(words).toContain('the total looked low (Amira Haddad)');
  expect(words).not.toMatch(/between us|guess twice|Jon Park/);
  const [story] = replies;
  await bot.workspace.person('amira').press(placeOf(story ?? parent), 'could_use_this');
  expect(typedIn(await modalOf(bot, 'amira', 'We could use this', 'sentence'), 'sentence')).toBe('');
  expectNoComplaints(bot);
});

test('what their writer adds later stays with them, and says so', async () => {
  const bot = await sharedInLedger();
  await widen(bot);
  const jon = bot.workspace.person('jon');
  await jon.press(placeOf(await show(bot, 'jon', 'NM-1')), 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'detection' });
  const asked = await modalOf(bot, 'jon', 'How it was noticed', 'noticed');
  // Its name is kept where Slack had said it by the time of Save.
  expect(wordsOf(asked)).toMatch(
    /What you add here stays in (#ledger|the conversation it came from), like what you added before\. For everyone to read your words, remove them and add them again\./,
  );
  await jon.change('view', 'noticed', 'a total that was off');
  await jon.submit();
  expect(said(await show(bot, 'sam', 'NM-1'))).toContain('a total that was off');
  expect(said(await show(bot, 'amira', 'NM-1'))).not.toContain('a total that was off');
  expectNoComplaints(bot);
});

test('words begun while only the channel could read it stay there, however late they are sent', async () => {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'channel' });
  const jon = bot.workspace.person('jon');
  await jon.press(placeOf(await cardIn(bot, 'ledger', 'jon', 'the rates were wrong')), 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'went_right' });
  await modalOf(bot, 'jon', 'What went right', 'saves');
  await jon.change('view', 'saves', 'between us, we guessed');
  await widen(bot);
  expect((await jon.submit()).errors).toEqual({});
  expect(said(await show(bot, 'sam', 'NM-1'))).toContain('between us');
  expect(said(await show(bot, 'amira', 'NM-1'))).not.toContain('between us');
  expectNoComplaints(bot);
});

test('words added for everyone are for everyone again after a while in the channel', async () => {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'the rates were wrong', { channel: 'ledger', audience: 'everyone' });
  await tellMoreOf(bot, 'amira', 'NM-1', [...WENT_RIGHT], 'said to all');
  await openChangeOf(bot, 'maria', 'NM-1');
  await changeWhoCanSee(bot, 'maria', { audience: 'channel' });
  await widen(bot);
  expect(said(await show(bot, 'jon', 'NM-1'))).toContain('said to all');
  expectNoComplaints(bot);
});
