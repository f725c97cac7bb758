import type { Outcome } from '../domain/delivery.ts';
import { mayBePublished } from '../domain/digest.ts';
import type { KeptDigest, KeptPart } from '../domain/digests.ts';
import type { Card, NearMiss } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import type { Message } from './card.ts';
import { isPlatformError } from './conversations.ts';
import {
  blankedStory,
  borrowedMessage,
  digestParent,
  digestStory,
  emptiedParent,
  fromTheArchive,
  moreMessage,
  nothingBorrowed,
  noticedPart,
} from './digest-message.ts';
import { tellLeftOut, tellSteward } from './digest-telling.ts';
import { directMessage, postTo, type Ways } from './posting.ts';
import { type PreviewNews, previewOf } from './preview.ts';
import { peopleNamed } from './story.ts';

const A_WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Rows that are about no near-miss and no digest, but about the practice. */
export function isForStewards(kind: OutboxRow['kind']): boolean {
  return kind === 'channel_refused' || kind === 'part_refused';
}

/** Sends what belongs to a digest: its messages, its previews, and what people hear about it. */
export async function sendOfDigest(ways: Ways, row: OutboxRow): Promise<Outcome> {
  const { storage } = ways.app;
  if (row.kind === 'channel_refused' || row.kind === 'part_refused') return tellSteward(ways, row);
  const digest = await storage.digests.byId(row.teamId, row.digestId ?? '');
  if (digest === undefined) return { kind: 'dropped' };
  if (row.kind === 'left_out') return tellLeftOut(ways, row, digest);
  const part = await storage.digests.part(digest.id, row.position ?? 0);
  if (part === undefined) return { kind: 'dropped' };
  switch (row.kind) {
    case 'digest_part':
      return postPart(ways, row, digest, part);
    case 'digest_change':
      return changePart(ways, digest, part);
    case 'preview_part':
      return postPreview(ways, row, digest, part);
    case 'preview_change':
      return changePreview(ways, row, digest, part);
    default:
      return { kind: 'dropped' };
  }
}

/** The gate again, at the last moment: what was withdrawn or narrowed meanwhile is not posted. */
async function postPart(ways: Ways, row: OutboxRow, digest: KeptDigest, part: KeptPart): Promise<Outcome> {
  if (part.ts !== undefined || digest.state !== 'published') return { kind: 'dropped' };
  const messages = await messagesOf(ways, digest, part);
  if (messages.length === 0) return { kind: 'dropped' };
  const threadTs = await parentTs(ways, digest, part);
  return tryVariants(ways, messages, (message) =>
    postTo(ways, digest.channelId, message, row.partId, threadTs),
  );
}

/** A part as it was frozen; or as it reads now, if a story in it changed since. Nothing where nothing is left to say. */
async function messagesOf(ways: Ways, digest: KeptDigest, part: KeptPart): Promise<Message[]> {
  const story = await storyOf(ways, part);
  if (part.nearMissId !== undefined && !isPublishable(story, digest)) return [];
  return part.variants.length > 0 ? (part.variants as Message[]) : asItReadsNow(ways, digest, part);
}

function isPublishable(story: NearMiss | undefined, digest: KeptDigest): story is NearMiss {
  return story !== undefined && mayBePublished(story, digest.closedAt);
}

async function storyOf({ app }: Ways, { nearMissId }: KeptPart): Promise<NearMiss | undefined> {
  return nearMissId === undefined ? undefined : app.storage.digests.story(nearMissId);
}

async function parentTs({ app }: Ways, digest: KeptDigest, part: KeptPart): Promise<string | undefined> {
  return part.position === 0 ? undefined : (await app.storage.digests.part(digest.id, 0))?.ts;
}

/** The same words in another form, where Slack does not take the first; that it did not is remembered for a week. */
async function tryVariants(
  { app }: Ways,
  variants: Message[],
  attempt: (message: Message) => Promise<Outcome>,
): Promise<Outcome> {
  const { teamId } = app.identity;
  const { chartRefusedAt } = await app.storage.workspaces.settings(teamId);
  const refusedLately = chartRefusedAt !== undefined && app.now() - chartRefusedAt < A_WEEK_MS;
  const usable = variants.length > 1 && refusedLately ? variants.slice(1) : variants;
  for (const [at, message] of usable.entries()) {
    try {
      return await attempt(message);
    } catch (error) {
      if (at === usable.length - 1 || !isPlatformError(error, 'invalid_blocks', 'block_mismatch'))
        throw error;
      if (at === 0 && !refusedLately)
        await app.storage.workspaces.change(teamId, { chartRefusedAt: app.now() });
    }
  }
  return { kind: 'dropped' };
}

/** A message that stands says what is so now. */
async function changePart(ways: Ways, digest: KeptDigest, part: KeptPart): Promise<Outcome> {
  const { ts } = part;
  if (ts === undefined) return { kind: 'dropped' };
  const messages = await asItStandsNow(ways, digest, part);
  if (messages.length === 0) return { kind: 'dropped' };
  const { channelId } = digest;
  return tryVariants(ways, messages, (message) => update(ways, { channelId, ts }, message));
}

/** The same for one that stands: where nothing is left of it, it says so. */
async function asItStandsNow(ways: Ways, digest: KeptDigest, part: KeptPart): Promise<Message[]> {
  const messages = await asItReadsNow(ways, digest, part);
  if (messages.length > 0) return messages;
  if (part.kind === 'borrowed') return [nothingBorrowed()];
  if (part.kind !== 'parent' && part.kind !== 'chart') return [];
  return [emptiedParent(await ways.app.storage.digests.asItIsNow(digest))];
}

async function asItReadsNow(ways: Ways, digest: KeptDigest, part: KeptPart): Promise<Message[]> {
  const { storage, people } = ways.app;
  if (part.kind === 'parent' || part.kind === 'chart') {
    const now = await storage.digests.asItIsNow(digest);
    if (part.kind === 'chart') return noticedPart(now.stories).flatMap(({ variants }) => variants);
    return now.stories.length === 0 ? [] : [digestParent(now)];
  }
  if (part.kind === 'borrowed') {
    const { borrowed } = await storage.digests.asItIsNow(digest);
    return borrowed.length === 0 ? [] : [borrowedMessage(borrowed)];
  }
  if (part.kind === 'more')
    return [moreMessage((await storage.digests.behindMore(digest)).length, digest.id)];
  const story = await storyOf(ways, part);
  if (story === undefined) return [];
  // Whether it had rested when the digest closed is of no matter to a message that stands.
  if (story.audience !== 'everyone' || story.withdrawnAt !== undefined) return [blankedStory(story)];
  const names = await people.names(peopleNamed(story));
  if (part.kind === 'archive')
    return fromTheArchive(story, digest.zone, names).flatMap(({ variants }) => variants);
  return [digestStory(story, digest.zone, names, await storage.presses.counts(story.id))];
}

async function postPreview(ways: Ways, row: OutboxRow, digest: KeptDigest, part: KeptPart): Promise<Outcome> {
  const { personId = '' } = row;
  if (digest.state !== 'preview' && digest.state !== 'held') return { kind: 'dropped' };
  const messages = await messagesOf(ways, digest, part);
  if (messages.length === 0) return { kind: 'dropped' };
  const thread =
    part.position === 0 ? undefined : (await ways.app.storage.digests.previews(digest.id, personId))[0];
  const channel = thread?.channelId ?? (await directMessage(ways, personId));
  const news = await newsOf(ways, digest, part);
  return tryVariants(ways, messages, (message) =>
    postTo(ways, channel, previewOf(message, digest, part, news), row.partId, thread?.ts),
  );
}

/** A preview after somebody decided, or after something was left out. */
async function changePreview(
  ways: Ways,
  row: OutboxRow,
  digest: KeptDigest,
  part: KeptPart,
): Promise<Outcome> {
  const { storage } = ways.app;
  const stands = (await storage.digests.previews(digest.id, row.personId ?? '')).find(
    ({ position }) => position === part.position,
  );
  if (stands === undefined || (digest.state !== 'preview' && digest.state !== 'held'))
    return { kind: 'dropped' };
  const messages = await asItStandsNow(ways, digest, part);
  if (messages.length === 0) return { kind: 'dropped' };
  const news = await newsOf(ways, digest, part);
  return tryVariants(ways, messages, (message) =>
    update(ways, stands, previewOf(message, digest, part, news)),
  );
}

/** What happened since it was rendered: who decided, and whether this story was left out. */
async function newsOf({ app }: Ways, digest: KeptDigest, part: KeptPart): Promise<PreviewNews> {
  const { stories } = await app.storage.digests.asItIsNow(digest);
  const isOut = part.nearMissId !== undefined && !stories.some(({ id }) => id === part.nearMissId);
  const { decidedBy } = digest;
  const by = decidedBy === undefined ? undefined : (await app.people.names([decidedBy])).get(decidedBy);
  return { by, isOut: isOut && part.kind === 'story' };
}

async function update(
  { client }: Ways,
  { channelId: channel, ts }: { channelId: string; ts: string },
  message: Message,
): Promise<Outcome> {
  try {
    await client.chat.update({ channel, ts, ...message, parse: 'none', link_names: false });
  } catch (error) {
    // Somebody removed it: nothing stands there any more.
    if (!isPlatformError(error, 'message_not_found')) throw error;
  }
  return { kind: 'sent' };
}

/** Where a message of a digest stands if Slack took it. */
export async function whereDigestPartWouldBe(ways: Ways, row: OutboxRow): Promise<Card | undefined> {
  const { storage } = ways.app;
  const digest = await storage.digests.byId(row.teamId, row.digestId ?? '');
  if (digest === undefined) return undefined;
  if (row.kind === 'digest_part') {
    const threadTs = row.position === 0 ? undefined : (await storage.digests.part(digest.id, 0))?.ts;
    return { channelId: digest.channelId, threadTs };
  }
  const thread =
    row.position === 0 ? undefined : (await storage.digests.previews(digest.id, row.personId ?? ''))[0];
  return { channelId: thread?.channelId ?? (await directMessage(ways, row.personId)), threadTs: thread?.ts };
}
