import { type Chosen, formerByNow, type Standing } from '../../domain/stewards/standing.ts';
import { inTime } from '../platform/in-time.ts';
import type { Workspace } from '../workspace.ts';

/** Whoever waits has a trigger that lives three seconds, and something is still to be drawn. */
const ASK_MS = 1000;

/** Those who were chosen, and what they are by now, at most five minutes old. */
export async function stewardsNow(workspace: Workspace): Promise<Chosen[]> {
  const { app, identity } = workspace;
  const { stewards } = await app.storage.workspaces.settings(identity.teamId);
  return Promise.all(stewards.map(async (id) => ({ id, standing: await standingNow(workspace, id) })));
}

/** The same as far as it is known; never waits for Slack. */
export async function stewardsSaid({ app, identity, people }: Workspace): Promise<Chosen[]> {
  const { stewards } = await app.storage.workspaces.settings(identity.teamId);
  return stewards.map((id) => ({ id, standing: people.standingSaid(id) }));
}

/** What somebody is here by now; undefined where Slack does not say it in a second. */
export async function standingNow({ people }: Workspace, personId: string): Promise<Standing | undefined> {
  const said = people.standingSaid(personId);
  if (said !== undefined) return said;
  const standing = await inTime(people.standing(personId), ASK_MS);
  return standing === 'late' ? undefined : standing;
}

/** Notes who of them is none any more: the others hear of it on their Homes. */
export async function noteFormerStewards(workspace: Workspace): Promise<void> {
  const { app, identity } = workspace;
  const { teamId } = identity;
  const { formerStewards = [] } = await app.storage.workspaces.settings(teamId);
  const former = formerByNow(await stewardsSaid(workspace), formerStewards);
  if (await app.storage.stewards.noteFormer({ teamId, former, now: app.now() })) app.wakeOutbox();
}
