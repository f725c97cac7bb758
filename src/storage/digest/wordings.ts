import { isOpen, type Wording, type Wordings } from '../../domain/digest/kept-digest.ts';
import type { Connection, Tx } from '../database.ts';
import { and, eq } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { digestById } from './digest-rows.ts';
import { wordings } from './digest-schema.ts';
import { storyChanged } from './story-changed.ts';

/** Words for the digest that a steward proposes and the reporter agrees to, or does not. */
export function wordingsPort(connection: Connection): Wordings {
  const { write } = connection;
  return {
    propose: async (of) => write((tx) => proposeWording(tx, of)),
    of: async (teamId, nearMissId) => wordingOf(connection, teamId, nearMissId),
    answer: async (of) => write((tx) => answerWording(tx, of)),
  };
}

function proposeWording(tx: Tx, of: Parameters<Wordings['propose']>[0]): boolean {
  const { teamId, digestId, nearMissId, by: stewardId, wording, now } = of;
  const digest = digestById(tx, teamId, digestId);
  if (digest === undefined || !isOpen(digest)) return false;
  const story = tx.db
    .select()
    .from(nearMisses)
    .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.id, nearMissId)))
    .get();
  const personId = story?.reporterId;
  // Withdrawn, or left out, while the modal stood open: there is nothing to word any more.
  if (personId == null || story?.withdrawnAt !== null || story.digestId !== digestId) return false;
  const wasAgreed = wordingOf(tx, teamId, nearMissId)?.state === 'agreed';
  const proposal = { stewardId, wording, state: 'proposed' as const };
  tx.db
    .insert(wordings)
    .values({ teamId, nearMissId, ...proposal })
    .onConflictDoUpdate({ target: wordings.nearMissId, set: proposal })
    .run();
  put(tx, { teamId, now }, { kind: 'notice', personId, notice: { says: 'wording', nearMissId } });
  // Until there is a yes to the new words, the digest carries its reporter's own again.
  if (wasAgreed) storyChanged(tx, { teamId, nearMissId, now });
  return true;
}

function wordingOf({ db }: Tx, teamId: string, nearMissId: string): Wording | undefined {
  const row = db.select().from(wordings).where(ofStory(teamId, nearMissId)).get();
  return row && { wording: row.wording, by: row.stewardId, state: row.state };
}

function answerWording(tx: Tx, of: Parameters<Wordings['answer']>[0]): boolean {
  const { teamId, nearMissId, wording, agreed, now } = of;
  const { changes } = tx.db
    .update(wordings)
    .set({ state: agreed ? 'agreed' : 'declined' })
    .where(and(ofStory(teamId, nearMissId), eq(wordings.wording, wording)))
    .run();
  if (changes > 0) storyChanged(tx, { teamId, nearMissId, now });
  return changes > 0;
}

function ofStory(teamId: string, nearMissId: string) {
  return and(eq(wordings.teamId, teamId), eq(wordings.nearMissId, nearMissId));
}
