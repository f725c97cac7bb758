import { asReadBy, mayRead } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import type { Workspace } from '../workspace.ts';
import { notFoundWords } from './story-view.ts';

/**
 * A near-miss for somebody who asks, through the gate, as they may read it. Undefined says no more than that there
 * is none for them. Its own reporter is let in without asking Slack anything; of everybody else the same is asked
 * whether it exists or not, so that even the time it takes says nothing.
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
