import { type Json, optionalText, truthy } from '../json.ts';
import type { Core } from '../state/core.ts';
import { Refusal } from '../state/refusal.ts';
import type { Person } from '../state/state.ts';
import { appIsIn, isMember } from '../state/visibility.ts';
import { pageOf } from './paging.ts';

/** A person as Slack describes them. Email is left out: it needs a scope this workspace does not know. */
export function wirePerson(person: Person, locale: boolean): Json {
  const profile = {
    real_name: person.realName,
    display_name: person.displayName,
    real_name_normalized: person.realName,
    display_name_normalized: person.displayName,
    team: person.teamId,
  };
  const about = person.isDeleted ? {} : standing(person);
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.handle,
    deleted: person.isDeleted,
    is_bot: person.isBot,
    is_app_user: false,
    ...(person.workspaces ? { enterprise_user: { id: person.id, teams: person.workspaces } } : {}),
    ...(person.isStranger ? { is_stranger: true } : {}),
    ...about,
    ...(locale ? { locale: 'en-US' } : {}),
    profile,
  };
}

// Slack says nothing of zone and standing for accounts that are closed.
const standing = (person: Person): Json => ({
  real_name: person.realName,
  tz: person.tz,
  is_admin: person.isAdmin,
  is_owner: person.isOwner,
  is_primary_owner: false,
  is_restricted: person.isRestricted,
  is_ultra_restricted: person.isUltraRestricted,
});

/** People from elsewhere are known only where the app shares a conversation with them. */
function isKnown(core: Core, person: Person): boolean {
  if (!person.isStranger) return true;
  return [...core.state.channels.values()].some((each) => appIsIn(core, each) && isMember(each, person.id));
}

export function usersInfo(core: Core, args: Json): Json {
  const person = core.state.people.get(String(args.user));
  if (!person) throw new Refusal('user_not_found');
  if (!isKnown(core, person)) throw new Refusal('user_not_visible');
  return { user: wirePerson(person, truthy(args.include_locale)) };
}

export function usersList(core: Core, args: Json): Json {
  const people = [...core.state.people.values()].filter((each) => isKnown(core, each));
  const page = pageOf(people, (each) => each.id, args, { usual: 1000, most: 1000 });
  const members = page.items.map((each) => wirePerson(each, truthy(args.include_locale)));
  return { members, response_metadata: { next_cursor: page.nextCursor } };
}

export function teamInfo(core: Core, args: Json): Json {
  const { id, name, domain } = core.state.team;
  if ((optionalText(args.team) ?? id) !== id) throw new Refusal('team_not_found');
  return { team: { id, name, domain, email_domain: '', icon: {} } };
}

export function botsInfo(core: Core, args: Json): Json {
  const { app } = core.state;
  if (optionalText(args.bot) !== app.botId) throw new Refusal('bot_not_found');
  return {
    bot: { id: app.botId, deleted: false, name: app.name, app_id: app.id, user_id: app.botUserId, icons: {} },
  };
}
