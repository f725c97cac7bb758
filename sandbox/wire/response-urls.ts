import { type Json, object, truthy } from '../json.ts';
import { type Core, changed, complain, newId } from '../state/core.ts';
import {
  type AcceptedMessage,
  acceptedMessage,
  addEphemeral,
  addMessage,
  fromApp,
  removeMessage,
} from '../state/messages.ts';
import { Refusal } from '../state/refusal.ts';
import type { Answerable, Channel, Message } from '../state/state.ts';

const mostUses = 5;
const lifetime = 30 * 60 * 1000;
const known = new Set([
  'text',
  'blocks',
  'attachments',
  'metadata',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
]);

/** An address where the app may answer without being in the channel. */
export function newResponseUrl(core: Core, where: Answerable): string {
  const id = newId(core, 'R');
  core.state.responseUrls.set(id, { ...where, at: core.clock.now(), uses: 0 });
  return `${core.url}/response/${id}`;
}

/** Takes what the app sends to a response_url; refuses the sixth use and any after half an hour. */
export function useResponseUrl(core: Core, id: string, args: Json): void {
  const address = core.state.responseUrls.get(id);
  if (!address) throw new Refusal('invalid_url');
  if (core.clock.now() - address.at > lifetime) throw new Refusal('expired_url');
  if (address.uses >= mostUses) throw new Refusal('used_url');
  respondTo(core, address, args);
  address.uses += 1;
}

/** Shows an answer where the interaction was: to the person alone, unless it says in_channel. */
export function respondTo(core: Core, address: Answerable, args: Json): void {
  for (const name of Object.keys(args))
    if (!known.has(name)) complain(core, `response_url does not know ${name}`);
  const original = address.original && isThere(core, address.original) ? address.original : undefined;
  if (truthy(args.delete_original)) return original && remove(core, original);
  const content = acceptedMessage(core, args);
  if (truthy(args.replace_original) && original) return replace(core, original, content);
  const channel = core.state.channels.get(address.channel);
  if (channel) post(core, channel, address, args, content);
}

function post(core: Core, channel: Channel, address: Answerable, args: Json, content: AcceptedMessage): void {
  const thread = typeof args.thread_ts === 'string' ? { thread_ts: args.thread_ts } : {};
  const message = { ...fromApp(core), ...content, ...thread };
  if (args.response_type === 'in_channel') addMessage(core, channel, message);
  else addEphemeral(core, channel, address.person, message);
}

const isThere = (core: Core, message: Message): boolean =>
  core.state.messages.includes(message) || core.state.ephemerals.includes(message);

function remove(core: Core, message: Message): void {
  const at = core.state.ephemerals.indexOf(message);
  if (at === -1) return removeMessage(core, message);
  core.state.ephemerals.splice(at, 1);
  changed(core, { what: 'ephemeral', channel: message.channel });
}

function replace(core: Core, message: Message, content: AcceptedMessage): void {
  delete message.blocks;
  Object.assign(message, content);
  changed(core, { what: message.ephemeral_to ? 'ephemeral' : 'message', channel: message.channel });
}

/** The body of an answer, which Bolt sends as JSON. A bare string means its text. */
export const responseBody = (body: unknown): Json =>
  typeof body === 'string' ? { text: body } : object(body);
