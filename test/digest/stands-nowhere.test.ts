import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { homeLists } from '../../src/slack/home/home-lists.ts';
import { home } from '../../src/slack/home/home-view.ts';
import { type BotOnAStore, botOnAStore, DAY, HOUR, SUNDAY } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { said, wordsOf } from '../support/screen.ts';
import { emptyDatabase } from '../support/workspace.ts';

const MONDAY = SUNDAY + 21.5 * HOUR;

type Filed = BotOnAStore & { databasePath: string };

async function deskOnFile(): Promise<Filed> {
  const databasePath = emptyDatabase();
  return { ...(await botOnAStore({ databasePath })), databasePath };
}

function rowsOf<Row>({ databasePath }: Filed, sql: string): Row[] {
  const sqlite = new SQLite(databasePath, { readonly: true });
  try {
    return sqlite.prepare<[], Row>(sql).all();
  } finally {
    sqlite.close();
  }
}

async function close(bot: BotOnAStore, at: number): Promise<void> {
  bot.clock.advance(at - bot.clock.now());
  await bot.tend();
}

async function adopt({ storage, app, workspace, clock }: BotOnAStore, nearMissId: string): Promise<void> {
  await storage.presses.adopt({
    teamId: app.identity.teamId,
    nearMissId,
    personId: workspace.person('jon').id,
    team: 'Support',
    sentence: 'open ten by hand',
    now: clock.now(),
  });
}

/** Nothing of the digest that went nowhere is left, and the next one tells all that was in it. */
async function expectToldInTheNext(bot: Filed, words: string[]): Promise<void> {
  expect(rowsOf(bot, 'select kind from digest_parts')).toEqual([]);
  expect(rowsOf(bot, "select state from digests where state = 'published'")).toEqual([]);
  bot.workspace.faults.clear();
  await close(bot, MONDAY + 7 * DAY);
  await bot.drain();
  const [digest, ...others] = digestsIn(bot);
  expect(others).toEqual([]);
  const told = digest?.replies.map(said).join('\n') ?? '';
  for (const one of words) expect(told).toContain(one);
}

async function undeliveredOf({ storage, app }: BotOnAStore) {
  return storage.outbox.undelivered(app.identity.teamId);
}

async function answer(
  { storage, app, clock }: BotOnAStore,
  which: 'try_again' | 'let_go',
  seq = 0,
): Promise<void> {
  await storage.outbox.answerUndelivered({
    teamId: app.identity.teamId,
    seq,
    answer: which,
    now: clock.now(),
  });
}

const toLearning = ({ workspace }: BotOnAStore) => ({
  matching: ({ channel }: { channel?: unknown }) => channel === workspace.channel('learning').id,
});

/** The parent may have reached the channel, and the app cannot look there. */
async function asked(bot: BotOnAStore, when: 'before' | 'after'): Promise<number> {
  bot.workspace.faults.on('chat.postMessage', { kind: 'drop', when }, toLearning(bot));
  bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await close(bot, MONDAY);
  await bot.drain();
  const [waiting] = await undeliveredOf(bot);
  expect(waiting).toMatchObject({ state: 'asked' });
  return waiting?.seq ?? 0;
}

describe('a digest whose parent will stand nowhere', () => {
  it('because all of it was narrowed before it was sent, leaves its stories and adoptions to a later one', async () => {
    const bot = await deskOnFile();
    const earlier = await bot.share('Told before', { answers: { practice: 'Open ten' } });
    await close(bot, MONDAY);
    await bot.drain();
    await adopt(bot, earlier);
    const alpha = await bot.share('Alpha words');
    await close(bot, MONDAY + 7 * DAY);
    await bot.change(alpha, { audience: 'channel' });
    await bot.drain();
    expect(digestsIn(bot)).toHaveLength(1);
    expect(
      rowsOf(
        bot,
        "select position from digest_parts where digest_id in (select id from digests where state = 'quiet')",
      ),
    ).toEqual([]);
    expect(rowsOf(bot, 'select digest_id as digest from adoptions')).toEqual([{ digest: null }]);
    await bot.change(alpha, { audience: 'everyone' });
    await close(bot, MONDAY + 14 * DAY);
    await bot.drain();
    const told = digestsIn(bot)[1]?.replies.map(said).join('\n');
    expect(told).toContain('Alpha words');
    expect(told).toContain('Support now uses: open ten by hand.');
  });

  it('because a steward let it go and it is not there, likewise', async () => {
    const bot = await deskOnFile();
    await bot.share('Alpha words');
    await bot.share('Beta words');
    const seq = await asked(bot, 'before');
    await answer(bot, 'let_go', seq);
    await bot.drain();
    expect(digestsIn(bot)).toEqual([]);
    await expectToldInTheNext(bot, ['Alpha words', 'Beta words']);
  });

  it('because Slack refused it and a steward let it go, likewise', async () => {
    const bot = await deskOnFile();
    await bot.share('Alpha words');
    bot.workspace.faults.on(
      'chat.postMessage',
      { kind: 'error', error: 'restricted_action' },
      toLearning(bot),
    );
    await close(bot, MONDAY);
    await bot.drain();
    const [waiting] = await undeliveredOf(bot);
    await answer(bot, 'let_go', waiting?.seq);
    await bot.drain();
    expect(digestsIn(bot)).toEqual([]);
    await expectToldInTheNext(bot, ['Alpha words']);
  });
});

it('one that is let go and is there after all has its replies', async () => {
  const bot = await deskOnFile();
  await bot.share('Alpha words');
  await bot.share('Beta words');
  const seq = await asked(bot, 'after');
  expect(digestsIn(bot)[0]?.replies).toEqual([]);
  await answer(bot, 'let_go', seq);
  await bot.drain();
  expect(digestsIn(bot)).toHaveLength(1);
  const replies = digestsIn(bot)[0]?.replies.map(({ text }) => text);
  expect(replies?.toSorted()).toEqual(['NM-1: Alpha words', 'NM-2: Beta words']);
  expect(await undeliveredOf(bot)).toEqual([]);
});

it('one that is let go where the app cannot look is believed to be there: no other digest tells it again', async () => {
  const bot = await deskOnFile();
  const alpha = await bot.share('Alpha words');
  const seq = await asked(bot, 'after');
  bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await answer(bot, 'let_go', seq);
  await bot.drain();
  bot.workspace.faults.clear();
  await bot.share('Beta words');
  await close(bot, MONDAY + 7 * DAY);
  await bot.drain();
  expect(digestsIn(bot)).toHaveLength(2);
  expect(digestsIn(bot)[1]?.replies.map(said).join()).toContain('Beta words');
  expect(JSON.stringify(digestsIn(bot)[1])).not.toContain('Alpha words');
  // Nor is it promised that its words go from a message the app does not know.
  const { teamId } = bot.app.identity;
  const of = { teamId, id: alpha, now: bot.clock.now() };
  expect(await bot.storage.nearMisses.withdraw(of)).toMatchObject({ digest: false });
});

it('a steward who is asked reads what to do if it is not there, and what if it is', async () => {
  const bot = await deskOnFile();
  await bot.share('Alpha words');
  await asked(bot, 'after');
  const { blocks } = home(await homeLists(bot.app, bot.workspace.person('amira').id));
  expect(wordsOf({ blocks: JSON.parse(JSON.stringify(blocks)) })).toContain(
    'Slack did not say whether the digest was posted, and the app cannot look. If it is not in the channel, try again. If it is, let it go, and its stories do not follow; or have a workspace admin delete it, and then try again.\nTry again\nLet it go',
  );
});
