import { type Core, changed, newId } from './core.ts';
import type { Channel, ChannelKind, Person } from './state.ts';

/** A person to start with; everything but the handle has a sensible default. */
export type PersonSeed = { readonly handle: string } & Partial<Person>;

/** A conversation to start with. Members are handles; `app` says whether the app is in it. */
export type ChannelSeed = {
  readonly name: string;
  readonly id?: string;
  readonly kind?: ChannelKind;
  readonly members?: readonly string[];
  readonly app?: boolean;
} & Partial<
  Pick<
    Channel,
    'isArchived' | 'isPostingRestricted' | 'closedAs' | 'isExtShared' | 'isPendingExtShared' | 'isGeneral'
  >
>;

/** An id one can recognise while reading a failing test: `U0MARIA000` is Maria. */
function readableId(core: Core, prefix: string, name: string): string {
  const letters = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, 12);
  const id = `${prefix}0${letters.padEnd(8, '0')}`;
  return core.state.people.has(id) || core.state.channels.has(id) ? newId(core, prefix) : id;
}

export function addPerson(core: Core, seed: PersonSeed): Person {
  const realName = seed.realName ?? seed.handle.charAt(0).toUpperCase() + seed.handle.slice(1);
  const person: Person = {
    id: readableId(core, 'U', seed.handle),
    teamId: seed.isStranger ? 'T0ELSEWHERE' : core.state.team.id,
    realName,
    displayName: '',
    tz: 'Europe/Amsterdam',
    isAdmin: false,
    isOwner: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    isBot: false,
    isDeleted: false,
    ...seed,
  };
  core.state.people.set(person.id, person);
  return person;
}

export function addChannel(core: Core, seed: ChannelSeed): Channel {
  const { members = [], app = false, kind = 'public', id, ...rest } = seed;
  const channel: Channel = {
    kind,
    isArchived: false,
    isPostingRestricted: false,
    isExtShared: false,
    isPendingExtShared: false,
    isGeneral: false,
    ...rest,
    id: id ?? readableId(core, kind === 'im' ? 'D' : 'C', seed.name),
    members: new Set(members.map((each) => findPerson(core, each).id)),
  };
  if (app) channel.members.add(core.state.app.botUserId);
  core.state.channels.set(channel.id, channel);
  changed(core, { what: 'channel', channel: channel.id });
  return channel;
}

/** A person by handle or id; asking for nobody is a mistake in the test. */
export function findPerson(core: Core, name: string): Person {
  const wanted = name.replace(/^@/, '');
  const found =
    core.state.people.get(wanted) ?? [...core.state.people.values()].find((each) => each.handle === wanted);
  if (!found) throw new Error(`There is nobody called ${name} here`);
  return found;
}

/** A conversation by name or id. */
export function findChannel(core: Core, name: string): Channel {
  const wanted = name.replace(/^#/, '');
  const found =
    core.state.channels.get(wanted) ?? [...core.state.channels.values()].find((each) => each.name === wanted);
  if (!found) throw new Error(`There is no conversation called ${name} here`);
  return found;
}

/** The direct messages between two people, or a person and the app, if they have any. */
export function findDirect(core: Core, one: string, other: string): Channel | undefined {
  return [...core.state.channels.values()].find(
    (each) =>
      each.kind === 'im' && each.members.has(one) && each.members.has(other) && each.members.size === 2,
  );
}

export function directWithApp(core: Core, person: Person): Channel {
  const { botUserId } = core.state.app;
  return (
    findDirect(core, person.id, botUserId) ??
    addChannel(core, { name: `app-${person.handle}`, kind: 'im', members: [person.id, botUserId] })
  );
}
