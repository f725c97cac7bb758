import { mayRead, overBefore } from '../../domain/access/gate.ts';
import { channelWords } from '../../domain/access/place.ts';
import { nameOf } from '../../domain/near-miss.ts';
import { formerOf } from '../../domain/stewards/standing.ts';
import { lookWords } from '../access/look-up-view.ts';
import { UNKNOWN_NAME } from '../platform/describe-person.ts';
import { isSteward } from '../stewards/may-as-steward.ts';
import { stewardsNow } from '../stewards/stewards-now.ts';
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
  const channels = await storage.lists.channelsWithTheirOwn(teamId);
  const [mine, viewer] = await Promise.all([
    storage.lists.sharedBy(teamId, personId, LONGEST.home + 1),
    people.viewer(personId, channels),
  ]);
  const candidates = await storage.lists.fromOthers({
    teamId,
    personId,
    channels: [...viewer.channels],
    until: overBefore(now()) - 1,
    limit: LONGEST.home + 1,
  });
  const others = candidates.filter((listed) => mayRead(viewer, listed, now()));
  const looks = await looksAtThoseOf(workspace, personId);
  return { mine, others, looks, stewarding: await stewarding(workspace, personId) };
}

const MOST_LOOKS = 5;

/** "NM-12: Amira Haddad looked on Tuesday 14 October: to ask about the supplier", the newest ones. */
async function looksAtThoseOf({ app, identity, people }: Workspace, personId: string): Promise<string[]> {
  const looks = await app.storage.looks.atThoseOf(identity.teamId, personId, MOST_LOOKS);
  const names = await people.names(looks.map(({ stewardId }) => stewardId));
  const when = { zone: people.known(personId)?.tz ?? 'UTC', now: app.now() };
  return looks.map((look) => `${nameOf(look) ?? 'A near-miss'}: ${lookWords(look, names, when)}`);
}

async function stewarding(workspace: Workspace, personId: string): Promise<HomeLists['stewarding']> {
  const { storage } = workspace.app;
  const { identity, people } = workspace;
  if (!(await isSteward(workspace, personId))) return undefined;
  const { digest } = await storage.workspaces.settings(identity.teamId);
  const former = formerOf(await stewardsNow(workspace));
  const names = await people.names(former.map(({ id }) => id));
  const undelivered = await storage.outbox.undelivered(identity.teamId);
  return {
    hasDigest: digest !== undefined,
    former: former.map(({ id, standing }) => ({ name: names.get(id) ?? UNKNOWN_NAME, standing })),
    undelivered: await Promise.all(
      undelivered.map(async (one) => ({
        ...one,
        place: await placeFor(workspace, personId, one.channelId),
      })),
    ),
  };
}

/** A channel by its name for a steward who may know that there is one. */
async function placeFor(
  { conversations, people }: Workspace,
  personId: string,
  id: string | undefined,
): Promise<string> {
  const facts = id === undefined ? undefined : await conversations.ask({ id, name: '' });
  if (id === undefined || facts === undefined || facts.name === '') return 'a channel';
  const mayKnow = facts.kind === 'public' || (await people.viewer(personId, [id])).channels.has(id);
  return mayKnow ? channelWords(facts) : 'a channel';
}
