import type { DigestSettings } from '../../domain/digest/digest.ts';
import { type LastSlot, nextSlot, type Slot } from '../../domain/digest/timetable.ts';
import type { Facts } from '../platform/conversation-facts.ts';
import type { Identity } from '../platform/identity.ts';
import type { Workspace } from '../workspace.ts';
import type { DigestWork } from './tend-digest.ts';

/** Can a digest be posted there now? Undefined when Slack does not say. */
function canPostIn({ app, identity, conversations }: Workspace): DigestWork['canPost'] {
  return async (channelId, toOutsiders) => {
    const facts = await conversations.askAnew({ id: channelId, name: '' });
    if (facts === undefined)
      app.log.warn({ channelId }, 'Slack did not say whether a digest can be posted; it is asked again');
    // Shared with another organisation since it was chosen: nobody agreed to that.
    return facts && whyNotThere(facts, identity) === undefined && (toOutsiders || !facts.sharedOutside);
  };
}

/** The work of the digest with what the listeners have. */
export function digestWorkOf(
  workspace: Workspace,
): DigestWork & { nextSlot: (settings: DigestSettings, last: LastSlot | undefined) => Slot } {
  const { storage, now, newId, shuffle, wakeOutbox, log } = workspace.app;
  const { identity } = workspace;
  return {
    teamId: identity.teamId,
    storage,
    canPost: canPostIn(workspace),
    now,
    newId,
    shuffle,
    wakeOutbox,
    log,
    nextSlot: (settings, last) => nextSlot(settings, last, now()),
  };
}

/** Why a digest cannot be posted there, in words for whoever chooses its channel; undefined where it can. */
export function whyNotThere(place: Facts | undefined, { app, botUserId }: Identity): string | undefined {
  if (place === undefined)
    return 'Slack did not say whether the app can post there. Please press Save again in a moment.';
  if (place.isArchived === true) return 'That channel is archived. Please choose another one.';
  if (place.takesNoPosts === true || place.onlyPosters?.includes(botUserId) === false)
    return 'Posting in that channel is restricted. Let the app post there, or choose another one.';
  return place.isMember === true
    ? undefined
    : `The app is not in that channel. Invite it there with /invite @${app}, then press Save again.`;
}
