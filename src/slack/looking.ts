import type { Listed } from '../domain/lists.ts';
import type { NearMiss } from '../domain/near-miss.ts';
import { channelWords } from '../domain/place.ts';
import { asReadBy, dayOf, mayRead, type Viewer } from '../domain/reading.ts';
import { escapeText, typed } from './blocks.ts';
import type { Message } from './card.ts';
import { type HomeLists, LONGEST, listMessage, NOTHING_OF_YOURS } from './home.ts';
import { NOT_CHECKED, nearMissMessage, notFoundWords } from './near-miss-view.ts';
import { removeKeptWords } from './own-words.ts';
import { UNKNOWN_NAME } from './people.ts';
import { formerOf, isSteward, stewardsNow } from './stewards.ts';
import { peopleNamed } from './story.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A near-miss for somebody who asks, through the gate. Undefined says no more than that there is none for
 * them, and the near-miss is as they may read it. Its own reporter is let in without asking Slack anything; of everybody else the same is asked whether
 * it exists or not, so that even the time it takes says nothing.
 * @throws when Slack does not say who they are.
 */
async function readable(
  app: Surroundings,
  nearMiss: NearMiss | undefined,
  personId: string,
): Promise<NearMiss | undefined> {
  const now = app.now();
  const unknown = { id: personId, standing: 'unknown', channels: new Set<string>() } as const;
  if (nearMiss !== undefined && mayRead(unknown, nearMiss, now)) return nearMiss;
  const viewer = await app.people.viewer(personId);
  return nearMiss !== undefined && mayRead(viewer, nearMiss, now) ? asReadBy(viewer, nearMiss) : undefined;
}

/** The same, or what to say instead: that there is none for them, or that Slack did not say who they are. */
export async function readableOrWords(
  app: Surroundings,
  nearMiss: NearMiss | undefined,
  personId: string,
  asked?: string,
): Promise<NearMiss | string> {
  try {
    return (await readable(app, nearMiss, personId)) ?? notFoundWords(asked);
  } catch (error) {
    app.log.warn({ error }, 'nobody knows now what somebody may read, and they were told so');
    return NOT_CHECKED;
  }
}

/** By id, as buttons carry it. */
export async function readableById(
  app: Surroundings,
  id: string,
  personId: string,
): Promise<NearMiss | undefined> {
  return readable(app, await app.storage.nearMisses.byId(app.identity.teamId, id), personId);
}

/** `/nearmiss show NM-12`. */
export async function show(app: Surroundings, number: number, personId: string): Promise<Message> {
  const found = await app.storage.nearMisses.byNumber(app.identity.teamId, number);
  const shown = await readableOrWords(app, found, personId, `NM-${number}`);
  const kept = removeKeptWords(found, personId);
  if (typeof shown === 'string') return { text: escapeText(shown), blocks: [typed(shown), ...kept] };
  const message = nearMissMessage(shown, await app.people.names(peopleNamed(shown)));
  return shown.withdrawnAt === undefined ? message : { ...message, blocks: [...message.blocks, ...kept] };
}

/** `/nearmiss list mine` and `/nearmiss list drafts`. */
export async function listMine(
  { storage, identity }: Surroundings,
  personId: string,
  kind: 'mine' | 'drafts',
): Promise<Message> {
  if (kind === 'drafts') {
    const drafts = await storage.lists.draftsOf(identity.teamId, personId, LONGEST.answer + 1);
    return listMessage('Started, not finished', 'Nothing is waiting to be finished.', drafts, 'drafts');
  }
  const mine = await storage.lists.sharedBy(identity.teamId, personId, LONGEST.answer + 1);
  return listMessage('Yours', NOTHING_OF_YOURS, mine, 'mine');
}

async function stewarding(app: Surroundings, viewer: Viewer): Promise<HomeLists['stewarding']> {
  const { storage, identity, people } = app;
  if (!(await isSteward(app, viewer.id))) return undefined;
  const { digest } = await storage.workspaces.settings(identity.teamId);
  const former = formerOf(await stewardsNow(app));
  const names = await people.names(former.map(({ id }) => id));
  const letters = await storage.outbox.deadLetters(identity.teamId);
  return {
    hasDigest: digest !== undefined,
    former: former.map(({ id, standing }) => ({ name: names.get(id) ?? UNKNOWN_NAME, standing })),
    letters: await Promise.all(
      letters.map(async (letter) => ({ ...letter, place: await placeFor(app, viewer, letter.channelId) })),
    ),
  };
}

/** A channel by its name for a steward who may know that there is one. */
async function placeFor({ conversations }: Surroundings, viewer: Viewer, id?: string): Promise<string> {
  const facts = id === undefined ? undefined : await conversations.ask({ id, name: '' });
  const mayKnow = facts?.kind === 'public' || (id !== undefined && viewer.channels.has(id));
  return mayKnow && facts !== undefined && facts.name !== '' ? channelWords(facts) : 'a channel';
}

/** Everything a person's Home lists, and one more of each where there are more. What others shared passes the gate, each one. */
export async function homeLists(app: Surroundings, personId: string): Promise<HomeLists> {
  const { storage, identity, people, now } = app;
  const { teamId } = identity;
  // Where there is a digest, those without a number get it when they first appear there.
  const { digest } = await storage.workspaces.settings(teamId);
  if (digest === undefined) await storage.nearMisses.numberThoseAppearing(teamId, now(), app.shuffle);
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
  return { drafts, mine, others, stewarding: await stewarding(app, viewer) };
}
