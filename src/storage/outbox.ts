import type { DeliveryState, Next } from '../domain/delivery.ts';
import type { CardDelivery, Outbox, OutboxKind, OutboxRow } from '../domain/outbox.ts';
import type { Connection } from './database.ts';
import { and, eq, sql } from './drizzle.ts';
import { nearMisses, outbox } from './schema.ts';

/** Puts rows into the outbox inside somebody else's transaction. Private to storage. */
export type OutboxWriter = {
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
  }) => void;
  forget: (nearMissId: string) => void;
};

export function outboxWriterIn({ db, newId }: Connection): OutboxWriter {
  const insert = db
    .insert(outbox)
    .values({
      partId: sql.placeholder('partId'),
      teamId: sql.placeholder('teamId'),
      kind: sql.placeholder('kind'),
      nearMissId: sql.placeholder('nearMissId'),
      lane: sql.placeholder('lane'),
      personId: sql.placeholder('personId'),
      state: 'pending',
      dueAt: sql.placeholder('dueAt'),
      channelId: sql.placeholder('channelId'),
      ts: sql.placeholder('ts'),
      createdAt: sql.placeholder('now'),
    })
    .onConflictDoNothing()
    .prepare();
  const remove = db
    .delete(outbox)
    .where(eq(outbox.nearMissId, sql.placeholder('nearMissId')))
    .prepare();
  return {
    put(row) {
      insert.run({ partId: newId(), nearMissId: null, personId: null, channelId: null, ts: null, ...row });
    },
    forget(nearMissId) {
      remove.run({ nearMissId });
    },
  };
}

const OPEN = sql`('pending', 'sending', 'unsure')`;

export function outboxIn(connection: Connection): Outbox {
  const { db, write, newId } = connection;
  const writer = outboxWriterIn(connection);
  const now = sql.placeholder('now');

  const lapse = db
    .update(outbox)
    .set({
      state: 'unsure',
      owner: null,
      leaseUntil: null,
      dueAt: sql`${sql.placeholder('lookAt')}`,
      why: 'its sender stopped',
    })
    .where(and(eq(outbox.state, 'sending'), sql`${outbox.leaseUntil} <= ${now}`))
    .prepare();
  const next = db
    .select()
    .from(outbox)
    .where(
      sql`${outbox.state} in ('pending', 'unsure') and ${outbox.dueAt} <= ${now}
        and not exists (select 1 from outbox as earlier where earlier.lane = ${outbox.lane} and earlier.state in ${OPEN} and earlier.seq < ${outbox.seq})
        and not exists (select 1 from outbox as recent where recent.lane = ${outbox.lane} and recent.tried_at > ${sql.placeholder('paceFrom')})`,
    )
    .orderBy(outbox.dueAt, outbox.seq)
    .limit(1)
    .prepare();
  const take = db
    .update(outbox)
    .set({
      state: 'sending',
      owner: sql`${sql.placeholder('owner')}`,
      leaseUntil: sql`${sql.placeholder('leaseUntil')}`,
      attempts: sql`${outbox.attempts} + 1`,
      triedAt: sql`${sql.placeholder('triedAt')}`,
    })
    .where(eq(outbox.seq, sql.placeholder('seq')))
    .prepare();
  const due = db
    .select({
      at: sql<
        number | null
      >`min(case when ${outbox.state} = 'sending' then ${outbox.leaseUntil} else ${outbox.dueAt} end)`,
    })
    .from(outbox)
    .where(sql`${outbox.state} in ('pending', 'sending', 'unsure')`)
    .prepare();
  const cardRow = db
    .select({ state: outbox.state, why: outbox.why })
    .from(outbox)
    .where(and(eq(outbox.nearMissId, sql.placeholder('nearMissId')), eq(outbox.kind, 'card')))
    .prepare();
  const hurry = db
    .update(outbox)
    .set({ dueAt: sql`${now}` })
    .where(
      sql`${outbox.nearMissId} = ${sql.placeholder('nearMissId')} and ${outbox.kind} = 'confirmation' and ${outbox.state} = 'pending' and ${outbox.attempts} = 0`,
    )
    .prepare();

  return {
    async claim({ owner, now: at, leaseUntil, betweenMs, lookAt }) {
      return write(() => {
        lapse.run({ now: at, lookAt });
        const row = next.get({ now: at, paceFrom: at - betweenMs });
        if (row === undefined) return undefined;
        const work = row.state === 'unsure' ? 'look' : 'send';
        // A look must not count as a message: it keeps the time of the attempt it asks about.
        take.run({ seq: row.seq, owner, leaseUntil, triedAt: work === 'look' ? row.triedAt : at });
        return {
          ...toRow(row),
          work,
          attempts: row.attempts + 1,
          triedAt: work === 'look' ? (row.triedAt ?? undefined) : at,
        };
      });
    },

    async settle(row, owner, result) {
      write(() => {
        const held = db
          .select({ owner: outbox.owner })
          .from(outbox)
          .where(and(eq(outbox.seq, row.seq), eq(outbox.state, 'sending')))
          .get();
        // Somebody else took it over after our lease ran out; what they find out counts.
        if (held?.owner !== owner) return;
        const state = result.state === 'pending' && isSuperseded(connection, row) ? 'sent' : result.state;
        db.update(outbox)
          .set({
            state,
            owner: null,
            leaseUntil: null,
            dueAt: result.dueAt ?? row.createdAt,
            why: result.why ?? null,
            ...(result.channelId !== undefined && { channelId: result.channelId }),
            ...(result.ts !== undefined && { ts: result.ts }),
          })
          .where(eq(outbox.seq, row.seq))
          .run();
        if (row.kind === 'card') noteCard(connection, writer, row, state, result);
      });
    },

    async nextDue() {
      return due.get()?.at ?? undefined;
    },

    async cardDelivery(nearMissId) {
      const row = cardRow.get({ nearMissId });
      if (row === undefined) return { state: 'none' };
      const states: Record<DeliveryState, CardDelivery['state']> = {
        pending: 'waiting',
        sending: 'waiting',
        unsure: 'waiting',
        asked: 'asked',
        sent: 'posted',
        refused: 'refused',
      };
      return { state: states[row.state], ...(row.why !== null && { why: row.why }) };
    },

    async hurryConfirmation(nearMissId, at) {
      hurry.run({ nearMissId, now: at });
    },

    async answerAsked(nearMissId, answer, at) {
      const set =
        answer === 'is_there'
          ? { state: 'sent' as const }
          : { state: 'pending' as const, dueAt: at, partId: newId(), attempts: 0 };
      const { changes } = db
        .update(outbox)
        .set(set)
        .where(and(eq(outbox.nearMissId, nearMissId), eq(outbox.kind, 'card'), eq(outbox.state, 'asked')))
        .run();
      return changes > 0;
    },

    async refreshHome(teamId, personId, at) {
      writer.put({ teamId, kind: 'home', lane: homeLane(personId), personId, dueAt: at, now: at });
    },
  };
}

export function homeLane(personId: string): string {
  return `home:${personId}`;
}

/** A later change already waits: it will say everything this one would have. */
function isSuperseded({ db }: Connection, row: OutboxRow): boolean {
  if (row.kind !== 'card_change' && row.kind !== 'home') return false;
  const same =
    row.kind === 'home'
      ? eq(outbox.lane, homeLane(row.personId ?? ''))
      : eq(outbox.nearMissId, row.nearMissId ?? '');
  return (
    db
      .select({ seq: outbox.seq })
      .from(outbox)
      .where(and(eq(outbox.kind, row.kind), eq(outbox.state, 'pending'), same))
      .get() !== undefined
  );
}

/** The card's message belongs to its near-miss; and where nobody can know whether it is there, its reporter is asked. */
function noteCard(
  { db }: Connection,
  writer: OutboxWriter,
  row: OutboxRow,
  state: DeliveryState,
  result: Next,
): void {
  if (row.nearMissId === undefined) return;
  if (state === 'sent' && result.ts !== undefined) {
    db.update(nearMisses).set({ cardTs: result.ts }).where(eq(nearMisses.id, row.nearMissId)).run();
  }
  if (state !== 'asked') return;
  const reporter = db
    .select({ id: nearMisses.reporterId })
    .from(nearMisses)
    .where(eq(nearMisses.id, row.nearMissId))
    .get();
  if (reporter?.id == null) return;
  const now = result.dueAt ?? row.triedAt ?? row.createdAt;
  writer.put({
    teamId: row.teamId,
    kind: 'question',
    lane: `question:${row.partId}`,
    nearMissId: row.nearMissId,
    personId: reporter.id,
    dueAt: now,
    now,
  });
}

function toRow(row: typeof outbox.$inferSelect): Omit<OutboxRow, 'work'> {
  return {
    seq: row.seq,
    partId: row.partId,
    teamId: row.teamId,
    kind: row.kind,
    nearMissId: row.nearMissId ?? undefined,
    personId: row.personId ?? undefined,
    attempts: row.attempts,
    channelId: row.channelId ?? undefined,
    ts: row.ts ?? undefined,
    createdAt: row.createdAt,
    triedAt: row.triedAt ?? undefined,
  };
}
