import { isForEveryone } from '../../domain/access/gate.ts';
import { mayBePublished } from '../../domain/digest/digest.ts';
import type { KeptDigest, KeptPart } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { Message } from '../platform/message.ts';
import type { Names } from '../platform/people.ts';
import { peopleNamed } from '../story/whole-story.ts';
import type { Workspace } from '../workspace.ts';
import { noticedMessages } from './chart.ts';
import {
  borrowedMessage,
  digestParent,
  emptiedParent,
  moreMessage,
  nothingBorrowed,
} from './digest-message.ts';
import { archiveMessage, blankedStory, digestStory } from './digest-story.ts';
import type { PreviewNews } from './preview-message.ts';

/** A row that is about a message of a digest. */
export type OfDigest = OutboxRow<'digest_part' | 'digest_change' | 'preview_part' | 'preview_change'>;

/**
 * The people a message names as it is drawn now; undefined while Slack does not say one. A message keeps the names
 * it is sent with, so they are waited for.
 */
export async function namesIn(
  workspace: Workspace,
  row: OfDigest,
  digest: KeptDigest,
  part: KeptPart,
): Promise<Names | undefined> {
  try {
    return await workspace.people.namesOrWait(await peopleIn(workspace, row, digest, part));
  } catch (error) {
    workspace.watch(error);
    workspace.app.log.warn({ error }, 'a message of a digest waits for a name');
    return undefined;
  }
}

async function peopleIn(
  workspace: Workspace,
  { kind }: OfDigest,
  digest: KeptDigest,
  part: KeptPart,
): Promise<string[]> {
  const story = await storyOf(workspace, digest, part);
  const named = story === undefined ? [] : peopleNamed(story);
  if (kind !== 'preview_part' && kind !== 'preview_change') return named;
  const left = await workspace.app.storage.digests.lineFor(lineOf(digest, part));
  return [...named, ...[digest.decidedBy, left?.by].flatMap((id) => id ?? [])];
}

/** A part as it reads now, in the forms to be tried. None where nothing is left to say, or may be said no longer. */
export async function messagesOf(
  workspace: Workspace,
  digest: KeptDigest,
  part: KeptPart,
  names: Names,
): Promise<Message[]> {
  const story = await storyOf(workspace, digest, part);
  if (part.nearMissId !== undefined && !isPublishable(story, digest)) return [];
  return asItReadsNow(workspace, digest, part, names);
}

function isPublishable(story: NearMiss | undefined, digest: KeptDigest): story is NearMiss {
  return story !== undefined && mayBePublished(story, digest.closedAt);
}

/** Does the message of a story have none of its words any more? */
export async function isBlanked(workspace: Workspace, digest: KeptDigest, part: KeptPart): Promise<boolean> {
  const story = await storyOf(workspace, digest, part);
  return story !== undefined && !isForEveryone(story);
}

/** Was any story taken back that has a message in it? */
export async function hasBlanked(workspace: Workspace, digest: KeptDigest): Promise<boolean> {
  const parts = await workspace.app.storage.digests.parts(digest.teamId, digest.id);
  const blanked = await Promise.all(parts.map((part) => isBlanked(workspace, digest, part)));
  return blanked.includes(true);
}

async function storyOf(
  { app }: Workspace,
  { teamId }: KeptDigest,
  { nearMissId }: KeptPart,
): Promise<NearMiss | undefined> {
  return nearMissId === undefined ? undefined : app.storage.digests.story(teamId, nearMissId);
}

function lineOf({ teamId, id: digestId }: KeptDigest, { nearMissId = '' }: KeptPart) {
  return { teamId, digestId, nearMissId };
}

/** The same for one that stands: where nothing is left of it, it says so. */
export async function asItStandsNow(
  workspace: Workspace,
  digest: KeptDigest,
  part: KeptPart,
  names: Names,
): Promise<Message[]> {
  const messages = await asItReadsNow(workspace, digest, part, names);
  if (messages.length > 0) return messages;
  if (part.kind === 'borrowed') return [nothingBorrowed()];
  if (part.kind !== 'parent' && part.kind !== 'chart') return [];
  return [emptiedParent(await workspace.app.storage.digests.asItIsNow(digest))];
}

async function asItReadsNow(
  workspace: Workspace,
  digest: KeptDigest,
  part: KeptPart,
  names: Names,
): Promise<Message[]> {
  const { storage } = workspace.app;
  if (part.kind === 'parent' || part.kind === 'chart') {
    const now = await storage.digests.asItIsNow(digest);
    if (part.kind === 'chart') return noticedMessages(now.stories);
    return now.stories.length === 0 ? [] : [digestParent(now)];
  }
  if (part.kind === 'borrowed') {
    const { borrowed } = await storage.digests.asItIsNow(digest);
    return borrowed.length === 0 ? [] : [borrowedMessage(borrowed)];
  }
  if (part.kind === 'more')
    return [moreMessage((await storage.digests.behindMore(digest)).length, digest.id)];
  const story = await storyOf(workspace, digest, part);
  if (story === undefined) return [];
  // Whether it had rested when the digest closed is of no matter to a message that stands.
  if (!isForEveryone(story)) return [blankedStory(story)];
  if (part.kind === 'archive') return [archiveMessage(story, digest.zone, names, digest.publishAt)];
  return [digestStory(story, digest.zone, names, await storage.presses.counts(story.teamId, story.id))];
}

/** What happened since it closed: who decided, whether this story was left out, and whether anything is left. */
export async function newsOf(
  workspace: Workspace,
  digest: KeptDigest,
  part: KeptPart,
  names: Names,
): Promise<PreviewNews> {
  const { storage } = workspace.app;
  const { identity } = workspace;
  const { stories } = await storage.digests.asItIsNow(digest);
  const isOut = part.kind === 'story' && !stories.some(({ id }) => id === part.nearMissId);
  const left = isOut ? await storage.digests.lineFor(lineOf(digest, part)) : undefined;
  const isEmptied = part.kind === 'parent' && stories.length === 0;
  const { digest: settings } = await storage.workspaces.settings(identity.teamId);
  return {
    by: digest.decidedBy && names.get(digest.decidedBy),
    isOut,
    leftOutBy: left && names.get(left.by),
    instead: isEmptied ? (settings?.quietWeek ?? 'nothing') : undefined,
  };
}
