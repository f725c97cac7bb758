import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  OverflowAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { disclaimer } from '../domain/disclaimer.ts';
import type { NearMiss } from '../domain/near-miss.ts';
import { mayChange, showsName } from '../domain/reading.ts';
import { whoCanSee, whoCanSeeToOthers } from '../domain/who-can-see.ts';
import { MORE_CHOICES, withdrawnWords } from './card.ts';
import { changeMenu, notYoursToChange } from './change.ts';
import { isPlatformError } from './conversations.ts';
import { readableOrWords } from './looking.ts';
import { nearMissView, sayingModal, waitingModal } from './near-miss-view.ts';
import { removeKeptWords } from './own-words.ts';
import { peopleNamed } from './story.ts';
import { type Surroundings, sharingNow } from './surroundings.ts';
import { tellMore } from './tell-more.ts';
import { drawOrSayWhy, noteTrouble } from './trouble.ts';

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type OverflowArgs = SlackActionMiddlewareArgs<BlockAction<OverflowAction>> & AllMiddlewareArgs;

type Draw = (nearMiss: NearMiss, personId: string) => Promise<ModalView> | ModalView;

/** Opens a modal at once, since a trigger does not live as long as a question to Slack may take, and draws it then. */
export async function openDrawn(
  app: Surroundings,
  triggerId: string,
  title: string,
  draw: () => Promise<ModalView>,
  show: 'open' | 'push' = 'open',
): Promise<void> {
  const { view } = await app.client.views[show]({ trigger_id: triggerId, view: waitingModal(title) });
  const drawn = await draw().catch((error: unknown) => sayingModal(title, noteTrouble(app, error)));
  const viewId = view?.id;
  if (viewId === undefined) return;
  await drawOrSayWhy(app, title, drawn, (better) => updateIfOpen(app.client, viewId, better));
}

/** Opens a modal about a near-miss; pushed on top when the button was in a modal. */
export async function openAbout(
  app: Surroundings,
  body: BlockAction,
  { id, title, draw }: { id: string; title: string; draw: Draw },
): Promise<void> {
  const show = body.view?.type === 'modal' ? 'push' : 'open';
  await openDrawn(
    app,
    body.trigger_id,
    title,
    () => drawnAbout(app, body.user.id, { id, title, draw }),
    show,
  );
}

async function drawnAbout(
  app: Surroundings,
  personId: string,
  { id, title, draw }: { id: string; title: string; draw: Draw },
): Promise<ModalView> {
  const found = await app.storage.nearMisses.byId(app.identity.teamId, id);
  const nearMiss = await readableOrWords(app, found, personId);
  const instead = (words: string) => {
    const said = sayingModal(title, words);
    return { ...said, blocks: [...said.blocks, ...removeKeptWords(found, personId)] };
  };
  if (typeof nearMiss === 'string') return instead(nearMiss);
  return nearMiss.withdrawnAt === undefined ? draw(nearMiss, personId) : instead(withdrawnWords(nearMiss));
}

/** A modal somebody closed meanwhile stays closed. */
export async function updateIfOpen(client: WebClient, viewId: string, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    if (!isPlatformError(error, 'not_found')) throw error;
  }
}

/** *Tell more*: the list of what can be told. */
export function onTellMore(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    await openAbout(app, body, { id: action.value ?? '', title: 'Tell more', draw: tellMore });
  };
}

/** The whole of a near-miss. */
export function onReadAll(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const draw: Draw = async (nearMiss) =>
      nearMissView(nearMiss, await app.people.names(peopleNamed(nearMiss)));
    await openAbout(app, body, { id: action.value ?? '', title: 'A near-miss', draw });
  };
}

/** *Who can see this*, as a button. */
export function onWhoCanSee(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    await openWhoCanSee(app, body, action.value ?? '');
  };
}

/** The menu of a card. */
export function onMore(app: Surroundings) {
  return async ({ body, action, ack }: OverflowArgs) => {
    await ack();
    const [choice, id] = action.selected_option.value.split(':');
    if (id === undefined) return;
    if (choice === MORE_CHOICES.whoCanSee) await openWhoCanSee(app, body, id);
    if (choice === MORE_CHOICES.change) await openChange(app, body, id);
  };
}

function openWhoCanSee(app: Surroundings, body: BlockAction, id: string): Promise<void> {
  return openAbout(app, body, {
    id,
    title: 'Who can see this',
    draw: (nearMiss, personId) => whoCanSeeView(app, nearMiss, personId),
  });
}

const SERVER = "The people who run the app's server can technically read what is stored on it.";

/** To the person who shared it, and to others, from the rules that enforce it. */
async function whoCanSeeView(app: Surroundings, nearMiss: NearMiss, personId: string): Promise<ModalView> {
  const sharing = await sharingNow(app, nearMiss, personId);
  if (mayChange(personId, nearMiss))
    return sayingModal('Who can see this', whoCanSee(sharing, 'after'), SERVER);
  const reporter = showsName(nearMiss.tier) ? nearMiss.reporterId : undefined;
  const names = await app.people.names(reporter === undefined ? [] : [reporter]);
  return sayingModal(
    'Who can see this',
    disclaimer(nearMiss.reached),
    whoCanSeeToOthers(sharing, reporter === undefined ? undefined : names.get(reporter)),
    SERVER,
  );
}

function openChange(app: Surroundings, body: BlockAction, id: string): Promise<void> {
  const draw: Draw = (nearMiss, personId) =>
    mayChange(personId, nearMiss) ? changeMenu(nearMiss) : notYoursToChange();
  return openAbout(app, body, { id, title: 'Edit or withdraw', draw });
}
