import { elementsOf } from '../block-kit/blocks.ts';
import { type Json, text } from '../json.ts';
import type { Core } from '../state/core.ts';
import { valuesFor } from '../state/input-values.ts';
import { findMessage, wireMessage } from '../state/messages.ts';
import type { Block, Channel, Message, Person, Values, View } from '../state/state.ts';
import { stackOf, wireView } from '../state/views.ts';
import { canSee } from '../state/visibility.ts';
import { channelRef } from '../wire/payloads.ts';
import { newResponseUrl } from '../wire/response-urls.ts';
import type { MessagePlace, Pick as PickOf, Place } from './person-actions.ts';

/** Something on a person's screen with blocks in it. */
export type Shown = {
  readonly blocks: readonly Block[];
  readonly values: Values;
  /** Changes whenever it is another thing; suggestions are remembered under it. */
  readonly key: string;
  /** The modal or Home tab, unless it is a message. */
  readonly view: View | undefined;
  /** What an interaction with it tells the app about where it happened. */
  readonly context: (answerable: boolean) => Json;
};

/** An element on the screen and the block it is in. */
export type Picked = {
  readonly block: Block;
  readonly element: Json;
  readonly blockId: string;
  readonly actionId: string;
};

export function shownAt(core: Core, person: Person, place: Place): Shown {
  if (typeof place !== 'string') return shownMessage(core, person, place);
  const view = place === 'view' ? stackOf(core, person.id).at(-1) : core.state.homes.get(person.id);
  if (!view) throw new Error(`${person.handle} has no ${place === 'view' ? 'modal open' : 'Home tab yet'}`);
  return {
    blocks: view.content.blocks,
    values: view.values,
    key: view.id,
    view,
    context: () => ({ container: { type: 'view', view_id: view.id }, view: wireView(core, view) }),
  };
}

function shownMessage(core: Core, person: Person, { channel, ts }: MessagePlace): Shown {
  const message =
    findMessage(core, channel, ts) ??
    core.state.ephemerals.find(
      (each) => each.channel === channel && each.ts === ts && each.ephemeral_to === person.id,
    );
  const home = core.state.channels.get(channel);
  if (!message || !home || !canSee(home, person)) throw new Error(`${person.handle} sees no message ${ts}`);
  const blocks = message.blocks ?? [];
  const key = `${person.id} ${channel} ${ts}`;
  const values = valuesFor(blocks, core.messageValues.get(key));
  core.messageValues.set(key, values);
  const context = (answerable: boolean) => ({
    ...whereMessageIs(core, home, message),
    state: { values: structuredClone(values) },
    ...(answerable && {
      response_url: newResponseUrl(core, { person: person.id, channel, original: message }),
    }),
  });
  return { blocks, values, key, view: undefined, context };
}

// Slack does not give an ephemeral message's content back: it keeps no copy that an app could be shown.
function whereMessageIs(core: Core, channel: Channel, message: Message): Json {
  const isEphemeral = message.ephemeral_to !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts && { thread_ts: message.thread_ts }),
    },
    channel: channelRef(channel),
    ...(!isEphemeral && { message: wireMessage(core, message) }),
  };
}

const named = (pick: PickOf, each: Picked): boolean =>
  typeof pick === 'string'
    ? each.actionId === pick || each.blockId === pick
    : (pick.action_id ?? each.actionId) === each.actionId && (pick.block_id ?? each.blockId) === each.blockId;

/** The one element that a pick means; none or several is a mistake in the test. */
export function pickedFrom(shown: Shown, pick: PickOf): Picked {
  const all = shown.blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => text(element.action_id) !== '')
      .map((element) => ({
        block,
        element,
        blockId: text(block.block_id),
        actionId: text(element.action_id),
      })),
  );
  const found = all.filter((each) => named(pick, each));
  const [only] = found;
  if (only && found.length === 1) return only;
  const there = all.map((each) => `${each.blockId}/${each.actionId}`).join(', ');
  throw new Error(`${JSON.stringify(pick)} means ${found.length} elements; there are ${there || 'none'}`);
}
