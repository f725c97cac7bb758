import type { Json } from '../json.ts';
import { newTs } from '../state/core.ts';
import { findMessage, wireMessage } from '../state/messages.ts';
import { newTrigger } from '../state/triggers.ts';
import { channelRef } from '../wire/payloads.ts';
import { newResponseUrl } from '../wire/response-urls.ts';
import { channelOf } from './conversations.ts';
import type { MessagePlace, Outcome } from './person-actions.ts';
import { type Actor, interaction, send, stopped } from './send-to-app.ts';

function isOffered({ core, person }: Actor, callbackId: string, type: 'message' | 'global'): boolean {
  const { shortcuts } = core.installation;
  return !person.isStranger && shortcuts.some((each) => each.callbackId === callbackId && each.type === type);
}

function sendShortcut(actor: Actor, type: string, callbackId: string, about: Json): Promise<Outcome> {
  const { core, person } = actor;
  const said = {
    callback_id: callbackId,
    action_ts: newTs(core),
    trigger_id: newTrigger(core, person.id),
    ...about,
  };
  return send(actor, interaction(actor, type, callbackId, said));
}

/** Chooses a shortcut from the menu of a message. */
export async function runMessageShortcut(
  actor: Actor,
  callbackId: string,
  { channel: name, ts }: MessagePlace,
): Promise<Outcome> {
  const { core, person } = actor;
  if (!isOffered(actor, callbackId, 'message')) return stopped(actor, callbackId, 'no_such_shortcut');
  const channel = channelOf(core, person, name);
  const message = findMessage(core, channel.id, ts);
  if (!message) throw new Error(`There is no message ${ts} in #${channel.name}`);
  return sendShortcut(actor, 'message_action', callbackId, {
    response_url: newResponseUrl(core, { person: person.id, channel: channel.id, original: message }),
    message_ts: message.ts,
    channel: channelRef(channel),
    message: wireMessage(core, message),
  });
}

/** Chooses a shortcut from the menu beside the composer. */
export async function runGlobalShortcut(actor: Actor, callbackId: string): Promise<Outcome> {
  if (!isOffered(actor, callbackId, 'global')) return stopped(actor, callbackId, 'no_such_shortcut');
  return sendShortcut(actor, 'shortcut', callbackId, {});
}
