import { setTimeout as pause } from 'node:timers/promises';
import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { App, Workspace } from '../workspace.ts';
import { sayingModal, waitingModal } from './modal.ts';
import { noteTrouble } from './say-what-failed.ts';
import { isPlatformError, mayHaveHappened } from './slack-errors.ts';

/** A modal that stands in front of somebody. */
type Opened = { id: string; hash: string };

/** Slack opens a modal within the three seconds a trigger lives, two of which its answer was waited for. */
const LOOKS_AFTER_MS = [0, 600, 1000];

/**
 * Opens a modal, or pushes one on another. Where the answer is slow or lost Slack may have opened it all the same:
 * then it is found by an id of ours.
 * @throws what Slack's client throws where it did not open
 */
export async function openModal(
  { app, client }: Workspace,
  triggerId: string,
  view: ModalView,
  show: 'open' | 'push' = 'open',
): Promise<Opened | undefined> {
  const named = { ...view, external_id: app.newId() };
  try {
    return asOpened(await client.views[show]({ trigger_id: triggerId, view: named }));
  } catch (error) {
    const found = mayHaveHappened(error) ? await findOpened(client, named) : undefined;
    if (found === undefined) throw error;
    app.log.warn({ error }, 'Slack opened a modal and its answer was lost');
    return found;
  }
}

async function findOpened(client: WebClient, view: ModalView & { external_id: string }) {
  for (const ms of LOOKS_AFTER_MS) {
    await pause(ms);
    try {
      return asOpened(await client.views.update({ external_id: view.external_id, view }));
    } catch (error) {
      if (!isPlatformError(error, 'not_found') && !mayHaveHappened(error)) return undefined;
    }
  }
  return undefined;
}

function asOpened({ view }: { view?: { id?: string; hash?: string } }): Opened | undefined {
  return view?.id === undefined || view.hash === undefined ? undefined : { id: view.id, hash: view.hash };
}

/** Over the modal that somebody pressed in, or by itself. */
export function overOrOpen({ view }: Pick<BlockAction, 'view'>): 'push' | 'open' {
  return view?.type === 'modal' ? 'push' : 'open';
}

/** Opens a modal at once, since a trigger does not live as long as a question to Slack may take, and draws it then. */
export async function openDrawn(
  workspace: Workspace,
  triggerId: string,
  title: string,
  draw: () => Promise<ModalView>,
  show: 'open' | 'push' = 'open',
): Promise<void> {
  const { app, client } = workspace;
  const opened = await openModal(workspace, triggerId, waitingModal(title), show);
  const drawn = await draw().catch((error: unknown) => sayingModal(title, noteTrouble(app, error)));
  if (opened === undefined) return;
  await drawOrSayWhy(app, title, drawn, (better) => updateIfOpen(client, opened.id, better));
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
