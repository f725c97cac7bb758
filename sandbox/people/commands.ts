import type { Json } from '../json.ts';
import type { Channel } from '../state/state.ts';
import { newTrigger } from '../state/triggers.ts';
import { toldName, verificationToken } from '../wire/payloads.ts';
import { newResponseUrl, respondTo, responseBody } from '../wire/response-urls.ts';
import { channelOf } from './conversations.ts';
import type { Outcome, PersonActions } from './person-actions.ts';
import { type Actor, type Sending, send, stopped } from './send-to-app.ts';
import { commandText } from './typed-text.ts';

/** A command's answer may be a message, shown where the command was typed. */
function showAnswer({ core, person }: Actor, channel: Channel): NonNullable<Sending['use']> {
  return (answer) => {
    const body = responseBody(answer);
    const where = { person: person.id, channel: channel.id };
    if (Object.keys(body).length > 0) respondTo(core, where, body);
    return undefined;
  };
}

function commandPayload({ core, person }: Actor, channel: Channel, command: string, text: string): Json {
  return {
    token: verificationToken,
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

/** Types a slash command in a channel. In threads, from people from elsewhere, and unknown, Slack stops it. */
export async function runCommand(
  actor: Actor,
  ...[name, line, { threadTs } = {}]: Parameters<PersonActions['command']>
): Promise<Outcome> {
  const { core, person } = actor;
  const channel = channelOf(core, person, name);
  if (threadTs) return stopped(actor, line, 'not_allowed_in_threads');
  if (person.isStranger) return stopped(actor, line, 'not_a_command');
  const [command = '', ...words] = line.trim().split(' ');
  const known = core.installation.commands.find((each) => each.command === command);
  if (!known) return stopped(actor, command, 'not_a_command');
  const text = commandText(core, words.join(' ').trim(), known.escapes);
  const payload = commandPayload(actor, channel, command, text);
  return send(actor, { name: command, kind: 'slash_commands', payload, use: showAnswer(actor, channel) });
}
