import type { Json } from '../../sandbox/json.ts';
import type { Block, Message } from '../../sandbox/state/state.ts';
import type { ShownView } from '../../sandbox/state/views.ts';
import type { Workspace } from '../../sandbox/workspace.ts';
import type { Message as Drawn } from '../../src/slack/platform/message.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';

/* What people see: its words, what can be typed and pressed, and waiting until it is there. */

export function titleOf(view: ShownView | undefined): string {
  return (view?.title as { text?: string } | undefined)?.text ?? '';
}

/** Every word in these blocks, one text a line, as a reader meets them. */
export function wordsOf(shown: { blocks?: Block[] } | undefined): string {
  return textsIn(shown?.blocks ?? []).join('\n');
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { text } = value as Json;
  return [...(typeof text === 'string' ? [text] : []), ...Object.values(value).flatMap(textsIn)];
}

/** Everything a message says: its words for notifications, and its blocks. */
export function said(message: { text: string; blocks?: Block[] }): string {
  return `${message.text}\n${wordsOf(message)}`;
}

/** As people read it, the notification above it. */
export function read({ text, blocks }: Drawn): string {
  return `[${text}]\n${wordsOf({ blocks: blocks as never })}`;
}

/** Where a message stands, as whoever presses in it points at it. */
export const placeOf = ({ channel, ts }: Message) => ({ channel, ts });

/** What stands in an input, as Slack holds it; by the id of its block or of its action. */
export function inputOf(view: ShownView | undefined, id: string): Json {
  const found = Object.entries(view?.state.values ?? {}).find(
    ([blockId, actions]) => blockId === id || Object.keys(actions).includes(id),
  );
  return Object.values(found?.[1] ?? {})[0] ?? {};
}

export function typedIn(view: ShownView | undefined, blockId: string): string {
  const { value } = inputOf(view, blockId);
  return typeof value === 'string' ? value : '';
}

/** The labels of what is asked, in order. */
export function questionsOf(view: ShownView | undefined): string[] {
  return (view?.blocks ?? []).flatMap(({ type, label }) =>
    type === 'input' ? [String((label as { text?: string } | undefined)?.text)] : [],
  );
}

function blockIds(view: ShownView | undefined): string[] {
  return (view?.blocks ?? []).flatMap(({ type, block_id: id }) => (type === 'input' ? [id ?? ''] : []));
}

/** The value of what is chosen in an input. */
export const chosenIn = (view: ShownView | undefined, block: string) =>
  (inputOf(view, block).selected_option as { value?: string } | undefined)?.value;

/** Whether a card is wanted. */
export const ticked = (view: ShownView | undefined) =>
  ((inputOf(view, 'card').selected_options ?? []) as unknown[]).length > 0;

/** Waits until a person's modal has this title and this input or words in it. */
export function modalOf(
  { workspace }: BotOnTheWire,
  who: string,
  title: string,
  has = '',
): Promise<ShownView> {
  const person = workspace.person(who);
  return workspace.until(
    () => {
      const view = person.view();
      const there = blockIds(view).includes(has) || wordsOf(view).includes(has);
      return titleOf(view) === title && there ? view : undefined;
    },
    { what: `${who} to see "${title}" with ${has}` },
  );
}

/** The card of a near-miss in a channel, once it stands there. */
export async function cardIn({ workspace }: BotOnTheWire, channel: string, who: string, has: string) {
  return workspace.until(
    () =>
      workspace.state.messages.find(
        (message) =>
          message.channel === workspace.channel(channel).id &&
          message.bot_id === workspace.state.app.botId &&
          wordsOf(message).includes(has),
      ),
    { what: `a card with ${has} in ${channel}, for ${who} to see` },
  );
}

/** What only this person sees, once it says so. */
export function ephemeralOf({ workspace }: BotOnTheWire, who: string, has: string) {
  const person = workspace.person(who);
  return workspace.until(() => person.ephemerals().find((message) => said(message).includes(has)), {
    what: `${who} to be told "${has}"`,
  });
}

/** What the app wrote to this person alone, once it says so. */
export function dmOf({ workspace }: BotOnTheWire, who: string, has: string) {
  const person = workspace.person(who);
  return workspace.until(() => person.dm().find((message) => said(message).includes(has)), {
    what: `${who} to be written "${has}"`,
  });
}

/** What the app wrote to one person alone. */
export const dmsOf = ({ workspace }: { workspace: Workspace }, who: string) =>
  workspace.person(who).dm().map(said);
