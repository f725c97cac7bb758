import type { Notice } from '../../domain/outbox/notices.ts';
import { type Message, sayingMessage } from '../platform/message.ts';
import type { Workspace } from '../workspace.ts';
import { digestChannelName } from './digest-channel-name.ts';
import { channelRefused, leftOut, partRefused, wordingProposed } from './digest-notices.ts';

/** A steward's line, to whoever shared what was left out. */
export async function sayLeftOut(
  { app, identity, people }: Workspace,
  { nearMissId, digestId }: Notice<'left_out'>,
): Promise<Message | undefined> {
  const { storage } = app;
  const nearMiss = await storage.nearMisses.byId(identity.teamId, nearMissId);
  const wrote = await storage.digests.lineFor({ teamId: identity.teamId, digestId, nearMissId });
  if (nearMiss?.reporterId === undefined || wrote === undefined) return undefined;
  const steward = (await people.names([wrote.by])).get(wrote.by);
  return sayingMessage(leftOut(nearMiss, steward, wrote));
}

/** A steward's proposal, to whoever shared it. */
export async function proposeWording(
  { app, identity, people }: Workspace,
  { nearMissId }: Notice<'wording'>,
): Promise<Message | undefined> {
  const { storage } = app;
  const nearMiss = await storage.nearMisses.byId(identity.teamId, nearMissId);
  const wording = await storage.wordings.of(identity.teamId, nearMissId);
  if (nearMiss === undefined || nearMiss.withdrawnAt !== undefined || wording?.state !== 'proposed')
    return undefined;
  const steward = (await people.names([wording.by])).get(wording.by);
  return wordingProposed(nearMiss, steward, wording.wording);
}

/** What stewards have to mend: the digest has nowhere to go. */
export async function sayChannelRefused(workspace: Workspace): Promise<Message> {
  return sayingMessage(channelRefused(await channelName(workspace)));
}

/** The same: a message of it did not arrive. */
export async function sayPartRefused(
  workspace: Workspace,
  { digestId }: Notice<'part_refused'>,
): Promise<Message> {
  const { app, identity } = workspace;
  const undelivered = await app.storage.outbox.undelivered(identity.teamId);
  const first = undelivered.find((one) => one.digestId === digestId);
  return sayingMessage(partRefused(await channelName(workspace), first));
}

async function channelName(workspace: Workspace): Promise<string | undefined> {
  const { app, identity } = workspace;
  const { digest } = await app.storage.workspaces.settings(identity.teamId);
  return digest && digestChannelName(workspace, digest);
}
