import type { Json } from '../json.ts';
import { type Core, newId, newTs } from '../state/core.ts';
import { findMessage, wireMessage } from '../state/messages.ts';
import { directWithApp } from '../state/people-and-channels.ts';
import type { Channel, Person } from '../state/state.ts';
import { newTrigger } from '../state/triggers.ts';
import { wireView } from '../state/views.ts';
import { deliverEvent } from '../wire/deliveries.ts';
import { channelRef, eventEnvelope, interaction, toldName } from '../wire/payloads.ts';
import { newResponseUrl, respondTo, responseBody } from '../wire/response-urls.ts';
import { channelOf } from './conversations.ts';
import type { Outcome, PersonActions } from './person-actions.ts';
import { type Doing, type Reach, send, stopped, unsent } from './send-to-app.ts';
import { commandText } from './typed-text.ts';

type Commanding = Pick<PersonActions, 'command' | 'messageShortcut' | 'globalShortcut' | 'openHome'>;

/** A command's answer may be a message, shown where the command was typed. */
function showAnswer(core: Core, person: Person, channel: Channel): NonNullable<Doing['use']> {
  return (answer) => {
    const body = responseBody(answer);
    const address = { id: '', person: person.id, channel: channel.id, original: undefined, at: 0, uses: 0 };
    if (Object.keys(body).length > 0) respondTo(core, address, body);
    return undefined;
  };
}

function commandPayload(core: Core, person: Person, channel: Channel, command: string, text: string): Json {
  return {
    token: 'not-a-real-verification-token',
    team_id: core.state.team.id,
    team_domain: core.state.team.domain,
    channel_id: channel.id,
    channel_name: toldName(channel),
    user_id: person.id,
    user_name: person.handle,
    command,
    text,
    api_app_id: core.state.app.id,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(core, { person: person.id, channel: channel.id }),
    trigger_id: newTrigger(core, person.id),
  };
}

async function runCommand(reach: Reach, person: Person, channel: Channel, line: string): Promise<Outcome> {
  const { core } = reach;
  const [command = '', ...words] = line.trim().split(' ');
  const known = core.installation.commands.get(command);
  if (!known) return stopped(core, person.id, command, 'not_a_command');
  const text = commandText(core, words.join(' ').trim(), known.escapes);
  const payload = commandPayload(core, person, channel, command, text);
  const use = showAnswer(core, person, channel);
  return send(reach, { person: person.id, name: command, kind: 'slash_commands', payload, use });
}

function knowsShortcut(core: Core, callbackId: string, type: 'message' | 'global'): boolean {
  return core.installation.shortcuts.some((each) => each.callbackId === callbackId && each.type === type);
}

function runMessageShortcut(
  reach: Reach,
  person: Person,
  callbackId: string,
  place: { channel: string; ts: string },
) {
  const { core } = reach;
  const channel = channelOf(core, person, place.channel);
  const message = findMessage(core, channel.id, place.ts);
  if (!message) throw new Error(`There is no message ${place.ts} in #${channel.name}`);
  const payload = {
    ...interaction(core, 'message_action', person),
    callback_id: callbackId,
    action_ts: newTs(core),
    trigger_id: newTrigger(core, person.id),
    response_url: newResponseUrl(core, { person: person.id, channel: channel.id, original: message }),
    message_ts: message.ts,
    channel: channelRef(channel),
    message: wireMessage(core, message),
  };
  return send(reach, { person: person.id, name: callbackId, kind: 'interactive', payload });
}

async function sendHomeOpened(reach: Reach, person: Person, tab: 'home' | 'messages'): Promise<Outcome> {
  const { core, transport } = reach;
  const home = core.state.homes.get(person.id);
  const event = {
    type: 'app_home_opened',
    user: person.id,
    channel: directWithApp(core, person).id,
    tab,
    ...(tab === 'home' && home ? { view: wireView(core, home) } : {}),
  };
  const payload = eventEnvelope(core, event, newId(core, 'Ev'));
  const once = async (): Promise<Outcome> => {
    const acked = await deliverEvent(core, transport, payload);
    return { ...unsent(), sent: true, acked, payload, redeliver: once };
  };
  return once();
}

/** Commands, shortcuts and the Home tab: the ways to the app that Slack itself offers. */
export function commanding(reach: Reach, person: Person): Commanding {
  const { core } = reach;
  const isOutsider = person.isStranger;
  return {
    async command(name, line, { threadTs } = {}) {
      const channel = channelOf(core, person, name);
      if (threadTs) return stopped(core, person.id, line, 'not_allowed_in_threads');
      if (isOutsider) return stopped(core, person.id, line, 'not_a_command');
      return runCommand(reach, person, channel, line);
    },
    async messageShortcut(callbackId, place) {
      if (isOutsider || !knowsShortcut(core, callbackId, 'message'))
        return stopped(core, person.id, callbackId, 'no_such_shortcut');
      return runMessageShortcut(reach, person, callbackId, place);
    },
    async globalShortcut(callbackId) {
      if (isOutsider || !knowsShortcut(core, callbackId, 'global'))
        return stopped(core, person.id, callbackId, 'no_such_shortcut');
      const payload = {
        ...interaction(core, 'shortcut', person),
        callback_id: callbackId,
        action_ts: newTs(core),
        trigger_id: newTrigger(core, person.id),
      };
      return send(reach, { person: person.id, name: callbackId, kind: 'interactive', payload });
    },
    async openHome(tab = 'home') {
      if (!core.installation.events.has('app_home_opened')) return unsent();
      return sendHomeOpened(reach, person, tab);
    },
  };
}
