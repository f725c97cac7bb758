import type { Capture } from '../domain/capture.ts';
import { EMPTY_TELLING, type NearMiss, type Telling } from '../domain/near-miss.ts';
import { dayOf } from '../domain/reading.ts';
import type { NearMisses } from '../domain/storage.ts';
import type { Connection } from './database.ts';
import { and, eq, isNull, lte, sql } from './drizzle.ts';
import { homeLane, type OutboxWriter, outboxWriterIn } from './outbox.ts';
import { nearMisses, systems, workspaces } from './schema.ts';
import { systemsIn } from './systems.ts';
import { REPORTER, tellingsIn } from './telling.ts';

type Row = typeof nearMisses.$inferSelect;

export function nearMissesIn(connection: Connection): NearMisses {
  const { db, write } = connection;
  const tellings = tellingsIn(connection);
  const named = systemsIn(connection);
  const outbox = outboxWriterIn(connection);

  const rowById = db
    .select()
    .from(nearMisses)
    .where(eq(nearMisses.id, sql.placeholder('id')))
    .prepare();
  const rowByNumber = db
    .select()
    .from(nearMisses)
    .where(
      and(eq(nearMisses.teamId, sql.placeholder('teamId')), eq(nearMisses.number, sql.placeholder('number'))),
    )
    .prepare();
  const systemName = db
    .select({ name: systems.name })
    .from(systems)
    .where(eq(systems.id, sql.placeholder('id')))
    .prepare();
  const shared = db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(
      and(
        eq(nearMisses.teamId, sql.placeholder('teamId')),
        eq(nearMisses.reporterId, sql.placeholder('personId')),
      ),
    )
    .limit(1)
    .prepare();
  const count = db
    .update(workspaces)
    .set({ lastNumber: sql`${workspaces.lastNumber} + 1` })
    .where(eq(workspaces.teamId, sql.placeholder('teamId')))
    .returning({ number: workspaces.lastNumber })
    .prepare();
  const insert = db.insert(nearMisses).values(captureValues()).prepare();
  const update = db
    .update(nearMisses)
    .set(captureChanges())
    .where(eq(nearMisses.id, sql.placeholder('id')))
    .prepare();

  function nextNumber(teamId: string): number {
    const row = count.get({ teamId });
    if (row === undefined) throw new Error('The workspace is not known yet, so it has no numbers to give.');
    return row.number;
  }

  function read(row: Row | undefined): NearMiss | undefined {
    if (row === undefined) return undefined;
    const system = row.systemId === null ? undefined : systemName.get({ id: row.systemId })?.name;
    return toNearMiss(row, system, tellings.of(row.id));
  }

  /** Writes a capture over what there is of it, and puts its messages into the outbox. */
  function store(capture: Capture, before: Row | undefined, now: number): number | undefined {
    const keepsReporter = capture.reporterId !== undefined;
    const number = keepsReporter ? (before?.number ?? nextNumber(capture.teamId)) : undefined;
    const systemId = capture.system === undefined ? null : named.named(capture.teamId, capture.system);
    const values = { ...toValues(capture), number: number ?? null, systemId };
    if (before === undefined) insert.run(values);
    else update.run({ ...values, cardTs: capture.card === undefined ? null : before.cardTs });
    if (before !== undefined) takeBack(before, capture, now);
    if (before?.systemId != null && before.systemId !== systemId) named.forgetUnused(before.systemId);
    announce(outbox, capture, before, now);
    return number;
  }

  /** A narrower tier: what the earlier one kept, and the wider one posted, goes. */
  function takeBack(before: Row, capture: Capture, now: number): void {
    if (capture.card === undefined && before.cardChannelId !== null) removeCard(outbox, before, now);
    if (capture.reporterId !== undefined || before.reporterId === null) return;
    outbox.forget(before.id);
    const told = tellings.of(before.id).get(REPORTER);
    if (told !== undefined) {
      tellings.replace(
        { teamId: before.teamId, nearMissId: before.id, author: REPORTER },
        { ...told, keyPlayers: [] },
      );
    }
    if (before.cardTs !== null) removeCard(outbox, before, now);
  }

  return {
    async capture(capture, now, confirmBy) {
      return write(() => {
        const before = rowById.get({ id: capture.id });
        // Withdrawn in the meantime: a late delivery of the same submission brings nothing back.
        if (before !== undefined && before.withdrawnAt !== null) return {};
        const number = store(capture, before, now);
        if (capture.reporterId !== undefined) {
          outbox.put({
            teamId: capture.teamId,
            kind: 'confirmation',
            lane: `confirmation:${capture.id}`,
            nearMissId: capture.id,
            personId: capture.reporterId,
            dueAt: confirmBy,
            now,
          });
        }
        return number === undefined ? {} : { number };
      });
    },

    async byId(teamId, id) {
      const row = rowById.get({ id });
      return row?.teamId === teamId ? read(row) : undefined;
    },

    async byNumber(teamId, number) {
      return read(rowByNumber.get({ teamId, number }));
    },

    async hasShared(teamId, personId) {
      return shared.get({ teamId, personId }) !== undefined;
    },

    async tell({ teamId, id, authorId, telling, reached, toldAt, now }) {
      write(() => {
        const row = rowById.get({ id });
        if (row === undefined || row.teamId !== teamId || row.withdrawnAt !== null) return;
        tellings.replace({ teamId, nearMissId: id, author: authorId ?? REPORTER }, telling);
        const own = authorId === undefined;
        if (own) {
          // The day is enough to know that it is no draft; an unattributed near-miss keeps nothing finer.
          const told = toldAt === undefined ? row.toldAt : row.reporterId === null ? dayOf(toldAt) : toldAt;
          db.update(nearMisses)
            .set({ reached: reached ?? null, toldAt: told })
            .where(eq(nearMisses.id, id))
            .run();
        }
        announceChange(outbox, row, now);
      });
    },

    async reword({ teamId, id, summary, system, now }) {
      write(() => {
        const row = rowById.get({ id });
        if (row === undefined || row.teamId !== teamId || row.withdrawnAt !== null) return;
        const systemId = system === undefined ? null : named.named(teamId, system);
        db.update(nearMisses).set({ summary, systemId }).where(eq(nearMisses.id, id)).run();
        if (row.systemId !== null && row.systemId !== systemId) named.forgetUnused(row.systemId);
        announceChange(outbox, row, now);
      });
    },

    async changeWhoCanSee(change, now) {
      return write(() => {
        const before = rowById.get({ id: change.id });
        if (before === undefined || before.withdrawnAt !== null) return {};
        const number = store(change, before, now);
        return number === undefined ? {} : { number };
      });
    },

    async withdraw({ teamId, id, now }) {
      write(() => {
        const row = rowById.get({ id });
        if (row === undefined || row.teamId !== teamId || row.withdrawnAt !== null) return;
        tellings.forget(id, REPORTER);
        db.update(nearMisses)
          .set({
            summary: '',
            systemId: null,
            reached: null,
            withdrawnAt: row.reporterId === null ? dayOf(now) : now,
          })
          .where(eq(nearMisses.id, id))
          .run();
        if (row.systemId !== null) named.forgetUnused(row.systemId);
        announceChange(outbox, row, now);
      });
    },

    async numberThoseAppearing(teamId, now, shuffle) {
      write(() => {
        const waiting = db
          .select({ id: nearMisses.id })
          .from(nearMisses)
          .where(
            and(
              eq(nearMisses.teamId, teamId),
              isNull(nearMisses.number),
              isNull(nearMisses.withdrawnAt),
              lte(nearMisses.capturedAt, dayOf(now) - 1),
            ),
          )
          .all();
        for (const { id } of shuffle(waiting)) {
          db.update(nearMisses)
            .set({ number: nextNumber(teamId) })
            .where(eq(nearMisses.id, id))
            .run();
        }
      });
    },
  };
}

/** The card of something new; or, of something known, a change to it. Nothing for an unattributed capture. */
function announce(outbox: OutboxWriter, capture: Capture, before: Row | undefined, now: number): void {
  const { teamId, id: nearMissId, card, reporterId } = capture;
  if (reporterId === undefined) return;
  if (card !== undefined) {
    outbox.put({ teamId, kind: 'card', lane: card.channelId, nearMissId, dueAt: now, now });
  }
  if (before !== undefined && card !== undefined) {
    outbox.put({ teamId, kind: 'card_change', lane: card.channelId, nearMissId, dueAt: now, now });
  }
  outbox.put({ teamId, kind: 'home', lane: homeLane(reporterId), personId: reporterId, dueAt: now, now });
}

/** The card, wherever it is by then, and the reporter's Home show the change. */
function announceChange(outbox: OutboxWriter, row: Row, now: number): void {
  const { teamId, id: nearMissId, cardChannelId, reporterId } = row;
  if (cardChannelId !== null) {
    outbox.put({ teamId, kind: 'card_change', lane: cardChannelId, nearMissId, dueAt: now, now });
  }
  if (reporterId !== null) {
    outbox.put({ teamId, kind: 'home', lane: homeLane(reporterId), personId: reporterId, dueAt: now, now });
  }
}

/** Takes the card's message away. The row says where it stands and nothing of the near-miss. */
function removeCard(outbox: OutboxWriter, row: Row, now: number): void {
  if (row.cardChannelId === null || row.cardTs === null) return;
  outbox.put({
    teamId: row.teamId,
    kind: 'card_removal',
    lane: row.cardChannelId,
    channelId: row.cardChannelId,
    ts: row.cardTs,
    dueAt: now,
    now,
  });
}

const COLUMNS = [
  'id',
  'teamId',
  'number',
  'tier',
  'audience',
  'reporterId',
  'stewardsThen',
  'channelId',
  'channelName',
  'channelKind',
  'capturedAt',
  'summary',
  'systemId',
  'cardChannelId',
  'cardThreadTs',
] as const;

function captureValues() {
  return Object.fromEntries(COLUMNS.map((column) => [column, sql.placeholder(column)])) as Record<
    (typeof COLUMNS)[number],
    ReturnType<typeof sql.placeholder>
  >;
}

function captureChanges() {
  const changes = Object.fromEntries(
    [...COLUMNS, 'cardTs' as const].map((column) => [column, sql`${sql.placeholder(column)}`]),
  );
  delete changes.id;
  return changes;
}

function toValues(capture: Capture) {
  const { conversation, card } = capture;
  return {
    id: capture.id,
    teamId: capture.teamId,
    tier: capture.tier,
    audience: capture.audience,
    reporterId: capture.reporterId ?? null,
    stewardsThen: JSON.stringify(capture.stewardsThen),
    channelId: conversation?.id ?? null,
    channelName: conversation?.name ?? null,
    channelKind: conversation?.kind ?? null,
    capturedAt: capture.capturedAt,
    summary: capture.summary,
    cardChannelId: card?.channelId ?? null,
    cardThreadTs: card?.threadTs ?? null,
  };
}

function toNearMiss(row: Row, system: string | undefined, byAuthor: Map<string, Telling>): NearMiss {
  const { channelId, channelName, channelKind, cardChannelId } = row;
  return {
    id: row.id,
    teamId: row.teamId,
    number: row.number ?? undefined,
    tier: row.tier,
    audience: row.audience,
    reporterId: row.reporterId ?? undefined,
    stewardsThen: JSON.parse(row.stewardsThen) as string[],
    conversation:
      channelId === null
        ? undefined
        : { id: channelId, name: channelName ?? '', kind: channelKind ?? 'private' },
    capturedAt: row.capturedAt,
    summary: row.summary,
    system,
    reached: row.reached ?? undefined,
    toldAt: row.toldAt ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
    card:
      cardChannelId === null
        ? undefined
        : { channelId: cardChannelId, threadTs: row.cardThreadTs ?? undefined, ts: row.cardTs ?? undefined },
    told: byAuthor.get(REPORTER) ?? EMPTY_TELLING,
    added: [...byAuthor]
      .filter(([author]) => author !== REPORTER)
      .map(([authorId, telling]) => ({ authorId, ...telling })),
  };
}
