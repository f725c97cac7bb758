import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { App, Workspace } from '../workspace.ts';
import { sayingModal, waitingModal } from './modal.ts';
import { noteTrouble } from './say-what-failed.ts';
import { isPlatformError } from './slack-errors.ts';

/** Opens a modal at once, since a trigger does not live as long as a question to Slack may take, and draws it then. */
export async function openDrawn(
  { app, client }: Workspace,
  triggerId: string,
  title: string,
  draw: () => Promise<ModalView>,
  show: 'open' | 'push' = 'open',
): Promise<void> {
  const { view } = await client.views[show]({ trigger_id: triggerId, view: waitingModal(title) });
  const drawn = await draw().catch((error: unknown) => sayingModal(title, noteTrouble(app, error)));
  const viewId = view?.id;
  if (viewId === undefined) return;
  await drawOrSayWhy(app, title, drawn, (better) => updateIfOpen(client, viewId, better));
}

/**
 * Draws what a modal waits for; where that is not taken, what went wrong, once. Nobody is left in front of a modal
 * that waits.
 */
export async function drawOrSayWhy(
  app: App,
  title: string,
  view: ModalView,
  draw: (view: ModalView) => Promise<void>,
): Promise<void> {
  await draw(view).catch((error: unknown) => draw(sayingModal(title, noteTrouble(app, error))));
}

/** A modal somebody closed meanwhile stays closed. */
export async function updateIfOpen(client: WebClient, viewId: string, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    if (!isPlatformError(error, 'not_found')) throw error;
  }
}
