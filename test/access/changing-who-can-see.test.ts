import { readFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import {
  beginToShare,
  choose,
  fillStepOne,
  goOnTo,
  openStepOne,
  shareAndSkip,
  stepOneOf,
} from '../support/capture.ts';
import { onlyId, rows, waitingIn } from '../support/database.ts';
import { botWithDigest, publishNow } from '../support/digest.ts';
import { cardIn, ephemeralOf, modalOf, placeOf, questionsOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { changeWhoCanSee, openChange, openChangeFromList, openChangeOf } from '../support/story.ts';

function setStewards({ config }: BotOnTheWire, stewards: string[]) {
  const sqlite = new SQLite(config.databasePath);
  sqlite.prepare('update workspaces set settings = ?').run(JSON.stringify({ stewards }));
  sqlite.close();
}

describe('change who can see this', () => {
  test('to the channel only: the card stays, and others no longer read it', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await shareAndSkip(bot, 'maria', 'for few');
    await openChange(bot, 'maria');
    expect((await changeWhoCanSee(bot, 'maria', { audience: 'channel' })).errors).toEqual({});
    expect(rows(bot, 'select audience, tier, number, card_ts is not null as card from near_misses')).toEqual([
      { audience: 'channel', tier: 'named', number: 1, card: 1 },
    ]);
    await workspace.person('amira').leave('payments-ops');
    await workspace.person('amira').command('quiet', '/nearmiss show 1');
    await ephemeralOf(bot, 'amira', 'NM-1 could not be found.');
    await workspace.person('jon').command('quiet', '/nearmiss show 1');
    await ephemeralOf(bot, 'jon', 'for few');
    expectNoComplaints(bot);
  });

  test('to Nobody: the name, the card, the thread, the people and the time are gone, and the words stay', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await maria.messageShortcut('share_from_message', root);
    await stepOneOf(bot, 'maria');
    await maria.submit();
    await modalOf(bot, 'maria', 'What went right?');
    await maria.change('view', 'saves', 'ten by hand');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.submit();
    await modalOf(bot, 'maria', 'What did they do?');
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    await maria.submit();
    await ephemeralOf(bot, 'maria', 'Thank you.');
    await cardIn(bot, 'payments-ops', 'jon', 'ten by hand');
    await openChange(bot, 'maria');
    await changeWhoCanSee(bot, 'maria', { tier: 'unattributed' });
    await workspace.until(() => workspace.person('jon').thread('payments-ops', root.ts).length === 1);

    const [waiting, ...others] = waitingIn(bot);
    expect(others).toEqual([]);
    const { id = '', capturedAt, toldAt, told } = waiting ?? {};
    for (const part of ['number', 'reporterId', 'conversation', 'card'])
      expect(waiting).not.toHaveProperty(part);
    const day = 24 * 60 * 60 * 1000;
    expect([Number(capturedAt) % day, Number(toldAt) % day]).toEqual([0, 0]);
    expect(told).toMatchObject({ saves: [{ text: 'ten by hand' }], keyPlayers: [] });
    for (const table of ['near_misses', 'key_players', 'saves'])
      expect(rows(bot, `select * from ${table}`)).toEqual([]);
    // It was named while it was posted; nothing of that is left either.
    const left = JSON.stringify(rows(bot, 'select * from outbox'));
    expect(left).not.toContain(maria.id);
    expect(left).not.toContain(id);
    await bot.stop();
    expect(readFileSync(bot.config.databasePath, 'latin1')).not.toContain(maria.id);
    expectNoComplaints(bot);
  });

  test('to Nobody while Slack is still taking the card: it does not stay behind with the name on it', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'on second thought');
    const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'after' });
    workspace.faults.loseNextAck();
    await maria.submit();
    await posting.struck;
    await choose(bot, 'maria', 'tier', 'unattributed');
    await maria.submit();
    await modalOf(bot, 'maria', 'What went right?');
    expect(workspace.person('jon').messages('payments-ops')).toHaveLength(1);
    posting.release();
    await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
    expectNoComplaints(bot);
  });

  test('in a direct message Nobody is not taken for the name without a word', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria', 'maria-and-jon', 'nothing posted now');
    await fillStepOne(bot, 'maria', 'between us');
    await maria.submit();
    await maria.close();
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    await maria.command('maria-and-jon', '/nearmiss show 1');
    const shown = await workspace.until(() => maria.ephemerals().find(({ ts }) => ts !== told.ts));
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(bot)}`);
    const sent = await changeWhoCanSee(bot, 'maria', { tier: 'unattributed' });
    expect(sent.errors).toEqual({
      tier: 'The people in this conversation would know that it was you. For Nobody, let everyone at Acme read it.',
    });
    expect(rows(bot, 'select tier, audience from near_misses')).toEqual([
      { tier: 'named', audience: 'channel' },
    ]);
    await maria.change('view', 'audience', 'everyone');
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(bot, 'select * from near_misses')).toEqual([]);
    expect(waitingIn(bot)).toMatchObject([{ tier: 'unattributed', audience: 'everyone' }]);
    expectNoComplaints(bot);
  });
});

describe('what is warned of is what happens', () => {
  test('under Only the stewards the card is taken down', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    setStewards(bot, [workspace.person('amira').id]);
    await shareAndSkip(bot, 'maria', 'seen in time');
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
    await workspace.person('maria').press('view', 'change_who_can_see');
    await modalOf(
      bot,
      'maria',
      'Who can see this',
      'If you choose Only the stewards, its card is taken down.',
    );
    await workspace.person('maria').change('view', 'tier', 'confidential');
    expect((await workspace.person('maria').submit()).errors).toEqual({});
    await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
    expectNoComplaints(bot);
  });

  test('where nothing was changed nothing is: a card that came with the digest stays', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await shareAndSkip(bot, 'maria', 'for few', { tier: 'confidential', audience: 'channel' });
    await shareAndSkip(bot, 'jon', 'for all', { card: false });
    await bot.goTo(bot.now() + DAY);
    await publishNow(bot, 'jon');
    const card = await cardIn(bot, 'payments-ops', 'jon', 'for few');
    await openChangeOf(bot, 'maria', 'NM-2');
    expect((await changeWhoCanSee(bot, 'maria', {})).errors).toEqual({});
    await shareAndSkip(bot, 'jon', 'sent after it');
    await cardIn(bot, 'payments-ops', 'jon', 'sent after it');
    expect(workspace.person('jon').messages('payments-ops')).toContainEqual(
      expect.objectContaining({ ts: card.ts }),
    );
    expectNoComplaints(bot);
  });
});

test('a steward who came later does not get the name of one that was shared before, when it is changed', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await chooseStewards(bot, 'jon', ['jon']);
  await shareAndSkip(bot, 'maria', 'seen in time');
  await openChange(bot, 'maria');
  await changeWhoCanSee(bot, 'maria', { tier: 'confidential', audience: 'channel' });
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  await openChangeFromList(bot, 'maria');
  expect((await changeWhoCanSee(bot, 'maria', { audience: 'everyone' })).errors).toEqual({});
  const [stored] = rows(bot, 'select tier, audience, stewards_then from near_misses');
  expect(stored).toEqual({
    tier: 'confidential',
    audience: 'everyone',
    stewards_then: JSON.stringify([workspace.person('jon').id]),
  });
  expectNoComplaints(bot);
});

test('the questions to change are those that were asked', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'seen in time');
  await openChange(bot, 'maria');
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  const view = await modalOf(bot, 'maria', 'Who can see this', 'tier');
  expect(questionsOf(view)).toEqual(['Who may see that it was you?', 'Who may read it?']);
  expect(wordsOf(view)).not.toContain('Only the stewards');
  expectNoComplaints(bot);
});
