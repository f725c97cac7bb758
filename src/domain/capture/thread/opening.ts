import { type BotMessage, botMessage } from './bot-message.ts';
import type { ThreadMessage } from './message.ts';

/** What bots said before the first person did: the first alert, form, and word that something is over. */
export type Opening = Partial<Record<'alert' | 'form' | 'over', ThreadMessage>>;

/** A thread of bots alone may be long; how it began is at its beginning. */
const LOOKED_AT = 20;

/** Reads what stands before the first message of a person. */
export function openingOf(messages: ThreadMessage[]): Opening {
  const end = messages.findIndex(({ personId }) => personId !== undefined);
  const isAnswer = messages[0]?.isDeleted === true;
  const kinds = messages
    .slice(0, end === -1 ? LOOKED_AT : Math.min(end, LOOKED_AT))
    .filter(({ bot }) => bot !== undefined)
    .map((message) => ({ message, kind: botMessage(message, isAnswer) }));
  const first = (wanted: BotMessage) => kinds.find(({ kind }) => kind === wanted)?.message;
  const opening = { alert: first('alert'), form: first('form'), over: first('over') };
  return Object.fromEntries(Object.entries(opening).filter(([, message]) => message !== undefined));
}
