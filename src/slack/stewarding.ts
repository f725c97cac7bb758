import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { listed } from '../domain/names-in-words.ts';
import type { Timetable } from '../domain/schedule.ts';
import { nextDigestDay } from './coming-digests.ts';
import { whyNotThere } from './digest-room.ts';
import {
  channelError,
  digestSaved,
  digestSettingsView,
  readDigestSettings,
  suggestedDigest,
} from './digest-settings.ts';
import { sayingModal } from './near-miss-view.ts';
import { openDrawn } from './reading.ts';
import { NOT_SAVED, type SubmitArgs, saveOr } from './saving.ts';
import {
  type ForStewards,
  notYours,
  readStewards,
  stewardSettings,
  stewardsError,
} from './steward-settings.ts';
import type { Surroundings } from './surroundings.ts';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
/** Is this person one of those who look after near-misses? Asked at every press: stewards change. */
export async function isSteward({ storage, identity }: Surroundings, personId: string): Promise<boolean> {
  return (await storage.workspaces.settings(identity.teamId)).stewards.includes(personId);
}

/** `/nearmiss settings`. While there are no stewards, an admin or owner of the workspace chooses them. */
export function openSettings(app: Surroundings, command: CommandArgs['command']): Promise<void> {
  return openDrawn(app, command.trigger_id, 'Settings', async () => {
    const { stewards } = await app.storage.workspaces.settings(app.identity.teamId);
    return (await mayChoose(app, stewards, command.user_id))
      ? stewardSettings(stewards)
      : sayingModal('Settings', await notForYou(app));
  });
}

/** The stewards choose who they are; while there are none, or all of them are gone, an admin or owner does. */
async function mayChoose(app: Surroundings, stewards: string[], personId: string): Promise<boolean> {
  if (stewards.includes(personId)) return true;
  if (!(await app.people.isAdmin(personId))) return false;
  const standings = await Promise.all(stewards.map((steward) => standingOf(app, steward)));
  return standings.every((standing) => standing === 'cannot');
}

/** What somebody hears who may not do what stewards do. */
export async function notForYou(
  { storage, identity, people }: Surroundings,
  what: ForStewards = 'change this',
): Promise<string> {
  const { stewards } = await storage.workspaces.settings(identity.teamId);
  return notYours(what, listed([...(await people.names(stewards)).values()]), stewards.length);
}

export function onStewardsChosen(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { storage, identity, people } = app;
    const before = (await storage.workspaces.settings(identity.teamId)).stewards;
    const may = await mayChoose(app, before, body.user.id);
    const chosen = readStewards(view);
    const refused = may ? await whoCannotBe(app, chosen) : undefined;
    if (!may) return ack({ response_action: 'update', view: sayingModal('Settings', await notForYou(app)) });
    if (refused !== undefined) return ack({ response_action: 'errors', errors: stewardsError(refused) });
    const done = await saveOr(app, NOT_SAVED, async () => {
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
    await refreshHomes(app, [...before, ...chosen]);
  };
}

/** What stewards see there has changed, and who they are. */
async function refreshHomes({ storage, identity, now, wakeOutbox }: Surroundings, people: string[]) {
  for (const personId of new Set(people)) await storage.outbox.refreshHome(identity.teamId, personId, now());
  wakeOutbox();
}

/** Guests, bots and people from other organisations do not see the workspace as its people do. */
async function whoCannotBe(app: Surroundings, chosen: string[]): Promise<string | undefined> {
  const { people } = app;
  if (chosen.length === 0) return 'Please choose at least one person.';
  const standings = await Promise.all(chosen.map((personId) => standingOf(app, personId)));
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

async function standingOf({ people, log }: Surroundings, personId: string): Promise<Standing> {
  try {
    const { standing } = await people.viewer(personId);
    return standing === 'member' && people.known(personId)?.isBot !== true ? 'can' : 'cannot';
  } catch (error) {
    log.warn({ error }, 'somebody chosen as a steward could not be looked up');
    return 'unsaid';
  }
}

/** `/nearmiss digest settings`, for stewards. */
export function openDigestSettings(app: Surroundings, command: CommandArgs['command']): Promise<void> {
  return openDrawn(app, command.trigger_id, 'The weekly digest', async () => {
    const { storage, identity, people } = app;
    if (!(await isSteward(app, command.user_id))) {
      return sayingModal('The weekly digest', await notForYou(app));
    }
    const { digest } = await storage.workspaces.settings(identity.teamId);
    if (digest === undefined) {
      await people.names([command.user_id]);
      return digestSettingsView(suggestedDigest(people.known(command.user_id)?.tz ?? 'UTC'), undefined);
    }
    return digestSettingsView(digest, `The next digest is on ${await nextDigestDay(app, digest)}.`);
  });
}

export function onDigestSet(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { storage, identity, conversations, now } = app;
    if (!(await isSteward(app, body.user.id))) {
      return ack({ response_action: 'update', view: sayingModal('The weekly digest', await notForYou(app)) });
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
    const done = await saveOr(app, NOT_SAVED, async () => {
      await storage.workspaces.change(identity.teamId, { digest });
      return true;
    });
    if ('problem' in done) return ack({ response_action: 'errors', errors: channelError(done.problem) });
    const said = digestSaved(await nextDigestDay(app, digest), place);
    await ack({ response_action: 'update', view: { ...sayingModal('The weekly digest'), blocks: said } });
    await refreshHomes(app, stewards);
  };
}

function isSameTime(one: Timetable, other: Timetable): boolean {
  return one.weekday === other.weekday && one.minutes === other.minutes && one.zone === other.zone;
}
