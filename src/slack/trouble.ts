import { isPlatformError } from './conversations.ts';
import type { Surroundings } from './surroundings.ts';

/** Triggers that Slack takes no more: the app, or the network, was too slow. */
const TOO_LATE = ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'];

/**
 * The last to hear of anything that went wrong while somebody was waiting. They see one sentence with what to
 * do next, the log has the cause, and the same short id stands in both.
 */
export function onTrouble(app: Surroundings) {
  return async ({ error, body }: { error: Error; body: unknown }) => {
    const id = app.newId().slice(0, 8);
    const cause = 'original' in error && error.original instanceof Error ? error.original : error;
    app.log.error({ error: cause, id }, 'something somebody did could not be answered');
    await tell(app, body as Interaction, wordsFor(cause, id)).catch((second: unknown) => {
      app.log.warn({ error: second, id }, 'and they could not be told');
    });
  };
}

type Interaction = {
  response_url?: string;
  user?: { id?: string };
  user_id?: string;
  view?: { type?: string };
};

function wordsFor(cause: Error, id: string): string {
  if (isPlatformError(cause, ...TOO_LATE)) return 'That took too long to open. Please try it once more.';
  return `That did not work just now. Please try it once more in a moment. If it keeps happening, tell whoever runs the app: ${id}.`;
}

/**
 * Where they are, if Slack gave an address for it, else by direct message. In a modal Slack says itself that
 * something went wrong, and a message would name somebody to Slack who may be sharing without their name.
 */
async function tell({ respond, client }: Surroundings, body: Interaction, words: string): Promise<void> {
  if (
    body.response_url !== undefined &&
    (await respond(body.response_url, { response_type: 'ephemeral', text: words })).ok
  )
    return;
  const personId = body.user?.id ?? body.user_id;
  if (personId === undefined || body.view?.type === 'modal') return;
  const { channel } = await client.conversations.open({ users: personId });
  if (channel?.id !== undefined) await client.chat.postMessage({ channel: channel.id, text: words });
}
