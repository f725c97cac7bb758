import { WAITS_FOR_CARD } from '../domain/delivery.ts';
import type { Connection } from './database.ts';
import { and, eq, sql } from './drizzle.ts';
import { oncePerFile } from './once-per-file.ts';
import { OPEN } from './outbox-writer.ts';
import { nearMisses, outbox } from './schema.ts';

/** Everything the outbox asks of its table, prepared once. Private to storage. */
export const outboxStatementsIn = oncePerFile(({ db }: Connection) => {
  const now = sql.placeholder('now');
  const seq = sql.placeholder('seq');
  const nearMissId = sql.placeholder('nearMissId');
  const thisRow = eq(outbox.seq, seq);
  const cardOf = and(eq(outbox.nearMissId, nearMissId), eq(outbox.kind, 'card'));
  const askedCard = and(cardOf, eq(outbox.state, 'asked'));
  return {
    next: db
      .select()
      .from(outbox)
      .where(
        sql`${OPEN} and ${outbox.dueAt} <= ${now}
          and not exists (select 1 from outbox as earlier where earlier.${OPEN} and earlier.lane = ${outbox.lane} and earlier.seq < ${outbox.seq})
          and not exists (select 1 from outbox as recent where recent.lane = ${outbox.lane} and recent.tried_at > ${sql.placeholder('paceFrom')} and recent.tried_at <= ${now})`,
      )
      .orderBy(outbox.dueAt, outbox.seq)
      .limit(1)
      .prepare(),
    // Put in or tried later than now: the clock was set back, and its time may be hours away.
    setBack: db
      .update(outbox)
      .set({ dueAt: sql`${sql.placeholder('leaseUntil')}` })
      .where(
        sql`${OPEN} and ${outbox.dueAt} > ${sql.placeholder('leaseUntil')} and coalesce(${outbox.triedAt}, ${outbox.createdAt}) > ${now}`,
      )
      .prepare(),
    take: db
      .update(outbox)
      .set({
        state: 'sending',
        owner: sql`${sql.placeholder('owner')}`,
        dueAt: sql`${sql.placeholder('leaseUntil')}`,
        attempts: sql`${outbox.attempts} + 1`,
        triedAt: sql`${sql.placeholder('triedAt')}`,
      })
      .where(thisRow)
      .prepare(),
    held: db
      .select({ kind: outbox.kind, ts: outbox.ts, why: outbox.why })
      .from(outbox)
      .where(and(thisRow, eq(outbox.owner, sql.placeholder('owner')), eq(outbox.state, 'sending')))
      .prepare(),
    note: db
      .update(outbox)
      .set({
        state: sql`${sql.placeholder('state')}`,
        owner: null,
        dueAt: sql`${sql.placeholder('dueAt')}`,
        // Why a card stands, or shows no words, is what there is to say, whatever becomes of saying it.
        why: sql`iif(${outbox.kind} in ('card_stands', 'card_withheld'), ${outbox.why}, ${sql.placeholder('why')})`,
        channelId: sql`coalesce(${sql.placeholder('channelId')}, ${outbox.channelId})`,
        ts: sql`coalesce(${sql.placeholder('ts')}, ${outbox.ts})`,
      })
      .where(thisRow)
      .prepare(),
    remove: db.delete(outbox).where(thisRow).prepare(),
    saidPrivately: db.update(outbox).set({ saidPrivately: true }).where(thisRow).prepare(),
    due: db
      .select({ at: sql<number | null>`min(${outbox.dueAt})` })
      .from(outbox)
      .where(OPEN)
      .prepare(),
    card: db.select({ state: outbox.state, why: outbox.why }).from(outbox).where(cardOf).prepare(),
    cardStands: db
      .update(nearMisses)
      .set({ cardTs: sql`${sql.placeholder('ts')}` })
      .where(eq(nearMisses.id, nearMissId))
      .prepare(),
    reporter: db
      .select({ id: nearMisses.reporterId, withdrawnAt: nearMisses.withdrawnAt })
      .from(nearMisses)
      .where(eq(nearMisses.id, nearMissId))
      .prepare(),
    saidOfCard: db
      .select({ seq: outbox.seq })
      .from(outbox)
      .where(and(eq(outbox.nearMissId, nearMissId), eq(outbox.kind, sql.placeholder('kind'))))
      .prepare(),
    // It has yet to read what became of the card: while that is not decided, it comes back.
    confirmationToCome: db
      .select({ seq: outbox.seq })
      .from(outbox)
      .where(
        sql`${outbox.nearMissId} = ${nearMissId} and ${outbox.kind} = 'confirmation'
          and (${outbox.state} = 'pending' or (${outbox.state} = 'sending' and ${outbox.attempts} < ${WAITS_FOR_CARD} and ${outbox.saidPrivately} = 0))`,
      )
      .prepare(),
    // A confirmation that waits to know says it now.
    cardDecided: db
      .update(outbox)
      .set({ dueAt: sql`min(${outbox.dueAt}, ${outbox.triedAt})` })
      .where(
        sql`${outbox.nearMissId} = ${nearMissId} and ${outbox.kind} = 'confirmation' and ${outbox.state} = 'pending' and ${outbox.attempts} > 0`,
      )
      .prepare(),
    hurry: db
      .update(outbox)
      .set({ dueAt: sql`${now}` })
      .where(
        sql`${outbox.nearMissId} = ${nearMissId} and ${outbox.kind} = 'confirmation' and ${outbox.state} = 'pending' and ${outbox.attempts} = 0`,
      )
      .prepare(),
    believe: db.update(outbox).set({ state: 'sent' }).where(askedCard).prepare(),
    postAgain: db
      .update(outbox)
      .set({
        state: 'pending',
        dueAt: sql`${now}`,
        partId: sql`${sql.placeholder('partId')}`,
        attempts: 0,
      })
      .where(askedCard)
      .prepare(),
  };
});
