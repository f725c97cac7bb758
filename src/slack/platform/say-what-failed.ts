import type { App, Workspace, Workspaces } from '../workspace.ts';
import { workspaceAsked } from './listener.ts';
import { sayingModal } from './modal.ts';
import type { Asked } from './request-team.ts';
import { isPlatformError } from './slack-errors.ts';

/** Triggers that Slack takes no more: the app, or the network, was too slow. */
const TOO_LATE = ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'];

/**
 * The last to hear of anything that went wrong while somebody was waiting. They see one sentence with what to
 * do next, the log has the cause, and the same short id stands in both.
 */
export function onTrouble(app: App, workspaces: Workspaces) {
  return async ({ error, body }: { error: Error; body: unknown }) => {
    const cause = 'original' in error && error.original instanceof Error ? error.original : error;
    const words = noteTrouble(app, cause);
    const workspace = workspaceAsked(workspaces, body as Interaction);
    if (workspace === undefined) return;
    await tell(workspace, body as Interaction, words).catch((second: unknown) => {
      app.log.warn({ error: second }, 'and they could not be told');
    });
  };
}

type Interaction = Asked & {
  type?: string;
  response_url?: string;
  user?: { id?: string };
  user_id?: string;
  view?: { id: string; type: string; title?: { text: string }; blocks: { type: string }[] };
};

/** Puts what went wrong into the log, and gives the sentence for the person who was waiting. */
export function noteTrouble({ newId, log }: App, cause: unknown): string {
  const id = newId().slice(0, 8);
  log.error({ error: cause, id }, 'something somebody did could not be answered');
  return wordsFor(cause, id);
}

function wordsFor(cause: unknown, id: string): string {
  if (isPlatformError(cause, ...TOO_LATE)) return 'That took too long to open. Please try it once more.';
  return `That did not work just now. Please try it once more in a moment. If it keeps happening, tell whoever runs the app: ${id}.`;
}

/**
 * Where they are: in the modal they pressed something in, or where Slack gave an address for it, else by
 * direct message. Of a submission Slack says itself that it went wrong, and what was typed is never taken
 * away; a message would name somebody to Slack who may be sharing without their name.
 */
async function tell({ app, client }: Workspace, body: Interaction, words: string): Promise<void> {
  const { view } = body;
  if (view?.type === 'modal') {
    if (body.type !== 'block_actions' || view.blocks.some(({ type }) => type === 'input')) return;
    await client.views.update({ view_id: view.id, view: sayingModal(view.title?.text ?? '', words) });
    return;
  }
  if (
    body.response_url !== undefined &&
    (await app.respond(body.response_url, { response_type: 'ephemeral', text: words })).ok
  )
    return;
  const personId = body.user?.id ?? body.user_id;
  if (personId === undefined) return;
  const { channel } = await client.conversations.open({ users: personId });
  if (channel?.id !== undefined) await client.chat.postMessage({ channel: channel.id, text: words });
}
