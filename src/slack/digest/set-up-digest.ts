import type { Timetable } from '../../domain/digest/timetable.ts';
import { refreshHomes } from '../home/refresh-homes.ts';
import type { CommandArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import { NOT_SAVED, saveOr } from '../platform/submission.ts';
import { refusedIn, whyNotSteward } from '../stewards/may-as-steward.ts';
import type { Workspace } from '../workspace.ts';
import { whyNotThere } from './digest-channel.ts';
import {
  channelError,
  digestSaved,
  digestSettingsView,
  readDigestSettings,
  suggestedDigest,
} from './digest-settings-view.ts';
import { nextDigestDay } from './next-digest.ts';

/** `/nearmiss digest settings`, for stewards. */
export function openDigestSettings(workspace: Workspace, command: CommandArgs['command']): Promise<void> {
  return openDrawn(workspace, command.trigger_id, 'The weekly digest', async () => {
    const { storage } = workspace.app;
    const { identity, people } = workspace;
    const refused = await whyNotSteward(workspace, command.user_id);
    if (refused !== undefined) return sayingModal('The weekly digest', refused);
    const { digest } = await storage.workspaces.settings(identity.teamId);
    if (digest === undefined) {
      await people.names([command.user_id]);
      return digestSettingsView(suggestedDigest(people.known(command.user_id)?.tz ?? 'UTC'), undefined);
    }
    return digestSettingsView(digest, `The next digest is on ${await nextDigestDay(workspace, digest)}.`);
  });
}

/** *Save* in the settings of the digest: kept where it can be posted there, or why not. */
export async function onDigestSet(workspace: Workspace, { body, view, ack }: SubmitArgs) {
  const { storage, now } = workspace.app;
  const { identity, conversations } = workspace;
  const notTheirs = await whyNotSteward(workspace, body.user.id);
  if (notTheirs !== undefined) return ack(refusedIn(view, 'The weekly digest', notTheirs));
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
