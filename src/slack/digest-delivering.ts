import type { Outcome } from '../domain/delivery.ts';
import type { KeptDigest, KeptPart } from '../domain/digests.ts';
import type { Card } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { whyOutside } from '../domain/promised-place.ts';
import type { Message } from './card.ts';
import { isPlatformError } from './conversations.ts';
import { asItStandsNow, messagesOf, namesIn, newsOf } from './digest-drawing.ts';
import { tellLeftOut, tellSteward } from './digest-telling.ts';
import { directMessage, NAMES_LATER, postTo, type Ways } from './posting.ts';
import { previewOf, publishedPreview } from './preview.ts';
import type { Names } from './story.ts';
import { whereItGoes } from './where-it-goes.ts';

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
  const names = await namesIn(ways, row, digest, part);
  if (names === undefined) return NAMES_LATER;
  const shown = { digest, part, names };
  switch (row.kind) {
    case 'digest_part':
      return postPart(ways, row, shown);
    case 'digest_change':
      return changePart(ways, shown);
    case 'preview_part':
      return postPreview(ways, row, shown);
    case 'preview_change':
      return changePreview(ways, row, shown);
    default:
      return { kind: 'dropped' };
  }
}

/** A message of a digest, and the names of the people in it. */
type Shown = { digest: KeptDigest; part: KeptPart; names: Names };

/** The gate again, at the last moment: what was withdrawn or narrowed meanwhile is not posted. */
async function postPart(ways: Ways, row: OutboxRow, { digest, part, names }: Shown): Promise<Outcome> {
  if (part.ts !== undefined || digest.state !== 'published') return { kind: 'dropped' };
  const messages = await messagesOf(ways, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const threadTs = await parentTs(ways, digest, part);
  const not = await whyNotNow(ways, digest);
  if (not !== undefined) return not;
  return tryVariants(ways, messages, (message) =>
    postTo(ways, digest.channelId, message, row.partId, threadTs),
  );
}

/**
 * Its channel was looked at when it was put on its way; what waited since may go in front of another organisation,
 * which was for stewards to know when they chose it. Undefined where it may be posted.
 */
async function whyNotNow(ways: Ways, { teamId, channelId }: KeptDigest): Promise<Outcome | undefined> {
  const { digest: settings } = await ways.app.storage.workspaces.settings(teamId);
  if (settings?.channelId === channelId && settings.sharedOutside === true) return undefined;
  const asked = await whereItGoes(ways, { id: channelId, name: '' });
  if ('outcome' in asked) return asked.outcome;
  const why = asked.facts.isHidden === true ? 'channel_not_found' : whyOutside(asked.facts);
  return why === undefined ? undefined : { kind: 'refused', why };
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
async function changePart(ways: Ways, { digest, part, names }: Shown): Promise<Outcome> {
  const { ts } = part;
  if (ts === undefined) return { kind: 'dropped' };
  const messages = await asItStandsNow(ways, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const { channelId } = digest;
  return tryVariants(ways, messages, (message) => update(ways, { channelId, ts }, message));
}

async function postPreview(ways: Ways, row: OutboxRow, { digest, part, names }: Shown): Promise<Outcome> {
  const { personId = '' } = row;
  if (digest.state !== 'preview' && digest.state !== 'held') return { kind: 'dropped' };
  const messages = await messagesOf(ways, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const thread =
    part.position === 0 ? undefined : (await ways.app.storage.digests.previews(digest.id, personId))[0];
  const channel = thread?.channelId ?? (await directMessage(ways, personId));
  const news = await newsOf(ways, digest, part, names);
  return tryVariants(ways, messages, (message) =>
    postTo(ways, channel, previewOf(message, digest, part, news), row.partId, thread?.ts),
  );
}

/** A preview after somebody decided, or after something was left out. Of a published one the parent says who did. */
async function changePreview(ways: Ways, row: OutboxRow, { digest, part, names }: Shown): Promise<Outcome> {
  const { storage } = ways.app;
  const stands = (await storage.digests.previews(digest.id, row.personId ?? '')).find(
    ({ position }) => position === part.position,
  );
  if (stands === undefined) return { kind: 'dropped' };
  const by = digest.decidedBy && names.get(digest.decidedBy);
  if (digest.state === 'published' && by && part.position === 0)
    return update(ways, stands, publishedPreview(by));
  if (digest.state !== 'preview' && digest.state !== 'held') return { kind: 'dropped' };
  const messages = await asItStandsNow(ways, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const news = await newsOf(ways, digest, part, names);
  return tryVariants(ways, messages, (message) =>
    update(ways, stands, previewOf(message, digest, part, news)),
  );
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
