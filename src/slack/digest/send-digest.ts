import { type Wider, whyOutside } from '../../domain/access/promised-place.ts';
import type { KeptDigest, KeptPart } from '../../domain/digest/kept-digest.ts';
import type { Card } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { Message } from '../platform/message.ts';
import type { Names } from '../platform/people.ts';
import { NAMES_LATER, postTo, updateMessage } from '../platform/post-message.ts';
import { isPlatformError } from '../platform/slack-errors.ts';
import { whereItGoes } from '../platform/where-it-goes.ts';
import type { Workspace } from '../workspace.ts';
import { withheldPart } from './digest-message.ts';
import { asItStandsNow, hasBlanked, isBlanked, messagesOf, namesIn, type OfDigest } from './draw-part.ts';

const A_WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** A message of a digest, and the names of the people in it. */
type Shown = { digest: KeptDigest; part: KeptPart; names: Names };

/** Sends a message of a digest as it is now; dropped where it is none any more. */
export async function withShown(
  workspace: Workspace,
  row: OfDigest,
  send: (shown: Shown) => Promise<Outcome>,
): Promise<Outcome> {
  const { digests } = workspace.app.storage;
  const digest = await digests.byId(row.teamId, row.digestId);
  const part = digest && (await digests.part(digest.teamId, digest.id, row.position));
  if (digest === undefined || part === undefined) return { kind: 'dropped' };
  const names = await namesIn(workspace, row, digest, part);
  return names === undefined ? NAMES_LATER : send({ digest, part, names });
}

/** The gate again, at the last moment: what was withdrawn or narrowed meanwhile is not posted. */
export async function postDigestPart(workspace: Workspace, row: OutboxRow<'digest_part'>): Promise<Outcome> {
  return withShown(workspace, row, async ({ digest, part, names }) => {
    if (part.ts !== undefined || digest.state !== 'published') return { kind: 'dropped' };
    const messages = await messagesOf(workspace, digest, part, names);
    if (messages.length === 0) return { kind: 'dropped' };
    const threadTs = await parentTs(workspace, digest, part);
    const not = await whyNotNow(workspace, digest);
    if (not !== undefined) return not;
    return tryVariants(workspace, messages, (message) =>
      postTo(workspace, digest.channelId, message, row.partId, threadTs),
    );
  });
}

/**
 * Its channel was looked at when it was put on its way; what waited since may go in front of another organisation,
 * which was for stewards to know when they chose it. Undefined where it may be posted.
 */
async function whyNotNow(workspace: Workspace, digest: KeptDigest): Promise<Outcome | undefined> {
  if (await wasChosenShared(workspace, digest)) return undefined;
  const asked = await whereItGoes(workspace, { id: digest.channelId, name: '' });
  if ('outcome' in asked) return asked.outcome;
  const why = asked.facts.isHidden === true ? 'channel_not_found' : whyOutside(asked.facts);
  return why === undefined ? undefined : { kind: 'refused', why };
}

/** When it was put on its way, or by now: stewards may choose its channel anew. */
async function wasChosenShared(
  { app }: Workspace,
  { teamId, channelId, sharedOutside }: Pick<KeptDigest, 'teamId' | 'channelId' | 'sharedOutside'>,
): Promise<boolean> {
  if (sharedOutside) return true;
  const { digest: settings } = await app.storage.workspaces.settings(teamId);
  return settings?.channelId === channelId && settings.sharedOutside === true;
}

/**
 * Why people of another organisation would read what changes in a message that stands, which nobody chose. Asked of
 * Slack every few minutes at most: with each press its message is drawn again.
 */
async function whyWithheld(
  workspace: Workspace,
  digest: KeptDigest,
  part: KeptPart,
): Promise<{ why: Wider | undefined } | { outcome: Outcome }> {
  if (await wasChosenShared(workspace, digest)) return { why: undefined };
  // Words that go need nobody's answer.
  if (await isBlanked(workspace, digest, part)) return { why: undefined };
  const channel = { id: digest.channelId, name: '' };
  const { conversations } = workspace;
  if (conversations.isFresh(channel.id)) return { why: whyOutside(conversations.known(channel)) };
  const asked = await whereItGoes(workspace, channel);
  if ('facts' in asked) return { why: whyOutside(asked.facts) };
  // Nor do those that stand in a message with others, which then go with them.
  const goesWithThem = part.nearMissId === undefined && (await hasBlanked(workspace, digest));
  return goesWithThem ? { why: 'outside_unsaid' } : asked;
}

/** Where the message is that a part is a reply to. */
async function parentTs(
  workspace: Workspace,
  digest: Pick<KeptDigest, 'teamId' | 'id'>,
  part: { position: number },
): Promise<string | undefined> {
  return part.position === 0
    ? undefined
    : (await workspace.app.storage.digests.part(digest.teamId, digest.id, 0))?.ts;
}

/** The same words in another form, where Slack does not take the first; that it did not is remembered for a week. */
export async function tryVariants(
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
export async function changeDigestPart(
  workspace: Workspace,
  row: OutboxRow<'digest_change'>,
): Promise<Outcome> {
  return withShown(workspace, row, async ({ digest, part, names }) => {
    const { channelId } = digest;
    const { ts } = part;
    if (ts === undefined) return { kind: 'dropped' };
    const withheld = await whyWithheld(workspace, digest, part);
    if ('outcome' in withheld) return withheld.outcome;
    const messages =
      withheld.why === undefined
        ? await asItStandsNow(workspace, digest, part, names)
        : [withheldPart(withheld.why)];
    return tryVariants(workspace, messages, (message) =>
      updateMessage(workspace, { channelId, ts }, message),
    );
  });
}

/** Where a message of a digest stands if Slack took it. */
export async function whereDigestPartWouldBe(
  workspace: Workspace,
  { teamId, digestId, position }: OutboxRow<'digest_part'>,
): Promise<Card | undefined> {
  const digest = await workspace.app.storage.digests.byId(teamId, digestId);
  if (digest === undefined) return undefined;
  const threadTs = await parentTs(workspace, digest, { position });
  return { channelId: digest.channelId, threadTs };
}
