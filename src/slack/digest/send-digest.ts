import type { KeptDigest, KeptPart } from '../../domain/digest/kept-digest.ts';
import type { Card } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { OutboxRow } from '../../domain/outbox/outbox.ts';
import type { Message } from '../platform/message.ts';
import type { Names } from '../platform/people.ts';
import { directMessage, NAMES_LATER, postTo } from '../platform/post-message.ts';
import { isPlatformError } from '../platform/slack-errors.ts';
import type { Workspace } from '../workspace.ts';
import { asItStandsNow, messagesOf, namesIn, newsOf } from './draw-part.ts';
import { previewOf, publishedPreview } from './preview-message.ts';
import { tellLeftOut, tellSteward } from './send-digest-notices.ts';

const A_WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Rows that are about no near-miss and no digest, but about the practice. */
export function isForStewards(kind: OutboxRow['kind']): boolean {
  return kind === 'channel_refused' || kind === 'part_refused';
}

/** Sends what belongs to a digest: its messages, its previews, and what people hear about it. */
export async function sendOfDigest(workspace: Workspace, row: OutboxRow): Promise<Outcome> {
  const { storage } = workspace.app;
  if (row.kind === 'channel_refused' || row.kind === 'part_refused') return tellSteward(workspace, row);
  const digest = await storage.digests.byId(row.teamId, row.digestId ?? '');
  if (digest === undefined) return { kind: 'dropped' };
  if (row.kind === 'left_out') return tellLeftOut(workspace, row, digest);
  const part = await storage.digests.part(digest.teamId, digest.id, row.position ?? 0);
  if (part === undefined) return { kind: 'dropped' };
  const names = await namesIn(workspace, row, digest, part);
  if (names === undefined) return NAMES_LATER;
  const shown = { digest, part, names };
  switch (row.kind) {
    case 'digest_part':
      return postPart(workspace, row, shown);
    case 'digest_change':
      return changePart(workspace, shown);
    case 'preview_part':
      return postPreview(workspace, row, shown);
    case 'preview_change':
      return changePreview(workspace, row, shown);
    default:
      return { kind: 'dropped' };
  }
}

/** A message of a digest, and the names of the people in it. */
type Shown = { digest: KeptDigest; part: KeptPart; names: Names };

/** The gate again, at the last moment: what was withdrawn or narrowed meanwhile is not posted. */
async function postPart(
  workspace: Workspace,
  row: OutboxRow,
  { digest, part, names }: Shown,
): Promise<Outcome> {
  if (part.ts !== undefined || digest.state !== 'published') return { kind: 'dropped' };
  const messages = await messagesOf(workspace, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const threadTs = await parentTs(workspace, digest, part);
  return tryVariants(workspace, messages, (message) =>
    postTo(workspace, digest.channelId, message, row.partId, threadTs),
  );
}

async function parentTs(
  workspace: Workspace,
  digest: KeptDigest,
  part: KeptPart,
): Promise<string | undefined> {
  return part.position === 0
    ? undefined
    : (await workspace.app.storage.digests.part(digest.teamId, digest.id, 0))?.ts;
}

/** The same words in another form, where Slack does not take the first; that it did not is remembered for a week. */
async function tryVariants(
  workspace: Workspace,
  variants: Message[],
  attempt: (message: Message) => Promise<Outcome>,
): Promise<Outcome> {
  const { teamId } = workspace.identity;
  const { chartRefusedAt } = await workspace.app.storage.workspaces.settings(teamId);
  const refusedLately = chartRefusedAt !== undefined && workspace.app.now() - chartRefusedAt < A_WEEK_MS;
  const usable = variants.length > 1 && refusedLately ? variants.slice(1) : variants;
  for (const [at, message] of usable.entries()) {
    try {
      return await attempt(message);
    } catch (error) {
      if (at === usable.length - 1 || !isPlatformError(error, 'invalid_blocks', 'block_mismatch'))
        throw error;
      if (at === 0 && !refusedLately)
        await workspace.app.storage.workspaces.change(teamId, { chartRefusedAt: workspace.app.now() });
    }
  }
  return { kind: 'dropped' };
}

/** A message that stands says what is so now. */
async function changePart(workspace: Workspace, { digest, part, names }: Shown): Promise<Outcome> {
  const { ts } = part;
  if (ts === undefined) return { kind: 'dropped' };
  const messages = await asItStandsNow(workspace, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const { channelId } = digest;
  return tryVariants(workspace, messages, (message) => update(workspace, { channelId, ts }, message));
}

async function postPreview(
  workspace: Workspace,
  row: OutboxRow,
  { digest, part, names }: Shown,
): Promise<Outcome> {
  const { personId = '' } = row;
  if (digest.state !== 'preview' && digest.state !== 'held') return { kind: 'dropped' };
  const messages = await messagesOf(workspace, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const thread = part.position === 0 ? undefined : (await previewsFor(workspace, digest, personId))[0];
  const channel = thread?.channelId ?? (await directMessage(workspace, personId));
  const news = await newsOf(workspace, digest, part, names);
  return tryVariants(workspace, messages, (message) =>
    postTo(workspace, channel, previewOf(message, digest, part, news), row.partId, thread?.ts),
  );
}

function previewsFor({ app }: Workspace, { teamId, id: digestId }: KeptDigest, personId = '') {
  return app.storage.digests.previews({ teamId, digestId, personId });
}

/** A preview after somebody decided, or after something was left out. Of a published one the parent says who did. */
async function changePreview(
  workspace: Workspace,
  row: OutboxRow,
  { digest, part, names }: Shown,
): Promise<Outcome> {
  const stands = (await previewsFor(workspace, digest, row.personId)).find(
    ({ position }) => position === part.position,
  );
  if (stands === undefined) return { kind: 'dropped' };
  const by = digest.decidedBy && names.get(digest.decidedBy);
  if (digest.state === 'published' && by && part.position === 0)
    return update(workspace, stands, publishedPreview(by));
  if (digest.state !== 'preview' && digest.state !== 'held') return { kind: 'dropped' };
  const messages = await asItStandsNow(workspace, digest, part, names);
  if (messages.length === 0) return { kind: 'dropped' };
  const news = await newsOf(workspace, digest, part, names);
  return tryVariants(workspace, messages, (message) =>
    update(workspace, stands, previewOf(message, digest, part, news)),
  );
}

async function update(
  { background }: Workspace,
  { channelId: channel, ts }: { channelId: string; ts: string },
  message: Message,
): Promise<Outcome> {
  try {
    await background.chat.update({ channel, ts, ...message, parse: 'none', link_names: false });
  } catch (error) {
    // Somebody removed it: nothing stands there any more.
    if (!isPlatformError(error, 'message_not_found')) throw error;
  }
  return { kind: 'sent' };
}

/** Where a message of a digest stands if Slack took it. */
export async function whereDigestPartWouldBe(
  workspace: Workspace,
  row: OutboxRow,
): Promise<Card | undefined> {
  const { storage } = workspace.app;
  const digest = await storage.digests.byId(row.teamId, row.digestId ?? '');
  if (digest === undefined) return undefined;
  if (row.kind === 'digest_part') {
    const threadTs =
      row.position === 0 ? undefined : (await storage.digests.part(digest.teamId, digest.id, 0))?.ts;
    return { channelId: digest.channelId, threadTs };
  }
  const thread = row.position === 0 ? undefined : (await previewsFor(workspace, digest, row.personId))[0];
  return {
    channelId: thread?.channelId ?? (await directMessage(workspace, row.personId)),
    threadTs: thread?.ts,
  };
}
