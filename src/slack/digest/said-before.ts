import type { Button } from '@slack/types';
import { actions, escapeText, paragraph, richText } from '../platform/blocks.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { readingModal, sayingModal } from '../platform/modal.ts';
import { openModal, updateIfOpen } from '../platform/open-modal.ts';
import type { Workspace } from '../workspace.ts';
import { drawMoreBelow, MORE_PLACE, placeIn } from './more-stories.ts';

const SAID_BEFORE = 'said_before';

/** Says to whoever pressed, and nobody else, what they said before: under the message, or over the page they are on. */
export async function sayBefore(
  workspace: Workspace,
  { body, respond }: ButtonArgs,
  said: { title: string; words: string; buttons: Button[] },
): Promise<void> {
  const { title, words, buttons } = said;
  const blocks = [richText(paragraph(words)), ...(buttons.length > 0 ? [actions(...buttons)] : [])];
  if (body.view?.type !== 'modal')
    return void (await respond({
      replace_original: false,
      response_type: 'ephemeral',
      text: escapeText(words),
      blocks,
    }));
  const more = placeIn(body.view);
  const view = {
    ...readingModal(title),
    callback_id: SAID_BEFORE,
    private_metadata: more === undefined ? '' : MORE_PLACE.write(more),
    blocks,
  };
  await openModal(workspace, body.trigger_id, view, 'push');
}

/** The page below what was said, if it was pressed on one. */
export function placeBelow({ view }: ButtonArgs['body']) {
  return view?.callback_id === SAID_BEFORE && view.private_metadata !== ''
    ? MORE_PLACE.read(view)
    : undefined;
}

/** After *Take it back*: what was said goes, and the page below has the new number. */
export async function takenBack(workspace: Workspace, args: ButtonArgs, title: string): Promise<void> {
  const { body, respond } = args;
  if (body.view?.type !== 'modal') return void (await respond({ delete_original: true }));
  await drawMoreBelow(workspace, { user: body.user, view: body.view }, placeBelow(body));
  await updateIfOpen(workspace.client, body.view.id, sayingModal(title, 'It is taken back.'));
}
