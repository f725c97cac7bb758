import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { temporaryFolder } from '../support/workspace.ts';

const NOW = Date.UTC(2026, 9, 14);

/** A store, and the text of every statement it had prepared, once for each time. */
function watched(): { storage: Storage; path: string; prepared: () => string[] } {
  const prepare = vi.spyOn(SQLite.prototype, 'prepare');
  const path = join(temporaryFolder(), 'nearmiss.db');
  const storage = openStorage(path, randomUUID);
  onTestFinished(() => {
    prepare.mockRestore();
    return storage.close();
  });
  return { storage, path, prepared: () => prepare.mock.calls.map(([text]) => text) };
}

/** Everything the store can be asked, once. */
async function useAll({ workspaces, nearMisses, lists, outbox }: Storage): Promise<void> {
  const [teamId, personId, id] = ['T1', 'U1', randomUUID()];
  await workspaces.remember({ teamId, name: 'Acme' });
  await workspaces.settings(teamId);
  const submission = {
    id,
    teamId,
    personId,
    summary: 'The rates were wrong',
    system: 'Invoices',
    tier: 'named' as const,
    audience: 'everyone' as const,
    wantsCard: true,
    stewards: [],
    conversation: { id: 'C1', name: 'ops', kind: 'public' as const },
  };
  await nearMisses.capture(toCapture(submission, NOW), NOW, NOW);
  await nearMisses.hasShared(teamId, personId);
  await nearMisses.byNumber(teamId, 1);
  await nearMisses.tell({ teamId, id, change: () => EMPTY_TELLING, toldAt: NOW, now: NOW });
  const added = { teamId, id, authorId: 'U2', now: NOW };
  const words = { ...EMPTY_TELLING, answers: { closeness: 'One hour' } };
  for (const staysInChannel of [true, false])
    await nearMisses.tell({ ...added, change: () => words, staysInChannel });
  await nearMisses.forgetAdded(added);
  await nearMisses.reword({ teamId, id, summary: 'Other words', now: NOW });
  await nearMisses.changeWhoCanSee(toCapture({ ...submission, tier: 'confidential' }, NOW), NOW);
  const row = await outbox.claim({ owner: 'me', now: NOW, leaseUntil: NOW, betweenMs: 0 });
  if (row !== undefined) await outbox.settle(row, 'me', { state: 'asked' });
  if (row !== undefined) await outbox.answerPrivately(row);
  await outbox.nextDue();
  await outbox.cardDelivery(teamId, id);
  await outbox.hurryConfirmation(teamId, id, NOW);
  for (const answer of ['post_again', 'is_there'] as const)
    await outbox.answerAsked({ teamId, nearMissId: id, answer, now: NOW });
  await outbox.refreshHome(teamId, personId, NOW);
  await lists.sharedBy(teamId, personId, 5);
  const theirs = { teamId, personId, channels: ['C1', 'C2'], until: NOW, limit: 5 };
  await lists.channelsWithTheirOwn(teamId);
  await lists.fromOthers(theirs);
  await lists.systemsLike({ ...theirs, typed: 'in', everyone: true });
  await nearMisses.withdraw({ teamId, id, now: NOW });
  await nearMisses.numberThoseAppearing(teamId, NOW, (items) => items);
}

test('nothing is prepared more than once, however often it is used', async () => {
  const { storage, prepared } = watched();
  await useAll(storage);
  const once = prepared();
  await useAll(storage);
  expect(prepared()).toEqual(once);
  expect(statementsIn(once)).toEqual([...new Set(statementsIn(once))]);
});

test('with ten thousand near-misses no statement reads a whole table or sorts what it read', async () => {
  const { storage, path, prepared } = watched();
  await useAll(storage);
  const texts = new Set(statementsIn(prepared()));
  const database = new SQLite(path);
  fill(database);
  const plans = [...texts].map((text) => [text, planOf(database, text)] as const);
  const bad = plans.filter(([, plan]) => plan.some((step) => /^SCAN (?!json_each)|TEMP B-TREE/.test(step)));
  expect(bad).toEqual([]);
  const claim = plans.filter(([text]) => text.includes('as recent')).flatMap(([, plan]) => plan);
  expect(claim).toEqual([
    'SEARCH outbox USING INDEX outbox_open (due_at<?)',
    'CORRELATED SCALAR SUBQUERY 1',
    'SEARCH earlier USING INDEX outbox_by_lane (lane=? AND seq<?)',
    'CORRELATED SCALAR SUBQUERY 2',
    'SEARCH recent USING COVERING INDEX outbox_pace (team_id=? AND lane=? AND tried_at>? AND tried_at<?)',
  ]);
  database.close();
});

/** Those of the store, without its migrations. */
function statementsIn(texts: string[]): string[] {
  return texts.filter((text) => /^(select|insert|update|delete) /.test(text) && !text.includes('__drizzle'));
}

function planOf(database: SQLite.Database, text: string): string[] {
  const parameters = Array.from(text.matchAll(/\?/g), () => 1);
  return database
    .prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
    .all(...parameters)
    .map(({ detail }) => detail);
}

/** Ten thousand near-misses, a thousand systems, and a tenth of twenty thousand messages still on their way. */
function fill(database: SQLite.Database): void {
  database.exec(`
    create temp table n as with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select i from n;
    insert into systems (id, team_id, key, name)
      select 's' || i, 'T1', 'system' || i, 'System ' || i from n where i <= 1000;
    insert into near_misses
        (id, team_id, number, tier, audience, reporter_id, captured_at, summary, channel_id, system_id)
      select 'n' || i, 'T1', i + 10, 'named', case i % 3 when 0 then 'channel' else 'everyone' end,
        'U' || (i % 500), i, 'words', 'C' || (i % 50), 's' || (i % 1000 + 1) from n where i <= 10000;
    insert into outbox (part_id, team_id, kind, near_miss_id, lane, state, due_at, created_at, tried_at)
      select 'p' || i, 'T1', 'card', 'n' || i, 'C' || (i % 50),
        case i % 10 when 0 then 'pending' else 'sent' end, i, i, i from n;
  `);
}
