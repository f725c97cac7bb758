import { asReadBy, channelsDeciding, mayRead, type Viewer } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import type { Workspace } from '../workspace.ts';
import { notFoundWords } from './story-view.ts';

/** Who asks for a near-miss, and the id or number they named it by. */
type Asking = { personId: string; named: string };

/**
 * A near-miss for somebody who asks, through the gate, as they may read it. Undefined says no more than that there
 * is none for them. Its own reporter is let in without asking Slack anything; before anybody else is refused the
 * same is asked whether it exists or not, so that even the time it takes says nothing.
 * @throws when Slack does not say who they are.
 */
async function readable(
  workspace: Workspace,
  nearMiss: NearMiss | undefined,
  asking: Asking,
): Promise<NearMiss | undefined> {
  const now = workspace.app.now();
  if (nearMiss !== undefined && mayRead(withoutChannels(asking, 'unknown'), nearMiss, now)) return nearMiss;
  const channels = await channelsToAsk(workspace, nearMiss, asking);
  const viewer = await workspace.people.viewer(asking.personId, channels);
  return nearMiss !== undefined && mayRead(viewer, nearMiss, now) ? asReadBy(viewer, nearMiss) : undefined;
}

function withoutChannels({ personId }: Asking, standing: Viewer['standing']): Viewer {
  return { id: personId, standing, channels: new Set() };
}

/**
 * The conversation that decides. Where a member is refused and none does, another one is asked about in its place:
 * one that something is kept for, and for the same name the same one.
 */
async function channelsToAsk(
  { app, identity }: Workspace,
  nearMiss: NearMiss | undefined,
  asking: Asking,
): Promise<Iterable<string>> {
  const deciding = channelsDeciding(nearMiss === undefined ? [] : [nearMiss]);
  const isForMembers =
    nearMiss !== undefined && mayRead(withoutChannels(asking, 'member'), nearMiss, app.now());
  if (isForMembers || deciding.size > 0) return deciding;
  const others = await app.storage.lists.channelsWithTheirOwn(identity.teamId);
  return others.slice(0, 1).map((first) => others[placeOf(asking.named, others.length)] ?? first);
}

/** Anywhere among so many, the same for the same name. */
function placeOf(named: string, among: number): number {
  return Buffer.from(named).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 0) % among;
}

/** The same, or what to say instead: that there is none for them, or that Slack did not say who they are. */
export async function readableOrWords(
  workspace: Workspace,
  nearMiss: NearMiss | undefined,
  asking: Asking,
  asked?: string,
): Promise<NearMiss | string> {
  try {
    return (await readable(workspace, nearMiss, asking)) ?? notFoundWords(asked);
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
  const nearMiss = await workspace.app.storage.nearMisses.byId(workspace.identity.teamId, id);
  return readable(workspace, nearMiss, { personId, named: id });
}
