import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { Card } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { directMessage, postTo, removeMessage, updateMessage } from '../platform/post-message.ts';
import { mayAsSteward, STEWARD_UNSAID } from '../stewards/may-as-steward.ts';
import type { Workspace } from '../workspace.ts';
import { asItStandsNow, messagesOf, newsOf } from './draw-part.ts';
import { previewOf, publishedPreview } from './preview-message.ts';
import { tryVariants, withShown } from './send-digest.ts';

/** A message of a digest as stewards see it first, while they may decide. */
export async function postPreview(workspace: Workspace, row: OutboxRow<'preview_part'>): Promise<Outcome> {
  const may = await mayAsSteward(workspace, row.personId);
  if (may !== 'yes') return may === 'unsaid' ? STEWARD_UNSAID : { kind: 'dropped' };
  return withShown(workspace, row, async ({ digest, part, names }) => {
    if (!isOpen(digest)) return { kind: 'dropped' };
    const messages = await messagesOf(workspace, digest, part, names);
    if (messages.length === 0) return { kind: 'dropped' };
    const { channelId, threadTs } = await placeFor(workspace, digest, row);
    const news = await newsOf(workspace, digest, part, names);
    return tryVariants(workspace, messages, (message) =>
      postTo(workspace, channelId, previewOf(message, digest, part, news), row.partId, threadTs),
    );
  });
}

/** A preview after somebody decided, or after something was left out. Of a published one the parent says who did. */
export async function changePreview(
  workspace: Workspace,
  row: OutboxRow<'preview_change'>,
): Promise<Outcome> {
  const may = await mayAsSteward(workspace, row.personId);
  if (may === 'unsaid') return STEWARD_UNSAID;
  return withShown(workspace, row, async ({ digest, part, names }) => {
    const standing = await previewsOf(workspace, digest, row.personId);
    const stands = standing.find(({ position }) => position === part.position);
    if (stands === undefined) return { kind: 'dropped' };
    // With somebody who is a steward no longer it is not drawn again, it goes.
    if (may === 'no') return removeMessage(workspace, stands);
    const by = digest.decidedBy && names.get(digest.decidedBy);
    if (digest.state === 'published' && by && part.position === 0)
      return updateMessage(workspace, stands, publishedPreview(by));
    if (!isOpen(digest)) return { kind: 'dropped' };
    const messages = await asItStandsNow(workspace, digest, part, names);
    const news = await newsOf(workspace, digest, part, names);
    return tryVariants(workspace, messages, (message) =>
      updateMessage(workspace, stands, previewOf(message, digest, part, news)),
    );
  });
}

function previewsOf({ app }: Workspace, { teamId, id: digestId }: KeptDigest, personId: string) {
  return app.storage.digests.previews({ teamId, digestId, personId });
}

/** Where a part of a preview goes: replies to where its parent is. */
async function placeFor(
  workspace: Workspace,
  digest: KeptDigest,
  { position, personId }: OutboxRow<'preview_part'>,
): Promise<Card> {
  const [parent] = position === 0 ? [] : await previewsOf(workspace, digest, personId);
  return {
    channelId: parent?.channelId ?? (await directMessage(workspace, personId)),
    threadTs: parent?.ts,
  };
}

/** Where a part of a preview is if Slack took it. */
export async function wherePreviewWouldBe(
  workspace: Workspace,
  row: OutboxRow<'preview_part'>,
): Promise<Card | undefined> {
  const digest = await workspace.app.storage.digests.byId(row.teamId, row.digestId);
  return digest && placeFor(workspace, digest, row);
}
