import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import { ABOUT_SEVERAL } from '../../domain/digest/parts.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, inArray, ne, sql } from '../drizzle.ts';
import { IS_OPEN } from '../outbox/conditions.ts';
import { put } from '../outbox/put.ts';
import { nearMisses, outbox as outboxRows } from '../schema.ts';
import { partsOfDigest, toDigest } from './digest-rows.ts';
import { adoptions, digestParts, digestPreviews, digests } from './digest-schema.ts';

type Changed = {
  teamId: string;
  nearMissId: string;
  now: number;
  /** Only the message of the story itself, not those that count it. */
  scope?: 'story';
};

/** A story says something else now: the messages of digests that are about it are drawn again. */
export function storyChanged(tx: Tx, { teamId, nearMissId, now, scope }: Changed): void {
  for (const digest of digestsWith(tx, teamId, nearMissId)) {
    const positions = partsOfDigest(tx, teamId, digest.id)
      .filter(
        (part) => part.nearMissId === nearMissId || (scope !== 'story' && ABOUT_SEVERAL.includes(part.kind)),
      )
      .map(({ position }) => position);
    if (isOpen(digest)) redrawPreviews(tx, digest, positions, now);
    if (digest.state !== 'published') continue;
    for (const position of positions) redrawPart(tx, digest, position, now);
  }
}

export function redrawPart(
  tx: Tx,
  { teamId, id, channelId }: KeptDigest,
  position: number,
  now: number,
): void {
  put(tx, { teamId, now }, { kind: 'digest_change', digestId: id, position, channelId });
}

/** These messages of a digest's previews are drawn again. */
export function redrawPreviews(
  tx: Tx,
  digest: Pick<KeptDigest, 'id' | 'teamId'>,
  positions: number[],
  now: number,
): void {
  const { id: digestId, teamId } = digest;
  for (const { personId, position } of previewsOf(tx, digest)) {
    if (positions.includes(position))
      put(tx, { teamId, now }, { kind: 'preview_change', digestId, position, personId });
  }
}

// Asked with every change to any near-miss; most are in no digest.
const own = (db: Db) =>
  db
    .select({ id: nearMisses.digestId })
    .from(nearMisses)
    .where(
      and(eq(nearMisses.id, sql.placeholder('nearMissId')), eq(nearMisses.teamId, sql.placeholder('teamId'))),
    )
    .prepare();
const showing = (db: Db) =>
  db
    .select({ id: digestParts.digestId })
    .from(digestParts)
    .where(
      and(
        eq(digestParts.nearMissId, sql.placeholder('nearMissId')),
        eq(digestParts.teamId, sql.placeholder('teamId')),
      ),
    )
    .prepare();
const tellingWhoBorrowed = (db: Db) =>
  db
    .select({ id: adoptions.digestId })
    .from(adoptions)
    .where(
      and(
        eq(adoptions.nearMissId, sql.placeholder('nearMissId')),
        eq(adoptions.teamId, sql.placeholder('teamId')),
      ),
    )
    .prepare();

/** The digest it is in, those that tell who borrowed from it, and those that show it from the archive. One behind *More* has no message of its own. */
function digestsWith(tx: Tx, teamId: string, nearMissId: string): KeptDigest[] {
  const found = [own, showing, tellingWhoBorrowed].flatMap((asked) =>
    tx.prepared(asked).all({ teamId, nearMissId }),
  );
  const ids = found.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return [];
  const these = and(eq(digests.teamId, teamId), inArray(digests.id, ids));
  return tx.db.select().from(digests).where(these).all().map(toDigest);
}

/** Those that stand, and those that may be on their way now: a change waits in their lane until they arrived. */
function previewsOf(
  { db }: Tx,
  { teamId, id: digestId }: Pick<KeptDigest, 'id' | 'teamId'>,
): { personId: string; position: number }[] {
  const ofDigest = and(eq(digestPreviews.teamId, teamId), eq(digestPreviews.digestId, digestId));
  const standing = db.select().from(digestPreviews).where(ofDigest).all();
  const onTheirWay = db
    .select({ personId: outboxRows.personId, position: outboxRows.position })
    .from(outboxRows)
    .where(
      and(
        IS_OPEN,
        ne(outboxRows.state, 'pending'),
        eq(outboxRows.kind, 'preview_part'),
        eq(outboxRows.teamId, teamId),
        eq(outboxRows.digestId, digestId),
      ),
    )
    .all()
    .map(({ personId, position }) => ({ personId: personId ?? '', position: position ?? 0 }));
  return [...standing, ...onTheirWay];
}
