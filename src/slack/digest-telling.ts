import type { Outcome } from '../domain/delivery.ts';
import type { KeptDigest } from '../domain/digests.ts';
import type { NearMiss } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { escapeText, typed } from './blocks.ts';
import { digestChannelName } from './digest-channel.ts';
import { channelRefused, leftOut, partRefused, wordingProposed } from './digest-notices.ts';
import { directMessage, postTo, type Ways } from './posting.ts';

/** A steward's line, to whoever shared what was left out. */
export async function tellLeftOut(ways: Ways, row: OutboxRow, digest: KeptDigest): Promise<Outcome> {
  const { storage, people } = ways.app;
  const nearMiss = await storage.nearMisses.byId(row.teamId, row.nearMissId ?? '');
  const wrote = await storage.digests.lineFor(digest.id, row.nearMissId ?? '');
  if (nearMiss?.reporterId === undefined || wrote === undefined) return { kind: 'dropped' };
  const steward = (await people.names([wrote.by])).get(wrote.by);
  return say(ways, row, leftOut(nearMiss, steward, wrote.line));
}

/** What stewards have to mend. */
export async function tellSteward(ways: Ways, row: OutboxRow): Promise<Outcome> {
  const { storage } = ways.app;
  const { digest } = await storage.workspaces.settings(row.teamId);
  const channel = digest && digestChannelName(ways.app, digest);
  if (row.kind === 'channel_refused') return say(ways, row, channelRefused(channel));
  const letters = await storage.outbox.deadLetters(row.teamId);
  const [first] = letters.filter(({ digestId }) => digestId === row.digestId);
  return say(ways, row, partRefused(channel, first));
}

async function say(ways: Ways, row: OutboxRow, words: string): Promise<Outcome> {
  return postTo(
    ways,
    await directMessage(ways, row.personId),
    { text: escapeText(words), blocks: [typed(words)] },
    row.partId,
  );
}

/** A steward's proposal, to whoever shared it. */
export async function sendWording(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const wording = await ways.app.storage.wordings.of(nearMiss.id);
  if (wording?.state !== 'proposed' || nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
  const steward = (await ways.app.people.names([wording.by])).get(wording.by);
  return postTo(
    ways,
    await directMessage(ways, row.personId),
    wordingProposed(nearMiss, steward, wording.wording),
    row.partId,
  );
}
