import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { openStorage } from '../src/storage/storage.ts';
import { CHANNEL, IDENTITY, PEOPLE } from './office.ts';

const DAY = 24 * 60 * 60 * 1000;
const SYSTEMS = 200;
const NEAR_MISS =
  'insert into near_misses (id, team_id, number, tier, audience, reporter_id, channel_id, channel_name, channel_kind, captured_at, summary, system_id, told_at, card_channel_id, card_ts)';

/** A database of the app's own making with so many near-misses in it, told and posted, some years of them. */
export async function fillDatabase(path: string, count: number): Promise<void> {
  const storage = openStorage(path, randomUUID);
  await storage.workspaces.remember({ teamId: IDENTITY.teamId, name: IDENTITY.workspace });
  await storage.close();
  const sqlite = new SQLite(path);
  const write = writerOf(sqlite);
  sqlite.transaction(() => {
    for (let at = 0; at < SYSTEMS; at += 1) write.system(at);
    for (let at = 0; at < count; at += 1)
      write.nearMiss(at, Date.now() - ((count - at) / count) * 1000 * DAY);
    sqlite.prepare('update workspaces set last_number = ?').run(count);
  })();
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** How many rows each table has. */
export function rowsIn(path: string): Record<string, unknown> {
  const sqlite = new SQLite(path);
  const tables = sqlite
    .prepare<[], string>("select name from sqlite_schema where type = 'table'")
    .pluck()
    .all();
  const counts = tables.map((name) => [name, sqlite.prepare(`select count(*) from ${name}`).pluck().get()]);
  sqlite.close();
  return Object.fromEntries(counts);
}

function writerOf(sqlite: SQLite.Database) {
  const { teamId } = IDENTITY;
  const system = sqlite.prepare('insert into systems (id, team_id, key, name) values (?, ?, ?, ?)');
  const nearMiss = sqlite.prepare(
    `${NEAR_MISS} values (?, ?, ?, 'named', 'everyone', ?, ?, ?, 'public', ?, ?, ?, ?, ?, ?)`,
  );
  const answer = sqlite.prepare(
    `insert into answers (team_id, near_miss_id, author, question, text) values (?, ?, '', ?, ?)`,
  );
  const save = sqlite.prepare(
    `insert into saves (team_id, near_miss_id, author, position, text) values (?, ?, '', ?, ?)`,
  );
  const posted = sqlite.prepare(
    `insert into outbox (part_id, team_id, kind, near_miss_id, lane, person_id, state, due_at, created_at, tried_at, ts) values (?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?, ?)`,
  );
  return {
    system: (at: number) => void system.run(`system-${at}`, teamId, `system ${at}`, `System ${at}`),
    nearMiss(at: number, when: number) {
      const id = randomUUID();
      const time = Math.round(when);
      const person = PEOPLE[at % PEOPLE.length];
      const ts = (time / 1000).toFixed(6);
      const summary = `The run of ${at} went out late and nobody felt it, since two people looked twice.`;
      const { id: channel, name } = CHANNEL;
      nearMiss.run(
        id,
        teamId,
        at + 1,
        person,
        channel,
        name,
        time,
        summary,
        `system-${at % SYSTEMS}`,
        time,
        channel,
        ts,
      );
      for (const question of ['closeness', 'expected', 'protecting'])
        answer.run(teamId, id, question, summary);
      for (const position of [0, 1]) save.run(teamId, id, position, summary);
      posted.run(randomUUID(), teamId, 'card', id, channel, null, time, time, time, ts);
      posted.run(randomUUID(), teamId, 'confirmation', id, `person:${person}`, person, time, time, time, ts);
    },
  };
}
