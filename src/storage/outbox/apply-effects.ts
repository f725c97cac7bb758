import type { Effect } from '../../domain/outbox/after-settling.ts';
import type { Db, Tx } from '../database.ts';
import { digestStandsNowhere, partStandsNowhere } from '../digest/digest-not-posted.ts';
import { digestMessageStands } from '../digest/message-stands.ts';
import { and, eq, sql } from '../drizzle.ts';
import { nearMisses, outbox } from '../schema.ts';

const value = (name: string) => sql.placeholder(name);

const noteCard = (db: Db) =>
  db
    .update(nearMisses)
    .set({ cardTs: sql`${value('ts')}` })
    .where(and(eq(nearMisses.teamId, value('teamId')), eq(nearMisses.id, value('nearMissId'))))
    .prepare();
const hurryWaiting = (db: Db) =>
  db
    .update(outbox)
    .set({ dueAt: sql`min(${outbox.dueAt}, ${outbox.triedAt})` })
    .where(
      sql`${outbox.teamId} = ${value('teamId')} and ${outbox.nearMissId} = ${value('nearMissId')} and ${outbox.kind} = 'confirmation' and ${outbox.state} = 'pending' and ${outbox.attempts} > 0`,
    )
    .prepare();

/** What follows from what became of a row, in the transaction that notes it. */
export function applyEffects(tx: Tx, when: { teamId: string; now: number }, effects: Effect[]): void {
  for (const effect of effects) applyEffect(tx, when, effect);
}

function applyEffect(tx: Tx, when: { teamId: string; now: number }, effect: Effect): void {
  switch (effect.do) {
    case 'note_card':
      return void tx.prepared(noteCard).run({ ...when, ...effect });
    case 'hurry_confirmation':
      return void tx.prepared(hurryWaiting).run({ ...when, ...effect });
    case 'digest_message_stands':
      return digestMessageStands(tx, effect.row, { ...when, ...effect });
    case 'digest_stands_nowhere':
      return digestStandsNowhere(tx, { ...when, ...effect });
    case 'part_stands_nowhere':
      return partStandsNowhere(tx, { ...when, ...effect });
  }
}
