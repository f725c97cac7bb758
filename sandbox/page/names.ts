import type { Channel, Message, Person, State } from '../state/state.ts';

/** For whom something is drawn: decides names, time zone and which conversations exist. */
export type Reader = { readonly state: State; readonly person: Person; readonly now: number };

/** Everybody one can be or pick: whoever has an account here and is no program. */
export const peopleOf = (state: State): Person[] =>
  [...state.people.values()].filter((each) => !each.isBot && !each.isDeleted && each.id !== 'USLACKBOT');

const called = (person: Person) => person.displayName || person.realName;

/** The name a person reads for an account; the id where nobody here has it. */
export function personName({ state }: Reader, id: string): string {
  if (id === state.app.botUserId) return state.app.name;
  const person = state.people.get(id);
  return person ? called(person) : id;
}

/** Who wrote a message, as it stands above it. */
export const authorName = (reader: Reader, message: Message): string =>
  message.username ?? personName(reader, message.user ?? '');

/** Is the writer an app? People are to see that before they answer it. */
export const isApp = (reader: Reader, message: Message): boolean =>
  message.bot_id !== undefined || message.user === reader.state.app.botUserId;

/** A conversation between people, without a name of its own. */
export const isDirect = ({ kind }: Channel): boolean => kind === 'im' || kind === 'mpim';

const others = (reader: Reader, channel: Channel) =>
  [...channel.members].filter((id) => id !== reader.person.id).map((id) => personName(reader, id));

/** What a conversation is called: its name, or the other people in it. */
export const channelName = (reader: Reader, channel: Channel): string =>
  isDirect(channel) ? others(reader, channel).join(', ') : channel.name;

/** The name with the mark that people know conversations by. */
export function channelTitle(reader: Reader, channel: Channel): string {
  const name = channelName(reader, channel);
  return isDirect(channel) ? name : `#${name}`;
}

/** Is this the conversation between the reader and the app? It has its own address. */
export const isWithApp = (reader: Reader, channel: Channel): boolean =>
  channel.kind === 'im' &&
  channel.members.has(reader.state.app.botUserId) &&
  channel.members.has(reader.person.id);

/** The conversation between the reader and the app, if they have one. */
export const directWithApp = (reader: Reader): Channel | undefined =>
  [...reader.state.channels.values()].find((each) => isWithApp(reader, each));
