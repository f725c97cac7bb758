import type { ThreadMessage } from '../../domain/capture/thread/message.ts';
import { type Person, SLACKBOT } from '../platform/describe-person.ts';
import { type SlackMessage, shownWords } from '../platform/shown-words.ts';

/** Who the app is, and what it knows of people without asking. */
export type Readers = {
  botId: string;
  known: (personId: string) => Called | undefined;
  everybody: () => Iterable<Called>;
};

type Called = Pick<Person, 'name' | 'fullName' | 'isBot'>;

/** What Slack writes in somebody's name when they do something; the rest of the kinds are people's words. */
const NOT_SAID =
  /^(?:tombstone|(?:channel|group)_(?:join|leave|topic|purpose|name|archive|unarchive|posting_permissions|convert_to_private)|pinned_item|bot_(?:add|remove)|reminder_add|huddle_thread|sh_room_created)$/;

/** A message as the thread is read: whose it is, and what it shows. */
export function threadMessage(message: SlackMessage, { botId, known }: Readers): ThreadMessage {
  const { user, username, subtype = '', bot_id: posted, bot_profile: profile, files = [] } = message;
  const at = Number.parseFloat(message.ts ?? '0') * 1000;
  if (subtype === 'tombstone') return { at, parts: [], isDeleted: true };
  // A card of ours is neither what happened nor how it was noticed.
  if (posted === botId || user === SLACKBOT || NOT_SAID.test(subtype)) return { at, parts: [] };
  const author = user === undefined ? undefined : known(user);
  const said = { at, ...shownWords(message, (personId) => known(personId)?.name) };
  if (posted !== undefined || subtype === 'bot_message' || author?.isBot === true)
    return { ...said, bot: username ?? profile?.name ?? author?.name ?? 'An app' };
  return { ...said, hasFiles: files.length > 0, ...(user !== undefined && { personId: user }) };
}

/** How those are called who write in a thread, who are mentioned, and whose first name is written in it. */
export function namesIn(slackMessages: SlackMessage[], read: ThreadMessage[], readers: Readers): Set<string> {
  const ids = read.flatMap(({ personId, parts }) => [
    personId,
    ...parts.flatMap(({ mentions = [] }) => mentions),
  ]);
  const people = ids.flatMap((id) => (id === undefined ? [] : [readers.known(id)]));
  const profiles = slackMessages.flatMap(({ bot_id: posted, user_profile: profile }) =>
    posted === undefined && profile !== undefined ? [profile.display_name, profile.real_name] : [],
  );
  const called = [...people, ...writtenOf(read, readers)].filter((one) => one?.isBot !== true);
  const names = [...called.flatMap((one) => [one?.name, one?.fullName]), ...profiles];
  return new Set(names.flatMap((name) => (name ? [name] : [])));
}

/** Colleagues who are not in the thread, where it has their first name with a large letter. */
function writtenOf(read: ThreadMessage[], { everybody }: Readers): Called[] {
  const words = new Set(
    read.flatMap(({ parts }) => parts.flatMap(({ text }) => text.match(/\p{Lu}[\p{L}\p{M}'’-]+/gu) ?? [])),
  );
  const without = new Set([...words].map((word) => word.replace(/['’]s$/, '')));
  return [...everybody()].filter(
    ({ name, fullName = name }) => without.has(fullName.split(' ')[0] ?? '') || without.has(name),
  );
}
