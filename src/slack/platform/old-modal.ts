import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Workspace } from '../workspace.ts';
import { typed } from './blocks.ts';
import type { ActionArgs, ClosedArgs, SubmitArgs } from './listener.ts';
import { sayingModal } from './modal.ts';
import { updateIfOpen } from './open-modal.ts';
import { hasInputs, staysOpen } from './submission.ts';
import type { Metadata } from './view-metadata.ts';

/** A modal was sent or closed, or something in it was pressed or chosen. */
type ModalArgs = SubmitArgs | ClosedArgs | ActionArgs;

/**
 * A listener that also gets what its modal carries along. Modals outlive deploys: one that another version of the
 * app drew, and that cannot be read any more, is answered here with what to do next.
 */
export function carrying<Args extends ModalArgs, Carried>(
  metadata: Metadata<Carried>,
  listener: (workspace: Workspace, args: Args, carried: Carried) => Promise<unknown>,
) {
  return async (workspace: Workspace, args: Args): Promise<unknown> => {
    const { view } = args.body;
    const carried = view && metadata.read(view);
    return carried === undefined ? answerOld(workspace, args) : listener(workspace, args, carried);
  };
}

async function answerOld(workspace: Workspace, args: ModalArgs): Promise<void> {
  if (isSent(args)) return args.ack(staysOpen(args.view, oldWords(args.view)));
  await args.ack();
  const { body } = args;
  if (body.type === 'block_actions' && body.view !== undefined) await drawOld(workspace, body.view);
}

function isSent(args: ModalArgs): args is SubmitArgs {
  return args.body.type === 'view_submission';
}

/** Draws such a modal anew with what to do next in it; what was typed in it stays. */
export async function drawOld({ client, redraw }: Workspace, view: ViewOutput): Promise<void> {
  if (hasInputs(view)) return redraw(view, withOldWords(view));
  await updateIfOpen(client, view.id, sayingModal(view.title.text, oldWords(view)));
}

function oldWords(view: ViewOutput): string {
  return hasInputs(view)
    ? 'This window is from before the app was updated. Please copy your words, close it and open it again.'
    : 'This window is from before the app was updated. Please close it and open it again.';
}

const NOTICE = 'from_before_an_update';

/** The view as it stands there: Slack keeps what was typed wherever the ids are the same. */
function withOldWords(view: ViewOutput): ModalView {
  const { callback_id, title, submit, close, private_metadata, notify_on_close } = view;
  return {
    type: 'modal',
    callback_id,
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    private_metadata,
    notify_on_close,
    blocks: [
      { ...typed(oldWords(view)), block_id: NOTICE },
      ...view.blocks.filter(({ block_id: id }) => id !== NOTICE),
    ],
  };
}
