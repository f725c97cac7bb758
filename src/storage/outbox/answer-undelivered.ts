import { afterSettling } from '../../domain/outbox/after-settling.ts';
import { laneOf } from '../../domain/outbox/kinds.ts';
import { causeOf, type Waiting, whenLetGo } from '../../domain/outbox/undelivered.ts';
import type { Tx } from '../database.ts';
import { changeDigest } from '../digest/digest-rows.ts';
import { and, eq } from '../drizzle.ts';
import { outbox } from '../schema.ts';
import { settingsOf } from '../workspaces.ts';
import { applyEffects } from './apply-effects.ts';
import { type Found, waitingFor } from './undelivered.ts';

type Answer = { teamId: string; seq: number; now: number };

/**
 * What was refused with one cause is tried again together. Where nobody knows whether it is there, each is asked about.
 */
export function tryAgain(tx: Tx, { teamId, seq, now }: Answer): void {
  const all = waitingFor(tx, teamId);
  const one = all.find(({ row }) => row.seq === seq);
  if (one === undefined) return;
  const isTriedToo = ({ row, state }: Found) => state === 'refused' && causeOf(row) === causeOf(one.row);
  for (const { row } of one.state === 'refused' ? all.filter(isTriedToo) : [one]) {
    // A card that is looked for is known by the part it went as.
    const partId = row.kind === 'card_removal' ? row.partId : tx.newId();
    const lane = laneOf(toPresentChannel(tx, row));
    tx.db
      .update(outbox)
      .set({ state: 'pending', dueAt: now, partId, attempts: 0, lane })
      .where(and(eq(outbox.teamId, teamId), eq(outbox.seq, row.seq)))
      .run();
  }
}

/** A digest that stands nowhere yet goes to where digests go by now: its channel may be why it was refused. */
function toPresentChannel(tx: Tx, row: Waiting): Waiting {
  if (row.kind !== 'digest_part' || row.position !== 0) return row;
  const { teamId, digestId } = row;
  const channelId = settingsOf(tx, teamId).digest?.channelId ?? row.channelId;
  changeDigest(tx, { teamId, id: digestId }, { channelId });
  return { ...row, channelId };
}

/** It is left at that. */
export function letGo(tx: Tx, { teamId, seq, now }: Answer): void {
  const one = waitingFor(tx, teamId).find(({ row }) => row.seq === seq);
  if (one === undefined) return;
  const state = whenLetGo(one.row, one.state);
  const thisRow = and(eq(outbox.teamId, teamId), eq(outbox.seq, seq));
  if (state === 'forgotten') {
    tx.db.delete(outbox).where(thisRow).run();
    return;
  }
  tx.db.update(outbox).set({ state, dueAt: now }).where(thisRow).run();
  applyEffects(tx, { teamId, now }, afterSettling(one.row, 'let_go', { state }));
}
