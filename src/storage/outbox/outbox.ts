import type { Outbox } from '../../domain/outbox/outbox.ts';
import type { Connection, Db } from '../database.ts';
import { eq, sql } from '../drizzle.ts';
import { outbox } from '../schema.ts';
import { letGo, tryAgain } from './answer-undelivered.ts';
import { believeCard, cardDelivery, hurryConfirmation, postCardAgain } from './card-delivery.ts';
import { claim } from './claim.ts';
import { IS_OPEN } from './conditions.ts';
import { put } from './put.ts';
import { settle } from './settle.ts';
import { undeliveredOf } from './undelivered.ts';

const saidPrivately = (db: Db) =>
  db
    .update(outbox)
    .set({ saidPrivately: true })
    .where(eq(outbox.seq, sql.placeholder('seq')))
    .prepare();

const due = (db: Db) =>
  db
    .select({ at: sql<number | null>`min(${outbox.dueAt})` })
    .from(outbox)
    .where(IS_OPEN)
    .prepare();

/** The outbox, each of its acts in one transaction. */
export function outboxPort(connection: Connection): Outbox {
  const { write, prepared } = connection;
  return {
    async claim(take) {
      const taken = write((tx) => claim(tx, take));
      if (taken === undefined || !('misfit' in taken)) return taken;
      const { seq, kind, says } = taken.misfit;
      throw new Error(
        `Row ${seq} of the outbox (${kind}, ${says}) is of no kind the app can send; it is refused.`,
      );
    },
    async settle(row, owner, found) {
      write((tx) => settle(tx, row, owner, found));
    },
    async answerPrivately({ seq }) {
      prepared(saidPrivately).run({ seq });
    },
    async nextDue() {
      return prepared(due).get()?.at ?? undefined;
    },
    async cardDelivery(teamId, nearMissId) {
      return cardDelivery(connection, { teamId, nearMissId });
    },
    async hurryConfirmation(teamId, nearMissId, now) {
      write((tx) => hurryConfirmation(tx, { teamId, nearMissId, now }));
    },
    async answerAsked({ answer, ...about }) {
      return write((tx) => (answer === 'is_there' ? believeCard(tx, about) : postCardAgain(tx, about)));
    },
    async undelivered(teamId) {
      return undeliveredOf(connection, teamId);
    },
    async answerUndelivered({ answer, ...about }) {
      write((tx) => (answer === 'let_go' ? letGo(tx, about) : tryAgain(tx, about)));
    },
    async refreshHome(teamId, personId, now) {
      write((tx) => put(tx, { teamId, now }, { kind: 'home', personId }));
    },
  };
}
