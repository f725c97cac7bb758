import { LET_GO } from '../../domain/outbox/delivery.ts';
import type { DeadLetter, Outbox } from '../../domain/outbox/outbox.ts';
import type { Connection } from '../database.ts';
import { digestStandsNowhere } from '../digest/digest-not-posted.ts';
import { digests } from '../digest/digest-schema.ts';
import { and, asc, eq, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { outbox } from '../schema.ts';
import { settingsIn } from '../workspaces.ts';

/** In the words of the partial index outbox_letters. */
const LETTER = sql`kind in ('digest_part', 'digest_change', 'card', 'card_removal') and state in ('refused', 'asked')`;

/** The reporter of a card hears of it themselves, and a preview that could not be taken away is one steward's own. */
const FOR_STEWARDS = sql`(kind <> 'card' or exists (select 1 from near_misses where near_misses.id = near_miss_id and reporter_id is null))
  and (kind <> 'card_removal' or outbox.digest_id is null)`;

/** They are read on a Home, which holds a hundred blocks; those that follow are seen when these are answered. */
const MOST_LETTERS = 10;

type Letter = typeof outbox.$inferSelect;

/** What did not arrive and is for stewards, and what they make of it. Private to storage. */
export type Letters = Pick<Outbox, 'deadLetters' | 'answerLetter'> & {
  /** How many wait of one digest, or of none, inside somebody else's transaction. */
  waiting: (teamId: string, digestId?: string | null) => number;
};

export const lettersIn = oncePerFile((connection: Connection): Letters => {
  const { db, write, newId } = connection;
  const settings = settingsIn(connection);

  function lettersOf(teamId: string) {
    const ofTeam = and(eq(outbox.teamId, teamId), LETTER, FOR_STEWARDS);
    return db.select().from(outbox).where(ofTeam).orderBy(asc(outbox.seq)).all();
  }

  /** What was refused of one digest, or in one channel, has one cause: it is tried again together. Where nobody knows, each is asked about. */
  function triedTogether(teamId: string, seq: number): Letter[] {
    const all = lettersOf(teamId);
    const letter = all.find((one) => one.seq === seq);
    if (letter?.state !== 'refused') return letter === undefined ? [] : [letter];
    return all.filter((one) => one.state === 'refused' && causeOf(one) === causeOf(letter));
  }

  /** A digest that stands nowhere yet goes to where digests go by now: its channel may be why it was refused. */
  function laneOf({ teamId, kind, position, digestId, lane }: Letter): string {
    const channelId = settings.of(teamId).digest?.channelId;
    if (kind !== 'digest_part' || position !== 0 || digestId === null || channelId === undefined) return lane;
    db.update(digests).set({ channelId }).where(eq(digests.id, digestId)).run();
    return channelId;
  }

  function letGo(teamId: string, seq: number, now: number): void {
    const letter = lettersOf(teamId).find((one) => one.seq === seq);
    if (letter === undefined) return;
    if (letter.kind === 'card' || letter.kind === 'card_removal') letGoOfCard(letter);
    else letGoOfDigest(letter, now);
  }

  /** It is believed to be there, or it stays as it is; of a removal nothing is left to keep. */
  function letGoOfCard({ seq, state }: Letter): void {
    const row = eq(outbox.seq, seq);
    if (state === 'asked') db.update(outbox).set({ state: 'sent' }).where(row).run();
    else db.delete(outbox).where(row).run();
  }

  /** Where nobody knew, it may be there: it is looked for a last time, since others follow it. */
  function letGoOfDigest({ seq, teamId, kind, state, position, digestId }: Letter, now: number): void {
    const row = eq(outbox.seq, seq);
    if (kind === 'digest_part' && state === 'asked') {
      db.update(outbox).set({ state: 'unsure', why: LET_GO, dueAt: now }).where(row).run();
      return;
    }
    db.update(outbox).set({ state: 'sent' }).where(row).run();
    if (kind === 'digest_part' && position === 0 && digestId !== null)
      digestStandsNowhere(connection, { teamId, digestId, now });
  }

  return {
    waiting: (teamId, digestId = null) => lettersOf(teamId).filter((one) => one.digestId === digestId).length,

    async deadLetters(teamId) {
      return lettersOf(teamId).slice(0, MOST_LETTERS).map(toLetter);
    },

    async answerLetter({ teamId, seq, answer, now }) {
      write(() => {
        if (answer === 'let_go') return letGo(teamId, seq, now);
        for (const letter of triedTogether(teamId, seq)) {
          // A card that is looked for is known by the part it went as.
          const partId = letter.kind === 'card_removal' ? letter.partId : newId();
          db.update(outbox)
            .set({ state: 'pending', dueAt: now, partId, attempts: 0, lane: laneOf(letter) })
            .where(eq(outbox.seq, letter.seq))
            .run();
        }
      });
    },
  };
});

function causeOf({ digestId, kind, lane }: Letter): string {
  return digestId ?? `${kind} ${lane}`;
}

function toLetter(row: Letter): DeadLetter {
  const { seq, state, why, lane, digestId } = row;
  const about = aboutOf(row);
  return {
    seq,
    about,
    state: state === 'asked' ? 'asked' : 'refused',
    why: why ?? undefined,
    ...(digestId !== null && { digestId }),
    ...((about === 'card' || about === 'removal' || about === 'search') && { channelId: lane }),
  };
}

function aboutOf({ kind, position, ts }: Letter): DeadLetter['about'] {
  if (kind === 'digest_change') return 'change';
  if (kind === 'card') return 'card';
  if (kind === 'card_removal') return ts === null ? 'search' : 'removal';
  return position === 0 ? 'parent' : 'part';
}
