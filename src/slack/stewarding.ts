import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { listed } from '../domain/names-in-words.ts';
import { channelWords } from '../domain/place.ts';
import type { Timetable } from '../domain/schedule.ts';
import { formerStewardWords, type Standing } from '../domain/stewards.ts';
import { nextDigestDay } from './coming-digests.ts';
import { whyNotThere } from './digest-room.ts';
import {
  channelError,
  digestSaved,
  digestSettingsView,
  readDigestSettings,
  suggestedDigest,
} from './digest-settings.ts';
import { NOT_CHECKED, sayingModal } from './near-miss-view.ts';
import { UNKNOWN_NAME } from './people.ts';
import { openDrawn } from './reading.ts';
import { NOT_SAVED, type SubmitArgs, saveOr } from './saving.ts';
import { readStewards, stewardSettings, stewardsError } from './steward-settings.ts';
import { areAllFormer, formerOf, refusedIn, stewardsNow, whyNotSteward } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** `/nearmiss settings`. While there are no stewards, an admin or owner of the workspace chooses them. */
export function openSettings(app: Surroundings, command: CommandArgs['command']): Promise<void> {
  return openDrawn(app, command.trigger_id, 'Settings', async () => {
    const refused = await whyNotChoose(app, command.user_id);
    return refused === undefined ? settingsNow(app) : sayingModal('Settings', refused);
  });
}

/** Who is a steward no longer is not proposed again; of whom Slack does not say it, is. */
async function settingsNow(app: Surroundings): Promise<ModalView> {
  const chosen = await stewardsNow(app);
  const former = formerOf(chosen);
  const names = await app.people.names(former.map(({ id }) => id));
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
async function whyNotChoose(app: Surroundings, personId: string): Promise<string | undefined> {
  const refused = await whyNotSteward(app, personId);
  if (refused === undefined || !areAllFormer(await stewardsNow(app))) return refused;
  try {
    return (await app.people.isAdmin(personId)) ? undefined : refused;
  } catch (error) {
    app.log.warn({ error }, 'nobody knows now whether somebody may choose the stewards');
    return NOT_CHECKED;
  }
}

export function onStewardsChosen(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { storage, identity, people } = app;
    const before = (await storage.workspaces.settings(identity.teamId)).stewards;
    const refused = await whyNotChoose(app, body.user.id);
    if (refused !== undefined) return ack(refusedIn(view, 'Settings', refused));
    const chosen = readStewards(view);
    const cannot = await whoCannotBe(app, chosen);
    if (cannot !== undefined) return ack({ response_action: 'errors', errors: stewardsError(cannot) });
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
  const standings = await Promise.all(chosen.map((personId) => standingAnew(app, personId)));
  const namesOf = async (isMeant: (standing: Standing | undefined) => boolean) => {
    const those = chosen.filter((_personId, at) => isMeant(standings[at]));
    return listed([...(await people.names(those)).values()]);
  };
  const cannot = await namesOf((standing) => standing !== undefined && standing !== 'member');
  if (cannot !== '') return `Guests, apps and people from other organisations cannot be stewards: ${cannot}.`;
  const unsaid = await namesOf((standing) => standing === undefined);
  return unsaid === ''
    ? undefined
    : `Slack did not say whether ${unsaid} can be a steward. Please press Save again in a moment.`;
}

/** Asks as well where they are, which the sentences about who can see something say. */
async function standingAnew({ people, log }: Surroundings, personId: string): Promise<Standing | undefined> {
  try {
    await people.viewer(personId);
    return people.standingSaid(personId);
  } catch (error) {
    log.warn({ error }, 'somebody chosen as a steward could not be looked up');
    return undefined;
  }
}

/** `/nearmiss digest settings`, for stewards. */
export function openDigestSettings(app: Surroundings, command: CommandArgs['command']): Promise<void> {
  return openDrawn(app, command.trigger_id, 'The weekly digest', async () => {
    const { storage, identity, people } = app;
    const refused = await whyNotSteward(app, command.user_id);
    if (refused !== undefined) return sayingModal('The weekly digest', refused);
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
    const notTheirs = await whyNotSteward(app, body.user.id);
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
    const done = await saveOr(app, NOT_SAVED, async () => {
      await storage.workspaces.change(identity.teamId, { digest });
      return true;
    });
    if ('problem' in done) return ack({ response_action: 'errors', errors: channelError(done.problem) });
    const said = digestSaved(await nextDigestDay(app, digest), channelWords(place), place.sharedOutside);
    await ack({ response_action: 'update', view: { ...sayingModal('The weekly digest'), blocks: said } });
    await refreshHomes(app, stewards);
  };
}

function isSameTime(one: Timetable, other: Timetable): boolean {
  return one.weekday === other.weekday && one.minutes === other.minutes && one.zone === other.zone;
}
