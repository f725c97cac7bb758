import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { home } from '../../src/slack/home/home-view.ts';
import { homeLists } from '../../src/slack/story/find-story.ts';
import { DAY, type Desk, digestsIn, HOUR, openDesk, SUNDAY } from '../support/digest-desk.ts';
import { said, wordsOf } from '../support/doing.ts';
import { temporaryFolder } from '../support/office.ts';

const MONDAY = SUNDAY + 21.5 * HOUR;

type Filed = Desk & { databasePath: string };

async function deskOnFile(): Promise<Filed> {
  const databasePath = join(temporaryFolder(), 'nearmiss.db');
  return { ...(await openDesk({ databasePath })), databasePath };
}

function rowsOf<Row>({ databasePath }: Filed, sql: string): Row[] {
  const sqlite = new SQLite(databasePath, { readonly: true });
  try {
    return sqlite.prepare<[], Row>(sql).all();
  } finally {
    sqlite.close();
  }
}

async function close(desk: Desk, at: number): Promise<void> {
  desk.clock.advance(at - desk.clock.now());
  await desk.tend();
}

async function adopt({ storage, app, workspace, clock }: Desk, nearMissId: string): Promise<void> {
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
async function expectToldInTheNext(desk: Filed, words: string[]): Promise<void> {
  expect(rowsOf(desk, 'select variants from digest_parts')).toEqual([]);
  expect(rowsOf(desk, "select state from digests where state = 'published'")).toEqual([]);
  desk.workspace.faults.clear();
  await close(desk, MONDAY + 7 * DAY);
  await desk.drain();
  const [digest, ...others] = digestsIn(desk);
  expect(others).toEqual([]);
  const told = digest?.replies.map(said).join('\n') ?? '';
  for (const one of words) expect(told).toContain(one);
}

async function lettersOf({ storage, app }: Desk) {
  return storage.outbox.undelivered(app.identity.teamId);
}

async function answer({ storage, app, clock }: Desk, which: 'try_again' | 'let_go', seq = 0): Promise<void> {
  await storage.outbox.answerUndelivered({
    teamId: app.identity.teamId,
    seq,
    answer: which,
    now: clock.now(),
  });
}

const toLearning = ({ workspace }: Desk) => ({
  matching: ({ channel }: { channel?: unknown }) => channel === workspace.channel('learning').id,
});

/** The parent may have reached the channel, and the app cannot look there. */
async function asked(desk: Desk, when: 'before' | 'after'): Promise<number> {
  desk.workspace.faults.on('chat.postMessage', { kind: 'drop', when }, toLearning(desk));
  desk.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await close(desk, MONDAY);
  await desk.drain();
  const [letter] = await lettersOf(desk);
  expect(letter).toMatchObject({ state: 'asked' });
  return letter?.seq ?? 0;
}

describe('a digest whose parent will stand nowhere', () => {
  it('because all of it was narrowed before it was sent, leaves its stories and adoptions to a later one', async () => {
    const desk = await deskOnFile();
    const earlier = await desk.share('Told before', { answers: { practice: 'Open ten' } });
    await close(desk, MONDAY);
    await desk.drain();
    await adopt(desk, earlier);
    const alpha = await desk.share('Alpha words');
    await close(desk, MONDAY + 7 * DAY);
    await desk.change(alpha, { audience: 'channel' });
    await desk.drain();
    expect(digestsIn(desk)).toHaveLength(1);
    expect(rowsOf(desk, "select position from digest_parts where variants <> '[]'")).toEqual([]);
    expect(rowsOf(desk, 'select digest_id as digest from adoptions')).toEqual([{ digest: null }]);
    await desk.change(alpha, { audience: 'everyone' });
    await close(desk, MONDAY + 14 * DAY);
    await desk.drain();
    const told = digestsIn(desk)[1]?.replies.map(said).join('\n');
    expect(told).toContain('Alpha words');
    expect(told).toContain('Support now uses: open ten by hand.');
  });

  it('because a steward let it go and it is not there, likewise', async () => {
    const desk = await deskOnFile();
    await desk.share('Alpha words');
    await desk.share('Beta words');
    const seq = await asked(desk, 'before');
    await answer(desk, 'let_go', seq);
    await desk.drain();
    expect(digestsIn(desk)).toEqual([]);
    await expectToldInTheNext(desk, ['Alpha words', 'Beta words']);
  });

  it('because Slack refused it and a steward let it go, likewise', async () => {
    const desk = await deskOnFile();
    await desk.share('Alpha words');
    desk.workspace.faults.on(
      'chat.postMessage',
      { kind: 'error', error: 'restricted_action' },
      toLearning(desk),
    );
    await close(desk, MONDAY);
    await desk.drain();
    const [letter] = await lettersOf(desk);
    await answer(desk, 'let_go', letter?.seq);
    await desk.drain();
    expect(digestsIn(desk)).toEqual([]);
    await expectToldInTheNext(desk, ['Alpha words']);
  });
});

it('one that is let go and is there after all has its replies', async () => {
  const desk = await deskOnFile();
  await desk.share('Alpha words');
  await desk.share('Beta words');
  const seq = await asked(desk, 'after');
  expect(digestsIn(desk)[0]?.replies).toEqual([]);
  await answer(desk, 'let_go', seq);
  await desk.drain();
  expect(digestsIn(desk)).toHaveLength(1);
  const replies = digestsIn(desk)[0]?.replies.map(({ text }) => text);
  expect(replies?.toSorted()).toEqual(['NM-1: Alpha words', 'NM-2: Beta words']);
  expect(await lettersOf(desk)).toEqual([]);
});

it('one that is let go where the app cannot look is believed to be there: no other digest tells it again', async () => {
  const desk = await deskOnFile();
  const alpha = await desk.share('Alpha words');
  const seq = await asked(desk, 'after');
  desk.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await answer(desk, 'let_go', seq);
  await desk.drain();
  desk.workspace.faults.clear();
  await desk.share('Beta words');
  await close(desk, MONDAY + 7 * DAY);
  await desk.drain();
  expect(digestsIn(desk)).toHaveLength(2);
  expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('Beta words');
  expect(JSON.stringify(digestsIn(desk)[1])).not.toContain('Alpha words');
  // Nor is it promised that its words go from a message the app does not know.
  const { teamId } = desk.app.identity;
  const of = { teamId, id: alpha, now: desk.clock.now() };
  expect(await desk.storage.nearMisses.withdraw(of)).toMatchObject({ digest: false });
});

it('a steward who is asked reads what to do if it is not there, and what if it is', async () => {
  const desk = await deskOnFile();
  await desk.share('Alpha words');
  await asked(desk, 'after');
  const { blocks } = home(await homeLists(desk.app, desk.workspace.person('amira').id));
  expect(wordsOf({ blocks: JSON.parse(JSON.stringify(blocks)) })).toContain(
    'Slack did not say whether the digest was posted, and the app cannot look. If it is not in the channel, try again. If it is, let it go, and its stories do not follow; or have a workspace admin delete it, and then try again.\nTry again\nLet it go',
  );
});
