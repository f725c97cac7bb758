import type { DigestSettings } from '../../domain/digest/digest.ts';
import type { Workspace } from '../workspace.ts';

/**
 * What the channel of the digest is called by now, as far as that was heard. Everybody is told it, so that the new name
 * of a private one is not said. Never asks Slack.
 */
export function digestChannelName(
  { conversations }: Pick<Workspace, 'conversations'>,
  { channelId: id, channelName: name }: Pick<DigestSettings, 'channelId' | 'channelName'>,
): string {
  const facts = conversations.known({ id, name });
  return facts.kind === 'public' && facts.name !== '' ? facts.name : name;
}

/** A renamed channel is kept under its new name: it stands in promises, also of an app that was just started. */
export async function keepDigestChannelName(workspace: Workspace): Promise<void> {
  const { app, conversations, identity } = workspace;
  const { digest } = await app.storage.workspaces.settings(identity.teamId);
  if (digest === undefined) return;
  const { channelId, channelName } = digest;
  if (!conversations.isFresh(channelId)) await conversations.ask({ id: channelId, name: channelName });
  const name = digestChannelName(workspace, digest);
  if (name !== channelName)
    await app.storage.workspaces.renameDigestChannel({ teamId: identity.teamId, channelId, name });
}
