import type { Tx } from '../database.ts';
import { removePreviews } from './announce-digest.ts';
import { changeDigest, digestById, partAt, putParts } from './digest-rows.ts';
import { releaseAll, releaseStory } from './digest-stories.ts';
import { storyChanged } from './story-changed.ts';

type Part = { teamId: string; digestId: string; position: number; now: number };

/** The parent of a digest will stand nowhere: what was in it is free for a later digest, and it was not published. */
export function digestStandsNowhere(tx: Tx, { teamId, digestId, now }: Omit<Part, 'position'>): void {
  const digest = digestById(tx, teamId, digestId);
  if (digest === undefined || partAt(tx, teamId, digestId, 0)?.ts !== undefined) return;
  releaseAll(tx, digest);
  changeDigest(tx, digest, { state: 'quiet' });
  // Also the line that says who published it.
  removePreviews(tx, { ...digest, state: 'quiet' }, now);
  putParts(tx, digest, []);
}

/** At the last moment a story was not to be posted: should it be shared again, a later digest tells it. */
export function partStandsNowhere(tx: Tx, { teamId, digestId, position, now }: Part): void {
  const { nearMissId, ts } = partAt(tx, teamId, digestId, position) ?? {};
  if (nearMissId === undefined || ts !== undefined) return;
  releaseStory(tx, { teamId, id: digestId }, nearMissId);
  storyChanged(tx, { teamId, nearMissId, now });
}
