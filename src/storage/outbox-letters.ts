import { LET_GO } from '../domain/delivery.ts';
import type { Outbox } from '../domain/outbox.ts';
import type { Connection } from './database.ts';
import { digestNowhereIn } from './digest-nowhere.ts';
import { digests } from './digest-schema.ts';
import { and, asc, eq, sql } from './drizzle.ts';
import { outbox } from './schema.ts';
import { settingsIn } from './workspaces.ts';

/** In the words of the partial index outbox_letters. */
const LETTER = sql`kind in ('digest_part', 'digest_change') and state in ('refused', 'asked')`;

/** They are read on a Home, which holds a hundred blocks; those that follow are seen when these are answered. */
const MOST_LETTERS = 10;

/** What did not arrive of digests, and what stewards make of it. Private to storage. */
export type Letters = Pick<Outbox, 'deadLetters' | 'answerLetter'> & {
  /** How many wait of one digest, inside somebody else's transaction. */
  waiting: (teamId: string, digestId: string | undefined) => number;
};

export function lettersIn(connection: Connection): Letters {
  const standsNowhere = digestNowhereIn(connection);
  const { db, write, newId } = connection;
  const settings = settingsIn(connection);

  function lettersOf(teamId: string) {
    const ofTeam = and(eq(outbox.teamId, teamId), LETTER);
    return db.select().from(outbox).where(ofTeam).orderBy(asc(outbox.seq)).all();
  }

  /** What was refused of one digest has one cause: it is tried again together. Where nobody knows, each is asked about. */
  function triedTogether(teamId: string, seq: number): (typeof outbox.$inferSelect)[] {
    const all = lettersOf(teamId);
    const letter = all.find((one) => one.seq === seq);
    if (letter?.state !== 'refused') return letter === undefined ? [] : [letter];
    return all.filter(({ state, digestId }) => state === 'refused' && digestId === letter.digestId);
  }

  /** A digest that stands nowhere yet goes to where digests go by now: its channel may be why it was refused. */
  function laneOf({ teamId, kind, position, digestId, lane }: typeof outbox.$inferSelect): string {
    const channelId = settings.of(teamId).digest?.channelId;
    if (kind !== 'digest_part' || position !== 0 || digestId === null || channelId === undefined) return lane;
    db.update(digests).set({ channelId }).where(eq(digests.id, digestId)).run();
    return channelId;
  }

  /** Where nobody knew, it may be there: it is looked for a last time, since others follow it. */
  function letGo(teamId: string, seq: number, now: number): void {
    const letter = and(eq(outbox.teamId, teamId), eq(outbox.seq, seq));
    const refused = and(letter, sql`kind in ('digest_part', 'digest_change') and state = 'refused'`);
    const row = db.select().from(outbox).where(refused).get();
    db.update(outbox).set({ state: 'sent' }).where(refused).run();
    if (row?.kind === 'digest_part' && row.position === 0) standsNowhere(row.digestId ?? '');
    const asked = and(letter, sql`kind = 'digest_part' and state = 'asked'`);
    db.update(outbox).set({ state: 'unsure', why: LET_GO, dueAt: now }).where(asked).run();
  }

  return {
    waiting: (teamId, digestId) => lettersOf(teamId).filter((one) => one.digestId === digestId).length,

    async deadLetters(teamId) {
      return lettersOf(teamId)
        .slice(0, MOST_LETTERS)
        .map(({ seq, kind, state, why }) => ({
          seq,
          isChange: kind === 'digest_change',
          state: state === 'asked' ? 'asked' : 'refused',
          why: why ?? undefined,
        }));
    },

    async answerLetter({ teamId, seq, answer, now }) {
      write(() => {
        if (answer === 'let_go') return letGo(teamId, seq, now);
        for (const letter of triedTogether(teamId, seq)) {
          db.update(outbox)
            .set({ state: 'pending', dueAt: now, partId: newId(), attempts: 0, lane: laneOf(letter) })
            .where(eq(outbox.seq, letter.seq))
            .run();
        }
      });
    },
  };
}
