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

/** Our workspace, and the organisation it belongs to, if it does to one. */
export type Home = { teamId: string; enterpriseId?: string | undefined };

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

/** As a page of the directory, an answer about one person, or an event has them. */
export type Described = Omit<SlackUser, 'profile' | 'team_id' | 'enterprise_user'> & {
  profile?: { display_name?: string; real_name?: string };
  /** The workspace they came from, or in an organisation possibly that. */
  team_id?: string | null;
  /** The workspaces of their organisation that they are in. */
  enterprise_user?: { teams?: string[] | null } | null;
};

/** Who that is. `home` tells colleagues from people of other organisations. */
export function personOf(user: Described, home: Home): Person {
  const { profile } = user;
  const fullName = user.real_name || profile?.real_name;
  return {
    name: profile?.display_name || fullName || user.name || UNKNOWN_NAME,
    ...(fullName && { fullName }),
    standing: standingOf(user, home),
    tz: user.tz ?? 'UTC',
    isBot: isApp(user),
    isAdmin: user.is_admin === true || user.is_owner === true,
  };
}

/** What somebody is to our workspace; undefined where Slack does not say whether they are in it. */
export function roleOf(user: Described, home: Home): Standing | undefined {
  if (isApp(user)) return 'app';
  if (user.deleted === true) return 'gone';
  const standing = standingOf(user, home);
  return standing === 'unknown' ? undefined : standing;
}

function isApp({ id, is_bot: isBot }: Described): boolean {
  return isBot === true || id === SLACKBOT;
}

/** Guests and people from other organisations read nothing that is not posted in front of them. */
function standingOf(user: Described, home: Home): Viewer['standing'] {
  if (user.deleted === true) return 'unknown';
  const isOurs = user.is_stranger === true ? false : isInHome(user, home);
  if (isOurs === undefined) return 'unknown';
  if (!isOurs) return 'external';
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest';
  return 'member';
}

/**
 * In an organisation people have one account for all its workspaces, which may be said to be of another one, of the
 * organisation itself or of none: then the workspaces they are in decide. Undefined where those are not said either.
 */
function isInHome(
  { team_id: theirs, enterprise_user: account }: Described,
  { teamId, enterpriseId }: Home,
): boolean | undefined {
  if (theirs === teamId) return true;
  const teams = account?.teams ?? undefined;
  if (teams !== undefined) return teams.includes(teamId);
  const isSaid = theirs !== undefined && theirs !== null && theirs !== '' && theirs !== enterpriseId;
  return isSaid && account == null ? false : undefined;
}
