import {
  afterLetGo,
  afterTakenBack,
  type DeliveryState,
  dueWork,
  isRemembered,
  isTakenBack,
  LET_GO,
} from '../domain/delivery.ts';
import type { CardDelivery, Outbox, OutboxKind, OutboxRow } from '../domain/outbox.ts';
import type { Connection } from './database.ts';
import { digestAnnouncingIn } from './digest-announcing.ts';
import { digestChangesIn } from './digest-changes.ts';
import { digestNowhereIn } from './digest-nowhere.ts';
import { digestRowsIn } from './digest-rows.ts';
import { digestStoriesIn } from './digest-stories.ts';
import { lettersIn } from './outbox-letters.ts';
import { outboxStatementsIn } from './outbox-statements.ts';
import { homeLane, outboxWriterIn } from './outbox-writer.ts';
import type { outbox } from './schema.ts';
import { undeliveredIn } from './undelivered.ts';

type Row = typeof outbox.$inferSelect;

export function outboxIn(connection: Connection): Outbox {
  const { write, newId } = connection;
  const writer = outboxWriterIn(connection);
  const digestRows = digestRowsIn(connection);
  const announcing = digestAnnouncingIn(connection);
  const stories = digestStoriesIn(connection);
  const digests = digestChangesIn(connection);
  const standsNowhere = digestNowhereIn(connection);
  const undelivered = undeliveredIn(connection);
  const letters = lettersIn(connection);
  const statements = outboxStatementsIn(connection);

  /** At the last moment it was not to be posted: should it be shared again, a later digest tells it. */
  function release({ digestId = '', position = 0, triedAt, createdAt }: OutboxRow): void {
    const part = digestRows.part(digestId, position);
    if (part?.nearMissId === undefined || part.ts !== undefined) return;
    stories.release(digestId, part.nearMissId);
    digests.storyChanged(part.nearMissId, triedAt ?? createdAt);
  }

  return {
    deadLetters: letters.deadLetters,
    answerLetter: letters.answerLetter,

    async claim({ owner, now, leaseUntil, betweenMs }) {
      return write(() => {
        for (;;) {
          const row = statements.next.get({ now, paceFrom: now - betweenMs });
          if (row === undefined) {
            statements.setBack.run({ now, leaseUntil });
            return undefined;
          }
          const work = dueWork(row);
          if (work === 'nothing') {
            statements.note.run({
              ...UNCHANGED,
              seq: row.seq,
              state: 'sent',
              dueAt: now,
              why: 'its sender stopped',
            });
            continue;
          }
          // A look is not a message: it keeps the time of the attempt it asks about.
          const triedAt = work === 'look' ? Math.min(row.triedAt ?? row.createdAt, now) : now;
          statements.take.run({ seq: row.seq, owner, leaseUntil, triedAt });
          return { ...toRow(row), work, attempts: row.attempts + 1, triedAt };
        }
      });
    },

    async settle(row, owner, found) {
      write(() => {
        const held = statements.held.get({ seq: row.seq, owner });
        // Somebody else took it over after our lease ran out; what they find out counts.
        if (held === undefined) return;
        const isLetGo = held.why === LET_GO;
        const next = isLetGo ? afterLetGo(found) : isTakenBack(held) ? afterTakenBack(found) : found;
        if (held.kind === 'card_change' && next.state === 'refused') undelivered.cardStands(row, next.why);
        if (held.kind === 'card_change' && next.state === 'sent' && next.why !== undefined)
          undelivered.cardWithheld(row, next.why);
        if (!isRemembered(held.kind, next.state)) {
          statements.remove.run({ seq: row.seq });
          return;
        }
        const { state, dueAt = row.createdAt, why = null, channelId = null, ts = null } = next;
        statements.note.run({ seq: row.seq, state, dueAt, why, channelId, ts });
        if (state === 'sent' && ts !== null && row.digestId !== undefined) {
          announcing.stands(row, channelId ?? '', ts, row.triedAt ?? row.createdAt);
        }
        if (held.kind === 'digest_part' && state === 'sent' && ts === null) {
          // Where the app could not look either, whoever let it go is believed: it is there.
          const isThere = isLetGo && found.state === 'asked';
          if (row.position === 0 && !isThere) standsNowhere(row.digestId ?? '', row.triedAt ?? row.createdAt);
          else if (!isLetGo) release(row);
        }
        const isForStewards = FOR_STEWARDS.includes(held.kind) && !isOfPreview(held.kind, row);
        if (isForStewards && (state === 'refused' || state === 'asked')) undelivered.waitsForStewards(row);
        if (held.kind !== 'card' || row.nearMissId === undefined) return;
        if (state !== 'pending' && state !== 'unsure') statements.cardDecided.run(row);
        if (state === 'sent' && ts !== null) statements.cardStands.run({ nearMissId: row.nearMissId, ts });
        if (state === 'asked') undelivered.cardAsked(row);
        if (state === 'refused') undelivered.cardRefused(row);
      });
    },

    async answerPrivately({ seq }) {
      statements.saidPrivately.run({ seq });
    },

    async nextDue() {
      return statements.due.get()?.at ?? undefined;
    },

    async cardDelivery(nearMissId) {
      const row = statements.card.get({ nearMissId });
      if (row === undefined) return { state: 'none' };
      return { state: CARD_STATES[row.state], ...(row.why !== null && { why: row.why }) };
    },

    async hurryConfirmation(nearMissId, now) {
      statements.hurry.run({ nearMissId, now });
    },

    async answerAsked(nearMissId, answer, now) {
      const { changes } =
        answer === 'is_there'
          ? statements.believe.run({ nearMissId })
          : statements.postAgain.run({ nearMissId, now, partId: newId() });
      return changes > 0;
    },

    async refreshHome(teamId, personId, now) {
      write(() => writer.put({ teamId, kind: 'home', lane: homeLane(personId), personId, dueAt: now, now }));
    },
  };
}

const CARD_STATES: Record<DeliveryState, CardDelivery['state']> = {
  pending: 'waiting',
  sending: 'waiting',
  unsure: 'waiting',
  asked: 'asked',
  sent: 'posted',
  refused: 'refused',
};

/** What did not arrive of these has nobody of its own who could be told. */
const FOR_STEWARDS: OutboxKind[] = ['digest_part', 'digest_change', 'card_removal'];

/** A preview that is to be taken away is one steward's own. */
function isOfPreview(kind: OutboxKind, { digestId }: OutboxRow): boolean {
  return kind === 'card_removal' && digestId !== undefined;
}

const UNCHANGED = { channelId: null, ts: null };

function toRow(row: Row): Omit<OutboxRow, 'work'> {
  return {
    seq: row.seq,
    partId: row.partId,
    teamId: row.teamId,
    kind: row.kind,
    nearMissId: row.nearMissId ?? undefined,
    personId: row.personId ?? undefined,
    attempts: row.attempts,
    digestId: row.digestId ?? undefined,
    position: row.position ?? undefined,
    channelId: row.channelId ?? undefined,
    threadTs: row.threadTs ?? undefined,
    ts: row.ts ?? undefined,
    why: row.why ?? undefined,
    createdAt: row.createdAt,
    triedAt: row.triedAt ?? undefined,
  };
}
