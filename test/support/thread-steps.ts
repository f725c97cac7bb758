import type { Message } from '../../sandbox/state/state.ts';
import { inputOf, modalOf, stepOneOf } from './doing.ts';
import type { Office } from './office.ts';

/** A thread of `count` messages by `authors`, the first of whom writes most. */
export function threadOf(
  { workspace }: Office,
  count: number,
  authors: string[],
  channel = 'payments-ops',
): Message {
  const author = (at: number) => workspace.person(authors[at % (2 * authors.length)] ?? authors[0] ?? '');
  const root = author(0).say(channel, 'The invoices look wrong');
  for (let at = 1; at < count; at += 1) author(at).say(channel, `message ${at}`, { threadTs: root.ts });
  return root;
}

/** *Share a near-miss* in the menu of a message, once step 1 stands there. */
export async function shareFrom(office: Office, who: string, message: Message) {
  await office.workspace.person(who).messageShortcut('share_from_message', message);
  return stepOneOf(office, who);
}

/** Step 2 with what the thread said, by handles. */
export async function saved(office: Office, who: string) {
  const person = office.workspace.person(who);
  await person.submit();
  const view = await modalOf(office, who, 'What can we learn?');
  const chosen = (inputOf(view, 'key_players').selected_users ?? []) as string[];
  return { view, people: chosen.map((id) => office.workspace.person(id).handle) };
}
