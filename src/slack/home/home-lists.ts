import { mayRead, overBefore, type Viewer } from '../../domain/access/gate.ts';
import { channelWords } from '../../domain/access/place.ts';
import type { Workspace } from '../workspace.ts';
import { type HomeLists, LONGEST } from './home-view.ts';

/**
 * Everything a person's Home lists, and one more of each where there are more. What others shared passes the gate,
 * each one.
 */
export async function homeLists(workspace: Workspace, personId: string): Promise<HomeLists> {
  const { storage, now } = workspace.app;
  const { identity, people } = workspace;
  const { teamId } = identity;
  // Where there is a digest, those without a number get it when they first appear there.
  const { digest } = await storage.workspaces.settings(teamId);
  if (digest === undefined)
    await storage.nearMisses.numberThoseAppearing(teamId, now(), workspace.app.shuffle);
  const [drafts, mine, viewer] = await Promise.all([
    storage.lists.draftsOf(teamId, personId, LONGEST.home + 1),
    storage.lists.finishedBy(teamId, personId, LONGEST.home + 1),
    people.viewer(personId),
  ]);
  const candidates = await storage.lists.fromOthers({
    teamId,
    personId,
    channels: [...viewer.channels],
    until: overBefore(now()) - 1,
    limit: LONGEST.home + 1,
  });
  const others = candidates.filter((listed) => mayRead(viewer, listed, now()));
  return { drafts, mine, others, stewarding: await stewarding(workspace, viewer) };
}

async function stewarding(workspace: Workspace, viewer: Viewer): Promise<HomeLists['stewarding']> {
  const { storage } = workspace.app;
  const { identity } = workspace;
  const { stewards, digest } = await storage.workspaces.settings(identity.teamId);
  if (!stewards.includes(viewer.id)) return undefined;
  const undelivered = await storage.outbox.undelivered(identity.teamId);
  return {
    hasDigest: digest !== undefined,
    undelivered: await Promise.all(
      undelivered.map(async (one) => ({
        ...one,
        place: await placeFor(workspace, viewer, one.channelId),
      })),
    ),
  };
}

/** A channel by its name for a steward who may know that there is one. */
async function placeFor({ conversations }: Workspace, viewer: Viewer, id?: string): Promise<string> {
  const facts = id === undefined ? undefined : await conversations.ask({ id, name: '' });
  const mayKnow = facts?.kind === 'public' || (id !== undefined && viewer.channels.has(id));
  return mayKnow && facts !== undefined && facts.name !== '' ? channelWords(facts) : 'a channel';
}
