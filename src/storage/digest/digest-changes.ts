import { isOpen, type Part } from '../../domain/digest/kept-digest.ts';
import type { Connection } from '../database.ts';
import { and, eq, inArray, isNull, ne, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { IS_OPEN } from '../outbox/conditions.ts';
import { put } from '../outbox/put.ts';
import { nearMisses, outbox as outboxRows } from '../schema.ts';
import { adoptions, digestParts, digestPreviews, digests } from './digest-schema.ts';

/** What changes a digest after it was rendered, inside somebody else's transaction. Private to storage. */
export type DigestChanges = {
  /** A story says something else now: its message is drawn again, and unless only it changed what counts it. */
  storyChanged: (nearMissId: string, now: number, scope?: 'story') => void;
  /** These messages of its previews are drawn again. */
  redrawPreviews: (digest: { id: string; teamId: string }, positions: number[], now: number) => void;
};

/** The messages that are about more than one story. */
const COUNTING: Part['kind'][] = ['parent', 'chart', 'more', 'borrowed'];

export const digestChangesIn = oncePerFile((connection: Connection): DigestChanges => {
  const { db } = connection;

  // Asked with every change to any near-miss; most are in no digest.
  const own = db
    .select({ id: nearMisses.digestId })
    .from(nearMisses)
    .where(eq(nearMisses.id, sql.placeholder('nearMissId')))
    .prepare();
  const showing = db
    .select({ id: digestParts.digestId })
    .from(digestParts)
    .where(eq(digestParts.nearMissId, sql.placeholder('nearMissId')))
    .prepare();

  const tellingOf = db
    .select({ id: adoptions.digestId })
    .from(adoptions)
    .where(eq(adoptions.nearMissId, sql.placeholder('nearMissId')))
    .prepare();

  /** The digest it is in, those that tell who borrowed from it, and those that show it from the archive. One behind *More* has no message of its own. */
  function digestsWith(nearMissId: string): (typeof digests.$inferSelect)[] {
    const found = [own, showing, tellingOf].flatMap((asked) => asked.all({ nearMissId }));
    const ids = found.flatMap(({ id }) => id ?? []);
    return ids.length === 0 ? [] : db.select().from(digests).where(inArray(digests.id, ids)).all();
  }

  function affected(digestId: string, nearMissId: string, scope?: 'story'): number[] {
    return db
      .select({
        position: digestParts.position,
        kind: digestParts.kind,
        nearMissId: digestParts.nearMissId,
      })
      .from(digestParts)
      .where(eq(digestParts.digestId, digestId))
      .all()
      .filter((part) => part.nearMissId === nearMissId || (scope !== 'story' && COUNTING.includes(part.kind)))
      .map(({ position }) => position);
  }

  /** What was rendered and is not posted yet is out of date, and may be words that were taken back. */
  function forgetRendered(digestId: string, positions: number[]): void {
    db.update(digestParts)
      .set({ variants: '[]' })
      .where(
        and(
          eq(digestParts.digestId, digestId),
          inArray(digestParts.position, positions),
          isNull(digestParts.ts),
        ),
      )
      .run();
  }

  /** Those that stand, and those that may be on their way now: a change waits in their lane until they arrived. */
  function previewsOf(digestId: string): { personId: string; position: number }[] {
    const standing = db.select().from(digestPreviews).where(eq(digestPreviews.digestId, digestId)).all();
    const onTheirWay = db
      .select({ personId: outboxRows.personId, position: outboxRows.position })
      .from(outboxRows)
      .where(
        and(
          IS_OPEN,
          ne(outboxRows.state, 'pending'),
          eq(outboxRows.kind, 'preview_part'),
          eq(outboxRows.digestId, digestId),
        ),
      )
      .all()
      .map(({ personId, position }) => ({ personId: personId ?? '', position: position ?? 0 }));
    return [...standing, ...onTheirWay];
  }

  function redrawPreviews(
    { id: digestId, teamId }: { id: string; teamId: string },
    positions: number[],
    now: number,
  ): void {
    for (const { personId, position } of previewsOf(digestId)) {
      if (!positions.includes(position)) continue;
      put(connection, { teamId, now }, { kind: 'preview_change', digestId, position, personId });
    }
  }

  return {
    redrawPreviews,
    storyChanged(nearMissId, now, scope) {
      for (const digest of digestsWith(nearMissId)) {
        const { id: digestId, teamId, channelId, state } = digest;
        const positions = affected(digestId, nearMissId, scope);
        forgetRendered(digestId, positions);
        if (isOpen(digest)) redrawPreviews(digest, positions, now);
        if (state !== 'published') continue;
        for (const position of positions)
          put(connection, { teamId, now }, { kind: 'digest_change', digestId, position, channelId });
      }
    },
  };
});
