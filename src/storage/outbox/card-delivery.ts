import type { DeliveryState } from '../../domain/outbox/delivery.ts';
import type { CardDelivery } from '../../domain/outbox/outbox.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { outbox } from '../schema.ts';

type About = { teamId: string; nearMissId: string };

const value = (name: string) => sql.placeholder(name);
const ofNearMiss = and(eq(outbox.teamId, value('teamId')), eq(outbox.nearMissId, value('nearMissId')));
const itsCard = and(ofNearMiss, eq(outbox.kind, 'card'));
const askedCard = and(itsCard, eq(outbox.state, 'asked'));

const SHOWN: Record<DeliveryState, CardDelivery['state']> = {
  pending: 'waiting',
  sending: 'waiting',
  unsure: 'waiting',
  let_go: 'waiting',
  asked: 'asked',
  believed: 'believed',
  sent: 'posted',
  refused: 'refused',
  dropped: 'none',
};

const card = (db: Db) =>
  db.select({ state: outbox.state, why: outbox.why }).from(outbox).where(itsCard).prepare();

/** How the card of a near-miss stands with Slack. */
export function cardDelivery(tx: Tx, about: About): CardDelivery {
  const row = tx.prepared(card).get(about);
  if (row === undefined) return { state: 'none' };
  return { state: SHOWN[row.state], ...(row.why !== null && { why: row.why }) };
}

const believe = (db: Db) => db.update(outbox).set({ state: 'believed' }).where(askedCard).prepare();

/** A person says that a card is there. False when nobody asks any more. */
export function believeCard(tx: Tx, about: About): boolean {
  return tx.prepared(believe).run(about).changes > 0;
}

const again = (db: Db) =>
  db
    .update(outbox)
    .set({
      state: 'pending',
      dueAt: sql`${value('now')}`,
      partId: sql`${value('partId')}`,
      attempts: 0,
    })
    .where(askedCard)
    .prepare();

/** A person says that a card is not there: it is posted as a new part. False when nobody asks any more. */
export function postCardAgain(tx: Tx, about: About & { now: number }): boolean {
  return tx.prepared(again).run({ ...about, partId: tx.newId() }).changes > 0;
}

const hurry = (db: Db) =>
  db
    .update(outbox)
    .set({ dueAt: sql`${value('now')}` })
    .where(
      and(ofNearMiss, eq(outbox.kind, 'confirmation'), eq(outbox.state, 'pending'), eq(outbox.attempts, 0)),
    )
    .prepare();

/** The end of a capture was seen: its confirmation need not wait any longer. */
export function hurryConfirmation(tx: Tx, about: About & { now: number }): void {
  tx.prepared(hurry).run(about);
}
