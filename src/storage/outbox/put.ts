import type { OutboxKind } from '../../domain/outbox/delivery.ts';
import type { UnseenCard } from '../../domain/outbox/outbox.ts';
import type { Connection } from '../database.ts';
import { and, eq, inArray, or, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { outbox } from '../schema.ts';

/** Puts rows into the outbox inside somebody else's transaction. Private to storage. */
export type OutboxWriter = {
  /** Of changes to one card, or of one Home, one waiting is enough: what it says is read when it is sent. */
  put: (row: {
    teamId: string;
    kind: OutboxKind;
    lane: string;
    dueAt: number;
    now: number;
    nearMissId?: string;
    personId?: string;
    channelId?: string;
    ts?: string;
    digestId?: string;
    position?: number;
    why?: string | undefined;
  }) => void;
  /** A card that may be there, or on its way now, is to be found and removed; one that is not, is never posted. */
  takeBackCard: (nearMissId: string, threadTs: string | null) => void;
  /** Of a card nobody could look for: is its reporter still asked, or did they say that it is there? */
  unseenCard: (nearMissId: string) => UnseenCard | undefined;
  /** Forgets everything about a near-miss, and everything in a lane. */
  forget: (nearMissId: string, lane: string) => void;
};

/** Rows that are not decided, in the words of the partial indexes: SQLite uses those only for the same words. */
export const OPEN = sql`state in ('pending', 'sending', 'unsure')`;

/** A card nobody could look for: its reporter is asked whether it is there, or said that it is. */
const UNSEEN = sql`(state = 'asked' or (state = 'sent' and ts is null and why is not null))`;

export function homeLane(personId: string): string {
  return `home:${personId}`;
}

/** What one waiting row says, a second would say again: it is read when it is sent. */
const CHANGES: OutboxKind[] = [
  'card_change',
  'home',
  'digest_change',
  'preview_change',
  'channel_refused',
  'part_refused',
  'letter_waits',
];

/** A steward's preview is a thread of its own, in order. */
export function previewLane(personId: string): string {
  return `preview:${personId}`;
}

/** Messages to one person go out one after another. */
export function personLane(personId: string): string {
  return `person:${personId}`;
}

export const outboxWriterIn = oncePerFile(({ db, newId }: Connection): OutboxWriter => {
  const nearMissId = sql.placeholder('nearMissId');
  const insert = db
    .insert(outbox)
    .values({
      partId: sql.placeholder('partId'),
      teamId: sql.placeholder('teamId'),
      kind: sql.placeholder('kind'),
      nearMissId,
      lane: sql.placeholder('lane'),
      personId: sql.placeholder('personId'),
      state: 'pending',
      dueAt: sql.placeholder('dueAt'),
      channelId: sql.placeholder('channelId'),
      ts: sql.placeholder('ts'),
      digestId: sql.placeholder('digestId'),
      position: sql.placeholder('position'),
      why: sql.placeholder('why'),
      createdAt: sql.placeholder('now'),
    })
    .onConflictDoNothing()
    .prepare();
  const waiting = db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(
      sql`${OPEN} and ${outbox.lane} = ${sql.placeholder('lane')} and ${outbox.state} = 'pending'
        and ${outbox.kind} = ${sql.placeholder('kind')} and ${outbox.nearMissId} is ${nearMissId} and ${outbox.digestId} is ${sql.placeholder('digestId')}
        and ${outbox.position} is ${sql.placeholder('position')}`,
    )
    .prepare();
  const cardOf = and(eq(outbox.nearMissId, nearMissId), eq(outbox.kind, 'card'));
  const takeBack = db
    .update(outbox)
    .set({
      kind: 'card_removal',
      state: sql`iif(${outbox.state} = 'sending', 'sending', 'unsure')`,
      nearMissId: null,
      channelId: sql`${outbox.lane}`,
      threadTs: sql`${sql.placeholder('threadTs')}`,
    })
    .where(and(cardOf, or(inArray(outbox.state, ['sending', 'unsure']), UNSEEN)))
    .prepare();
  const unseen = db.select({ state: outbox.state }).from(outbox).where(and(cardOf, UNSEEN)).prepare();
  const removeCard = db.delete(outbox).where(cardOf).prepare();
  const remove = db.delete(outbox).where(eq(outbox.nearMissId, nearMissId)).prepare();
  const emptyLane = db
    .delete(outbox)
    .where(sql`${OPEN} and ${outbox.lane} = ${sql.placeholder('lane')}`)
    .prepare();

  return {
    put(row) {
      const isChange = CHANGES.includes(row.kind);
      const whole = {
        nearMissId: null,
        personId: null,
        channelId: null,
        ts: null,
        digestId: null,
        position: null,
        why: null,
        ...row,
      };
      if (isChange && waiting.get(whole) !== undefined) return;
      insert.run({ partId: newId(), ...whole });
    },
    takeBackCard(id, threadTs) {
      takeBack.run({ nearMissId: id, threadTs });
      removeCard.run({ nearMissId: id });
    },
    unseenCard(id) {
      const row = unseen.get({ nearMissId: id });
      return row && (row.state === 'asked' ? 'asked' : 'believed');
    },
    forget(id, lane) {
      remove.run({ nearMissId: id });
      emptyLane.run({ lane });
    },
  };
});
