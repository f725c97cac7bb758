import type { WebClient } from '@slack/web-api';
import type { Viewer } from '../../domain/access/gate.ts';
import type { Standing } from '../../domain/stewards/standing.ts';

/** A person as far as the app needs to know them. `tz` is an IANA zone. */
export type Person = {
  name: string;
  /** Where it is another: who goes by "Jo" may be written of as Johanna. */
  fullName?: string;
  standing: Viewer['standing'];
  tz: string;
  isBot: boolean;
  isAdmin: boolean;
};

export const UNKNOWN_NAME = 'a colleague';

/** Slack's own helper, which it does not mark as an app. */
export const SLACKBOT = 'USLACKBOT';

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

/** As a page of the directory, an answer about one person, or an event has them. */
export type Described = Omit<SlackUser, 'profile'> & {
  profile?: { display_name?: string; real_name?: string };
};

/** Who that is. `teamId` tells colleagues from people of other organisations. */
export function personOf(user: Described, teamId: string): Person {
  const { profile } = user;
  const fullName = user.real_name || profile?.real_name;
  return {
    name: profile?.display_name || fullName || user.name || UNKNOWN_NAME,
    ...(fullName && { fullName }),
    standing: standingOf(user, teamId),
    tz: user.tz ?? 'UTC',
    isBot: isApp(user),
    isAdmin: user.is_admin === true || user.is_owner === true,
  };
}

/** What somebody is to the workspace of this team. */
export function roleOf(user: Described, teamId: string): Standing {
  if (isApp(user)) return 'app';
  const standing = standingOf(user, teamId);
  return standing === 'unknown' ? 'gone' : standing;
}

function isApp({ id, is_bot: isBot }: Described): boolean {
  return isBot === true || id === SLACKBOT;
}

/** Guests and people from other organisations read nothing that is not posted in front of them. */
function standingOf(user: Described, teamId: string): Viewer['standing'] {
  if (user.deleted === true) return 'unknown';
  if (user.is_stranger === true || (user.team_id !== undefined && user.team_id !== teamId)) return 'external';
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest';
  return 'member';
}
