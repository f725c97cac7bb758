import type { Core } from './core.ts';
import { Refusal } from './refusal.ts';
import type { Channel, ChannelKind, Person } from './state.ts';

const scopePrefix: Record<ChannelKind, string> = {
  public: 'channels',
  private: 'groups',
  mpim: 'mpim',
  im: 'im',
};

export const isMember = (channel: Channel, person: string): boolean => channel.members.has(person);

export const appIsIn = (core: Core, channel: Channel): boolean => isMember(channel, core.state.app.botUserId);

/** Guests and people from elsewhere see only what they are in; everyone else also sees public channels. */
export function canSee(channel: Channel, person: Person): boolean {
  const insider = !person.isRestricted && !person.isUltraRestricted && !person.isStranger;
  return isMember(channel, person.id) || (channel.kind === 'public' && insider);
}

export const scopeFor = (kind: ChannelKind, right: 'read' | 'history'): string =>
  `${scopePrefix[kind]}:${right}`;

/** Refuses a call for want of a scope, saying which, as Slack does. */
export function requireScope(core: Core, ...anyOf: readonly string[]): void {
  const { scopes } = core.installation;
  if (anyOf.length === 0 || anyOf.some((scope) => scopes.has(scope))) return;
  throw new Refusal('missing_scope', { needed: anyOf.join(','), provided: [...scopes].join(',') });
}

/** A conversation the app may know of. One it is not in and that is not public does not exist for it. */
export function visibleToApp(core: Core, id: unknown, right?: 'read' | 'history'): Channel {
  const channel = typeof id === 'string' ? core.state.channels.get(id) : undefined;
  if (!channel || (channel.kind !== 'public' && !appIsIn(core, channel)))
    throw new Refusal('channel_not_found');
  if (right) requireScope(core, scopeFor(channel.kind, right));
  return channel;
}
