import type { Timetable } from '../../domain/digest/timetable.ts';
import { listed } from '../../domain/text/names-in-words.ts';
import { whyNotThere } from '../digest/digest-channel.ts';
import {
  channelError,
  digestSaved,
  digestSettingsView,
  readDigestSettings,
  suggestedDigest,
} from '../digest/digest-settings-view.ts';
import { nextDigestDay } from '../digest/next-digest.ts';
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

/** What stewards see there has changed, and who they are. */
async function refreshHomes({ app, identity }: Workspace, people: string[]) {
  for (const personId of new Set(people))
    await app.storage.outbox.refreshHome(identity.teamId, personId, app.now());
  app.wakeOutbox();
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

/** `/nearmiss digest settings`, for stewards. */
export function openDigestSettings(workspace: Workspace, command: CommandArgs['command']): Promise<void> {
  return openDrawn(workspace, command.trigger_id, 'The weekly digest', async () => {
    const { storage } = workspace.app;
    const { identity, people } = workspace;
    if (!(await isSteward(workspace, command.user_id))) {
      return sayingModal('The weekly digest', await notForYou(workspace));
    }
    const { digest } = await storage.workspaces.settings(identity.teamId);
    if (digest === undefined) {
      await people.names([command.user_id]);
      return digestSettingsView(suggestedDigest(people.known(command.user_id)?.tz ?? 'UTC'), undefined);
    }
    return digestSettingsView(digest, `The next digest is on ${await nextDigestDay(workspace, digest)}.`);
  });
}

export async function onDigestSet(workspace: Workspace, { body, view, ack }: SubmitArgs) {
  const { storage, now } = workspace.app;
  const { identity, conversations } = workspace;
  if (!(await isSteward(workspace, body.user.id))) {
    return ack({
      response_action: 'update',
      view: sayingModal('The weekly digest', await notForYou(workspace)),
    });
  }
  const read = readDigestSettings(view);
  if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
  const { settings } = read;
  const place = await conversations.askAnew({ id: settings.channelId, name: '' });
  const refused = whyNotThere(place, identity);
  if (place === undefined || refused !== undefined) {
    return ack({ response_action: 'errors', errors: channelError(refused ?? NOT_SAVED) });
  }
  const { stewards, digest: before } = await storage.workspaces.settings(identity.teamId);
  // At another time it starts anew: what has just become past is not owed.
  const since = before !== undefined && isSameTime(before, settings) ? before.since : now();
  const { name: channelName, sharedOutside } = place;
  const digest = { ...settings, channelName, sharedOutside, setUpAt: before?.setUpAt ?? now(), since };
  const done = await saveOr(workspace.app, { failed: NOT_SAVED }, async () => {
    await storage.workspaces.change(identity.teamId, { digest });
    return true;
  });
  if ('problem' in done) return ack({ response_action: 'errors', errors: channelError(done.problem) });
  const said = digestSaved(await nextDigestDay(workspace, digest), place);
  await ack({ response_action: 'update', view: { ...sayingModal('The weekly digest'), blocks: said } });
  await refreshHomes(workspace, stewards);
}

function isSameTime(one: Timetable, other: Timetable): boolean {
  return one.weekday === other.weekday && one.minutes === other.minutes && one.zone === other.zone;
}
