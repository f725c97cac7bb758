import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { disclaimer } from '../../domain/access/disclaimer.ts';
import { mayChange, showsName } from '../../domain/access/gate.ts';
import { whoCanSee, whoCanSeeToOthers } from '../../domain/access/who-can-see.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { sharingNow } from '../access/sharing-facts.ts';
import { MORE_CHOICES, withdrawnWords } from '../card/card.ts';
import type { ButtonArgs, OverflowArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import type { Workspace } from '../workspace.ts';
import { changeMenu, notYoursToChange } from './change-views.ts';
import { readableOrWords } from './find-story.ts';
import { removeKeptWords } from './own-words.ts';
import { nearMissView } from './story-view.ts';
import { tellMore } from './tell-more.ts';
import { peopleNamed } from './whole-story.ts';

type Draw = (nearMiss: NearMiss, personId: string) => Promise<ModalView> | ModalView;

/** Opens a modal about a near-miss; pushed on top when the button was in a modal. */
export async function openAbout(
  workspace: Workspace,
  body: BlockAction,
  { id, title, draw }: { id: string; title: string; draw: Draw },
): Promise<void> {
  const show = body.view?.type === 'modal' ? 'push' : 'open';
  await openDrawn(
    workspace,
    body.trigger_id,
    title,
    () => drawnAbout(workspace, body.user.id, { id, title, draw }),
    show,
  );
}

async function drawnAbout(
  workspace: Workspace,
  personId: string,
  { id, title, draw }: { id: string; title: string; draw: Draw },
): Promise<ModalView> {
  const found = await workspace.app.storage.nearMisses.byId(workspace.identity.teamId, id);
  const nearMiss = await readableOrWords(workspace, found, personId);
  const instead = (words: string) => {
    const said = sayingModal(title, words);
    return { ...said, blocks: [...said.blocks, ...removeKeptWords(found, personId)] };
  };
  if (typeof nearMiss === 'string') return instead(nearMiss);
  return nearMiss.withdrawnAt === undefined ? draw(nearMiss, personId) : instead(withdrawnWords(nearMiss));
}

/** *Tell more*: the list of what can be told. */
export async function onTellMore(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openAbout(workspace, body, { id: action.value ?? '', title: 'Tell more', draw: tellMore });
}

/** The whole of a near-miss. */
export async function onReadAll(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const draw: Draw = async (nearMiss) =>
    nearMissView(nearMiss, await workspace.people.names(peopleNamed(nearMiss)));
  await openAbout(workspace, body, { id: action.value ?? '', title: 'A near-miss', draw });
}

/** *Who can see this*, as a button. */
export async function onWhoCanSee(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openWhoCanSee(workspace, body, action.value ?? '');
}

/** The menu of a card. */
export async function onMore(workspace: Workspace, { body, action, ack }: OverflowArgs) {
  await ack();
  const [choice, id] = action.selected_option.value.split(':');
  if (id === undefined) return;
  if (choice === MORE_CHOICES.whoCanSee) await openWhoCanSee(workspace, body, id);
  if (choice === MORE_CHOICES.change) await openChange(workspace, body, id);
}

function openWhoCanSee(workspace: Workspace, body: BlockAction, id: string): Promise<void> {
  return openAbout(workspace, body, {
    id,
    title: 'Who can see this',
    draw: (nearMiss, personId) => whoCanSeeView(workspace, nearMiss, personId),
  });
}

const SERVER = "The people who run the app's server can technically read what is stored on it.";

/** To the person who shared it, and to others, from the rules that enforce it. */
async function whoCanSeeView(workspace: Workspace, nearMiss: NearMiss, personId: string): Promise<ModalView> {
  const sharing = await sharingNow(workspace, nearMiss);
  if (mayChange(personId, nearMiss))
    return sayingModal('Who can see this', whoCanSee(sharing, 'after'), SERVER);
  const reporter = showsName(nearMiss.tier) ? nearMiss.reporterId : undefined;
  const names = await workspace.people.names(reporter === undefined ? [] : [reporter]);
  return sayingModal(
    'Who can see this',
    disclaimer(nearMiss.reached),
    whoCanSeeToOthers(sharing, reporter === undefined ? undefined : names.get(reporter)),
    SERVER,
  );
}

function openChange(workspace: Workspace, body: BlockAction, id: string): Promise<void> {
  const draw: Draw = (nearMiss, personId) =>
    mayChange(personId, nearMiss) ? changeMenu(nearMiss) : notYoursToChange();
  return openAbout(workspace, body, { id, title: 'Edit or withdraw', draw });
}
