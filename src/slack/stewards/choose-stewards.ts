import { listed } from '../../domain/text/names-in-words.ts';
import { refreshHomes } from '../home/refresh-homes.ts';
import type { CommandArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import { NOT_SAVED, saveOr } from '../platform/submission.ts';
import type { Workspace } from '../workspace.ts';
import {
  type ForStewards,
  notYours,
  readStewards,
  stewardSettings,
  stewardsError,
} from './steward-settings-view.ts';

/** Is this person one of those who look after near-misses? Asked at every press: stewards change. */
export async function isSteward({ app, identity }: Workspace, personId: string): Promise<boolean> {
  return (await app.storage.workspaces.settings(identity.teamId)).stewards.includes(personId);
}

/** `/nearmiss settings`. While there are no stewards, an admin or owner of the workspace chooses them. */
export function openSettings(workspace: Workspace, command: CommandArgs['command']): Promise<void> {
  return openDrawn(workspace, command.trigger_id, 'Settings', async () => {
    const { stewards } = await workspace.app.storage.workspaces.settings(workspace.identity.teamId);
    return (await mayChoose(workspace, stewards, command.user_id))
      ? stewardSettings(stewards)
      : sayingModal('Settings', await notForYou(workspace));
  });
}

/** The stewards choose who they are; while there are none, or all of them are gone, an admin or owner does. */
async function mayChoose(workspace: Workspace, stewards: string[], personId: string): Promise<boolean> {
  if (stewards.includes(personId)) return true;
  if (!(await workspace.people.isAdmin(personId))) return false;
  const standings = await Promise.all(stewards.map((steward) => standingOf(workspace, steward)));
  return standings.every((standing) => standing === 'cannot');
}

/** What somebody hears who may not do what stewards do. */
export async function notForYou(
  { app, identity, people }: Workspace,
  what: ForStewards = 'change this',
): Promise<string> {
  const { stewards } = await app.storage.workspaces.settings(identity.teamId);
  return notYours(what, listed([...(await people.names(stewards)).values()]), stewards.length);
}

export async function onStewardsChosen(workspace: Workspace, { body, view, ack }: SubmitArgs) {
  const { storage } = workspace.app;
  const { identity, people } = workspace;
  const before = (await storage.workspaces.settings(identity.teamId)).stewards;
  const may = await mayChoose(workspace, before, body.user.id);
  const chosen = readStewards(view);
  const refused = may ? await whoCannotBe(workspace, chosen) : undefined;
  if (!may)
    return ack({ response_action: 'update', view: sayingModal('Settings', await notForYou(workspace)) });
  if (refused !== undefined) return ack({ response_action: 'errors', errors: stewardsError(refused) });
  const done = await saveOr(workspace.app, { failed: NOT_SAVED }, async () => {
    await storage.workspaces.change(identity.teamId, { stewards: chosen });
    return true;
  });
  if ('problem' in done) return ack({ response_action: 'errors', errors: stewardsError(done.problem) });
  const names = listed([...(await people.names(chosen)).values()]);
  const looks = chosen.length === 1 ? 'looks' : 'look';
  await ack({
    response_action: 'update',
    view: sayingModal('Settings', `Saved. ${names} ${looks} after near-misses from now on.`),
  });
  await refreshHomes(workspace, [...before, ...chosen]);
}

/** Guests, bots and people from other organisations do not see the workspace as its people do. */
async function whoCannotBe(workspace: Workspace, chosen: string[]): Promise<string | undefined> {
  const { people } = workspace;
  if (chosen.length === 0) return 'Please choose at least one person.';
  const standings = await Promise.all(chosen.map((personId) => standingOf(workspace, personId)));
  const namesOf = async (standing: Standing) => {
    const those = chosen.filter((_personId, at) => standings[at] === standing);
    return listed([...(await people.names(those)).values()]);
  };
  if (standings.includes('cannot'))
    return `Guests, apps and people from other organisations cannot be stewards: ${await namesOf('cannot')}.`;
  if (standings.includes('unsaid'))
    return `Slack did not say whether ${await namesOf('unsaid')} can be a steward. Please press Save again in a moment.`;
  return undefined;
}

type Standing = 'can' | 'cannot' | 'unsaid';

async function standingOf({ app, people }: Workspace, personId: string): Promise<Standing> {
  try {
    const { standing } = await people.viewer(personId);
    return standing === 'member' && people.known(personId)?.isBot !== true ? 'can' : 'cannot';
  } catch (error) {
    app.log.warn({ error }, 'somebody chosen as a steward could not be looked up');
    return 'unsaid';
  }
}
