import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import type { NamedConversation } from './conversations.ts';
import type { Surroundings } from './surroundings.ts';

type Body = { channel_id?: string; channel_name?: string; channel?: { id?: string; name?: string } | string };

/** Before anything is answered: what Slack calls the conversation it happened in is newer than what was known. */
export function onPlaceHeard({ conversations }: Pick<Surroundings, 'conversations'>) {
  return async ({ body, next }: AnyMiddlewareArgs & AllMiddlewareArgs) => {
    const conversation = namedIn(body as Body);
    if (conversation !== undefined) conversations.heard(conversation);
    await next();
  };
}

/** Commands name it in two fields; shortcuts and what is pressed in a message, in one object. */
function namedIn({ channel_id: id, channel_name: name, channel }: Body): NamedConversation | undefined {
  if (id !== undefined && name !== undefined) return { id, name };
  if (typeof channel !== 'object' || channel.id === undefined || channel.name === undefined) return undefined;
  return { id: channel.id, name: channel.name };
}
