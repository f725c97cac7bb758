import type { Posted } from '../../domain/storage.ts';
import type { Connection } from '../database.ts';
import { digestParts, digests } from '../digest/digest-schema.ts';
import { and, eq, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { type nearMisses, outbox, workspaces } from '../schema.ts';

/** Where the words of a near-miss are posted. Inside somebody else's transaction; private to storage. */
export function postedIn(connection: Connection): (row: typeof nearMisses.$inferSelect) => Posted {
  const stateOf = digestStateIn(connection);
  // A parent that stewards only said is there is none the app could change.
  const parent = connection.db
    .select({ ts: digestParts.ts })
    .from(digestParts)
    .where(and(eq(digestParts.digestId, sql.placeholder('digestId')), eq(digestParts.position, 0)))
    .prepare();
  // One that was dropped in the end is there no more than one that is refused; a person may have said that it is.
  const cardToBe = connection.db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(
      sql`${outbox.nearMissId} = ${sql.placeholder('nearMissId')} and ${outbox.kind} = 'card'
        and ${outbox.state} in ('pending', 'sending', 'unsure', 'asked', 'believed')`,
    )
    .prepare();
  return ({ id, cardTs, digestId, audience }) => ({
    card: cardTs !== null || cardToBe.get({ nearMissId: id }) !== undefined,
    digest:
      audience === 'everyone' &&
      digestId !== null &&
      stateOf.get({ id: digestId })?.state === 'published' &&
      parent.get({ digestId })?.ts != null,
  });
}

function digestStateIn({ db }: Connection) {
  return db
    .select({ state: digests.state })
    .from(digests)
    .where(eq(digests.id, sql.placeholder('id')))
    .prepare();
}

/**
 * Does a near-miss wait for the digest before anybody else may see it? Those whose name is not on them were
 * promised so, where there is a digest. Inside somebody else's transaction; private to storage.
 */
export const waitsForDigestIn = oncePerFile(
  (connection: Connection): ((row: typeof nearMisses.$inferSelect) => boolean) => {
    const { db } = connection;
    const setUp = db
      .select({ is: sql<number>`json_extract(${workspaces.settings}, '$.digest') is not null` })
      .from(workspaces)
      .where(eq(workspaces.teamId, sql.placeholder('teamId')))
      .prepare();
    const stateOf = digestStateIn(connection);

    return ({ tier, teamId, audience, cardChannelId, digestId, notForDigest }) => {
      if (tier === 'named' || setUp.get({ teamId })?.is !== 1) return false;
      if (notForDigest === 1) return false;
      if (audience === 'channel') return cardChannelId === null;
      return digestId === null || stateOf.get({ id: digestId })?.state !== 'published';
    };
  },
);
