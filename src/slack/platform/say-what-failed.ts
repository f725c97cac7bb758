import type { App, Workspace, Workspaces } from '../workspace.ts';
import { NOT_HERE, workspaceAsked } from './listener.ts';
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
    const asked = body as Interaction;
    const workspace = workspaceAsked(workspaces, asked);
    // It may have been the trouble that ended the work there.
    const told = workspace === undefined ? answer(app, asked, NOT_HERE) : tell(workspace, asked, words);
    await told.catch((second: unknown) => {
      app.log.warn({ error: second }, 'and they could not be told');
    });
  };
}

/** Slack did not say who somebody is to the workspace, so that nobody knows what they may. */
export const NOT_CHECKED = 'That could not be checked just now. Please try again in a moment.';

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

/** Says it where Slack gave an address for it. False where it gave none, or took nothing there. */
async function answer(
  { respond }: App,
  { response_url: address }: Interaction,
  text: string,
): Promise<boolean> {
  return address !== undefined && (await respond(address, { response_type: 'ephemeral', text })).ok;
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
  if (await answer(app, body, words)) return;
  const personId = body.user?.id ?? body.user_id;
  if (personId === undefined) return;
  const { channel } = await client.conversations.open({ users: personId });
  if (channel?.id !== undefined) await client.chat.postMessage({ channel: channel.id, text: words });
}
