import { type Announcement, KINDS, laneOf } from '../../domain/outbox/kinds.ts';
import type { UnseenCard } from '../../domain/outbox/outbox.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, inArray, sql } from '../drizzle.ts';
import { outbox } from '../schema.ts';
import { IS_OPEN } from './conditions.ts';
import { columnsOf } from './rows.ts';

/** Where an announcement belongs, and when it is to go: now, unless something says later. */
type When = { teamId: string; now: number; dueAt?: number | undefined };

const value = (name: string) => sql.placeholder(name);

const insert = (db: Db) =>
  db
    .insert(outbox)
    .values({
      partId: value('partId'),
      teamId: value('teamId'),
      kind: value('kind'),
      lane: value('lane'),
      nearMissId: value('nearMissId'),
      personId: value('personId'),
      digestId: value('digestId'),
      position: value('position'),
      threadTs: value('threadTs'),
      ts: value('ts'),
      says: value('says'),
      reason: value('reason'),
      state: 'pending',
      dueAt: value('dueAt'),
      createdAt: value('now'),
    })
    .onConflictDoNothing()
    .prepare();

const waiting = (db: Db) =>
  db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(
      sql`${IS_OPEN} and ${outbox.lane} = ${value('lane')} and ${outbox.state} = 'pending'
        and ${outbox.teamId} = ${value('teamId')} and ${outbox.kind} = ${value('kind')} and ${outbox.says} is ${value('says')}
        and ${outbox.nearMissId} is ${value('nearMissId')} and ${outbox.digestId} is ${value('digestId')}
        and ${outbox.position} is ${value('position')}`,
    )
    .prepare();

/** Puts what is to be sent into the outbox. Where one that waits says the same already, it is enough. */
export function put(tx: Tx, { teamId, now, dueAt = now }: When, announcement: Announcement): void {
  const { kind } = announcement;
  const row = { teamId, kind, lane: laneOf(announcement), ...columnsOf(announcement), dueAt, now };
  if (KINDS[kind].oneWaits && tx.prepared(waiting).get(row) !== undefined) return;
  tx.prepared(insert).run({ partId: tx.newId(), ...row });
}

/** A near-miss, in its workspace. */
type About = { teamId: string; nearMissId: string };

const ofNearMiss = and(eq(outbox.teamId, value('teamId')), eq(outbox.nearMissId, value('nearMissId')));
const cardOf = and(ofNearMiss, eq(outbox.kind, 'card'));

const takeBack = (db: Db) =>
  db
    .update(outbox)
    .set({
      kind: 'card_removal',
      state: sql`iif(${outbox.state} = 'sending', 'sending', 'unsure')`,
      nearMissId: null,
      threadTs: sql`${value('threadTs')}`,
    })
    .where(and(cardOf, inArray(outbox.state, ['sending', 'unsure', 'asked', 'believed'])))
    .prepare();
const forgetCard = (db: Db) => db.delete(outbox).where(cardOf).prepare();

/** A card that may be there, or on its way now, is to be found and removed; one that is not, is never posted. */
export function takeBackCard(tx: Tx, about: About, threadTs: string | undefined): void {
  tx.prepared(takeBack).run({ ...about, threadTs: threadTs ?? null });
  tx.prepared(forgetCard).run(about);
}

const unseen = (db: Db) =>
  db
    .select({ state: outbox.state })
    .from(outbox)
    .where(and(cardOf, inArray(outbox.state, ['asked', 'believed'])))
    .prepare();

/** Of a card nobody could look for: is its reporter still asked, or did they say that it is there? */
export function unseenCard(tx: Tx, about: About): UnseenCard | undefined {
  const state = tx.prepared(unseen).get(about)?.state;
  return state === 'asked' || state === 'believed' ? state : undefined;
}

const forgetAbout = (db: Db) => db.delete(outbox).where(ofNearMiss).prepare();
const emptyLane = (db: Db) =>
  db
    .delete(outbox)
    .where(sql`${IS_OPEN} and ${outbox.lane} = ${value('lane')} and ${outbox.teamId} = ${value('teamId')}`)
    .prepare();

/** Nothing of a near-miss is left here, nor that this person's Home was to show it. */
export function forgetAnnouncements(tx: Tx, about: About, personId: string): void {
  tx.prepared(forgetAbout).run(about);
  tx.prepared(emptyLane).run({ ...about, lane: laneOf({ kind: 'home', personId }) });
}
