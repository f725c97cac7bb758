import type { DigestSettings } from '../domain/digest.ts';
import type { Surroundings } from './surroundings.ts';

type App = Pick<Surroundings, 'storage' | 'conversations'> & { identity: { teamId: string } };

/** What the channel of the digest is called by now, as far as that was heard. Never asks Slack. */
export function digestChannelName(
  { conversations }: Pick<App, 'conversations'>,
  { channelId: id, channelName: name }: Pick<DigestSettings, 'channelId' | 'channelName'>,
): string {
  return conversations.known({ id, name }).name || name;
}

/** A renamed channel is kept under its new name: it stands in promises, also of an app that was just started. */
export async function keepDigestChannelName(app: App): Promise<void> {
  const { storage, conversations, identity } = app;
  const { digest } = await storage.workspaces.settings(identity.teamId);
  if (digest === undefined) return;
  const { channelId, channelName } = digest;
  if (!conversations.isFresh(channelId)) await conversations.ask({ id: channelId, name: channelName });
  const name = digestChannelName(app, digest);
  if (name !== channelName)
    await storage.workspaces.renameDigestChannel({ teamId: identity.teamId, channelId, name });
}
