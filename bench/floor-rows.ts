import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { CHANNEL, IDENTITY } from './office.ts';

/** Somebody's Save, as far as it is stored. */
type Saved = { id: string; personId: string; summary: string; system: string };

const CONFIRM_BY_MS = 10 * 60 * 1000;

/** Writes the rows our Save writes with prepared statements, in one durable transaction. */
export function floorRows(path: string): (saved: Saved) => void {
  const sqlite = new SQLite(path);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  const { teamId } = IDENTITY;
  const number = sqlite
    .prepare('update workspaces set last_number = last_number + 1 where team_id = ? returning last_number')
    .pluck();
  const system = sqlite
    .prepare(
      'insert into systems (id, team_id, key, name) values (?, ?, ?, ?) on conflict (team_id, key) do update set key = excluded.key returning id',
    )
    .pluck();
  const nearMiss = sqlite.prepare(
    `insert into near_misses (id, team_id, number, tier, audience, reporter_id, stewards_then, channel_id, channel_name, channel_kind, captured_at, summary, system_id, card_channel_id)
     values (?, ?, ?, 'named', 'everyone', ?, '[]', ?, ?, 'public', ?, ?, ?, ?)`,
  );
  const message = sqlite.prepare(
    `insert into outbox (part_id, team_id, kind, near_miss_id, lane, person_id, state, due_at, created_at)
     values (?, ?, ?, ?, ?, ?, 'pending', ?, ?)`,
  );
  const homeWaits = sqlite
    .prepare(
      "select 1 from outbox where state in ('pending', 'sending', 'unsure', 'let_go') and lane = ? and state = 'pending' and kind = 'home'",
    )
    .pluck();
  const save = sqlite.transaction(({ id, personId, summary, system: name }: Saved) => {
    const now = Date.now();
    const given = number.get(teamId);
    const systemId = system.get(randomUUID(), teamId, name.toLowerCase(), name);
    const { id: channel, name: channelName } = CHANNEL;
    nearMiss.run(id, teamId, given, personId, channel, channelName, now, summary, systemId, channel);
    message.run(randomUUID(), teamId, 'card', id, channel, null, now, now);
    const home = `home:${personId}`;
    if (homeWaits.get(home) === undefined)
      message.run(randomUUID(), teamId, 'home', null, home, personId, now, now);
    const confirmation = `confirmation:${id}`;
    message.run(randomUUID(), teamId, 'confirmation', id, confirmation, personId, now + CONFIRM_BY_MS, now);
  });
  return (saved) => save.immediate(saved);
}
