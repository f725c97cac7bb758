import type { Core } from '../state/core.ts';
import { inOrder, isTopLevel, repliesTo } from '../state/messages.ts';
import { findDirect } from '../state/people-and-channels.ts';
import type { Person } from '../state/state.ts';
import { shownView, stackOf } from '../state/views.ts';
import { canSee } from '../state/visibility.ts';
import { channelOf } from './conversations.ts';
import type { PersonActions } from './person-actions.ts';

type Screen = Pick<
  PersonActions,
  'channels' | 'messages' | 'thread' | 'ephemerals' | 'dm' | 'view' | 'views' | 'home' | 'failure'
>;

/** What one person has on their screen. */
export function screenOf(core: Core, person: Person): Screen {
  const topLevel = (channel: string) =>
    core.state.messages.filter((each) => each.channel === channel && isTopLevel(each));
  const views = () => stackOf(core, person.id).map((view) => shownView(core, view));
  return {
    channels: () => [...core.state.channels.values()].filter((each) => canSee(each, person)),
    messages: (name) => inOrder(topLevel(channelOf(core, person, name).id)),
    thread(name, ts) {
      const channel = channelOf(core, person, name);
      const root = core.state.messages.filter((each) => each.channel === channel.id && each.ts === ts);
      return inOrder([...root, ...repliesTo(core, channel.id, ts)]);
    },
    ephemerals(name) {
      const channel = name === undefined ? undefined : channelOf(core, person, name).id;
      return core.state.ephemerals.filter(
        (each) => each.ephemeral_to === person.id && (channel === undefined || each.channel === channel),
      );
    },
    dm() {
      const direct = findDirect(core, person.id, core.state.app.botUserId);
      return direct ? core.state.messages.filter((each) => each.channel === direct.id) : [];
    },
    view: () => views().at(-1),
    views,
    home() {
      const home = core.state.homes.get(person.id);
      return home && shownView(core, home);
    },
    failure: () => core.state.failures.get(person.id),
  };
}
