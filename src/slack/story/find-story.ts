import { asReadBy, dayOf, mayRead, type Viewer } from '../../domain/access/gate.ts';
import { channelWords } from '../../domain/access/place.ts';
import type { Listed } from '../../domain/home/near-miss-lists.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { type HomeLists, LONGEST, listMessage, NOTHING_OF_YOURS } from '../home/home-view.ts';
import { escapeText, typed } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import type { Workspace } from '../workspace.ts';
import { removeKeptWords } from './own-words.ts';
import { nearMissMessage, notFoundWords } from './story-view.ts';
import { peopleNamed } from './whole-story.ts';

/**
 * A near-miss for somebody who asks, through the gate. Undefined says no more than that there is none for
 * them, and the near-miss is as they may read it. Its own reporter is let in without asking Slack anything; of everybody else the same is asked whether
 * it exists or not, so that even the time it takes says nothing.
 * @throws when Slack does not say who they are.
 */
async function readable(
  workspace: Workspace,
  nearMiss: NearMiss | undefined,
  personId: string,
): Promise<NearMiss | undefined> {
  const now = workspace.app.now();
  const unknown = { id: personId, standing: 'unknown', channels: new Set<string>() } as const;
  if (nearMiss !== undefined && mayRead(unknown, nearMiss, now)) return nearMiss;
  const viewer = await workspace.people.viewer(personId);
  return nearMiss !== undefined && mayRead(viewer, nearMiss, now) ? asReadBy(viewer, nearMiss) : undefined;
}

const NOT_CHECKED = 'That could not be checked just now. Please try again in a moment.';

/** The same, or what to say instead: that there is none for them, or that Slack did not say who they are. */
export async function readableOrWords(
  workspace: Workspace,
  nearMiss: NearMiss | undefined,
  personId: string,
  asked?: string,
): Promise<NearMiss | string> {
  try {
    return (await readable(workspace, nearMiss, personId)) ?? notFoundWords(asked);
  } catch (error) {
    workspace.app.log.warn({ error }, 'nobody knows now what somebody may read, and they were told so');
    return NOT_CHECKED;
  }
}

/** By id, as buttons carry it. */
export async function readableById(
  workspace: Workspace,
  id: string,
  personId: string,
): Promise<NearMiss | undefined> {
  return readable(
    workspace,
    await workspace.app.storage.nearMisses.byId(workspace.identity.teamId, id),
    personId,
  );
}

/** `/nearmiss show NM-12`. */
export async function show(workspace: Workspace, number: number, personId: string): Promise<Message> {
  const found = await workspace.app.storage.nearMisses.byNumber(workspace.identity.teamId, number);
  const shown = await readableOrWords(workspace, found, personId, `NM-${number}`);
  const kept = removeKeptWords(found, personId);
  if (typeof shown === 'string') return { text: escapeText(shown), blocks: [typed(shown), ...kept] };
  const message = nearMissMessage(shown, await workspace.people.names(peopleNamed(shown)));
  return shown.withdrawnAt === undefined ? message : { ...message, blocks: [...message.blocks, ...kept] };
}

/** `/nearmiss list mine` and `/nearmiss list drafts`. */
export async function listMine(
  { app, identity }: Workspace,
  personId: string,
  kind: 'mine' | 'drafts',
): Promise<Message> {
  if (kind === 'drafts') {
    const drafts = await app.storage.lists.draftsOf(identity.teamId, personId, LONGEST.answer + 1);
    return listMessage('Started, not finished', 'Nothing is waiting to be finished.', drafts, 'drafts');
  }
  const mine = await app.storage.lists.sharedBy(identity.teamId, personId, LONGEST.answer + 1);
  return listMessage('Yours', NOTHING_OF_YOURS, mine, 'mine');
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

/** Everything a person's Home lists, and one more of each where there are more. What others shared passes the gate, each one. */
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
    until: dayOf(now()) - 1,
    limit: LONGEST.home + 1,
  });
  const others = candidates.filter((listed: Listed) => mayRead(viewer, listed, now()));
  return { drafts, mine, others, stewarding: await stewarding(workspace, viewer) };
}
