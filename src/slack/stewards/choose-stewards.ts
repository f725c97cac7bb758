import type { ModalView } from '@slack/types';
import { areAllFormer, formerOf, formerStewardWords, type Standing } from '../../domain/stewards/standing.ts';
import { listed } from '../../domain/text/names-in-words.ts';
import { refreshHomes } from '../home/refresh-homes.ts';
import { UNKNOWN_NAME } from '../platform/describe-person.ts';
import type { CommandArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import { NOT_SAVED, saveOr } from '../platform/submission.ts';
import type { Workspace } from '../workspace.ts';
import { refusedIn, whyNotSteward } from './may-as-steward.ts';
import { readStewards, stewardSettings, stewardsError } from './steward-settings-view.ts';
import { noteFormerStewards, stewardsNow } from './stewards-now.ts';

/** `/nearmiss settings`. While there are no stewards, an admin or owner of the workspace chooses them. */
export function openSettings(workspace: Workspace, command: CommandArgs['command']): Promise<void> {
  return openDrawn(workspace, command.trigger_id, 'Settings', async () => {
    const refused = await whyNotChoose(workspace, command.user_id);
    return refused === undefined ? settingsNow(workspace) : sayingModal('Settings', refused);
  });
}

/** Who is a steward no longer is not proposed again; of whom Slack does not say it, is. */
async function settingsNow(workspace: Workspace): Promise<ModalView> {
  const chosen = await stewardsNow(workspace);
  const former = formerOf(chosen);
  const names = await workspace.people.names(former.map(({ id }) => id));
  const still = chosen.filter(({ id }) => !former.some((one) => one.id === id));
  return stewardSettings(
    still.map(({ id }) => id),
    former.map(({ id, standing }) => formerStewardWords(names.get(id) ?? UNKNOWN_NAME, standing)),
  );
}

/**
 * The stewards choose who they are; while there are none, or all of them are gone, an admin or owner does. In words
 * why somebody may not.
 */
async function whyNotChoose(workspace: Workspace, personId: string): Promise<string | undefined> {
  const refused = await whyNotSteward(workspace, personId);
  if (refused === undefined || !areAllFormer(await stewardsNow(workspace))) return refused;
  try {
    return (await workspace.people.isAdmin(personId)) ? undefined : refused;
  } catch (error) {
    workspace.watch(error);
    workspace.app.log.warn({ error }, 'nobody knows now whether somebody may choose the stewards');
    return NOT_CHECKED;
  }
}

/** *Save* in the settings: who looks after near-misses from now on, or why they stay who they were. */
export async function onStewardsChosen(workspace: Workspace, { body, view, ack }: SubmitArgs) {
  const { storage } = workspace.app;
  const { identity, people } = workspace;
  const before = (await storage.workspaces.settings(identity.teamId)).stewards;
  const refused = await whyNotChoose(workspace, body.user.id);
  if (refused !== undefined) return ack(refusedIn(view, 'Settings', refused));
  const chosen = readStewards(view);
  const cannot = await whoCannotBe(workspace, chosen);
  if (cannot !== undefined) return ack({ response_action: 'errors', errors: stewardsError(cannot) });
  const done = await saveOr(workspace.app, { failed: NOT_SAVED }, async () => {
    await storage.workspaces.change(identity.teamId, { stewards: chosen });
    await noteFormerStewards(workspace);
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
  if (chosen.length === 0) return 'Please choose at least one person.';
  const standings = await Promise.all(chosen.map((personId) => standingAnew(workspace, personId)));
  const namesOf = async (isMeant: (standing: Standing | undefined) => boolean) => {
    const those = chosen.filter((_personId, at) => isMeant(standings[at]));
    return listed([...(await workspace.people.names(those)).values()]);
  };
  const cannot = await namesOf((standing) => standing !== undefined && standing !== 'member');
  if (cannot !== '') return `Guests, apps and people from other organisations cannot be stewards: ${cannot}.`;
  const unsaid = await namesOf((standing) => standing === undefined);
  return unsaid === ''
    ? undefined
    : `Slack did not say whether ${unsaid} can be a steward. Please press Save again in a moment.`;
}

/** Asks as well where they are, which the sentences about who can see something say. */
async function standingAnew(
  { app, people, watch }: Workspace,
  personId: string,
): Promise<Standing | undefined> {
  try {
    await people.lookAnew(personId);
    return people.standingSaid(personId);
  } catch (error) {
    watch(error);
    app.log.warn({ error }, 'somebody chosen as a steward could not be looked up');
    return undefined;
  }
}
