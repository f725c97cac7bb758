import type { Told } from '../../domain/digest/kept-digest.ts';
import type { Tx } from '../database.ts';
import { and, eq } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { digestParts, digests } from './digest-schema.ts';

/** Where published digests of the workspace tell a story; undefined where none does. */
export function toldWhere({ db }: Tx, teamId: string, nearMissId: string): Told | undefined {
  const published = and(eq(digests.teamId, teamId), eq(digests.state, 'published'));
  const withMessages = db
    .selectDistinct({ channelId: digests.channelId })
    .from(digestParts)
    .innerJoin(digests, eq(digests.id, digestParts.digestId))
    .where(and(eq(digestParts.nearMissId, nearMissId), eq(digestParts.teamId, teamId), published))
    .all();
  const behindMore = db
    .select({ id: digests.id })
    .from(nearMisses)
    .innerJoin(digests, eq(digests.id, nearMisses.digestId))
    .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.id, nearMissId), published))
    .get();
  if (withMessages.length === 0 && behindMore === undefined) return undefined;
  return { channels: withMessages.map(({ channelId }) => channelId) };
}
