import type { PersonActions } from '../people/person-actions.ts';
import type { Channel, State } from '../state/state.ts';

/** How far each person has read in each conversation, since the page was started. */
export type Unread = {
  /** Notes that a person has a conversation in front of them now. */
  read(me: PersonActions, channel: Channel): void;
  count(me: PersonActions, channel: Channel): number;
};

const key = (me: PersonActions, channel: Channel) => `${me.id} ${channel.id}`;

export function unreadMarks(state: State, now: () => number): Unread {
  const started = now() / 1000;
  const marks = new Map<string, number>();
  const latest = (channel: Channel) =>
    Number(state.messages.findLast((each) => each.channel === channel.id)?.ts ?? 0);
  return {
    read: (me, channel) => void marks.set(key(me, channel), latest(channel)),
    count(me, channel) {
      if (!channel.members.has(me.id)) return 0;
      const from = marks.get(key(me, channel)) ?? started;
      return state.messages.filter(
        (each) => each.channel === channel.id && each.user !== me.id && Number(each.ts) > from,
      ).length;
    },
  };
}
