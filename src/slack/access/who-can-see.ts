import type { BlockAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { disclaimer } from '../../domain/access/disclaimer.ts';
import { mayChange, showsName } from '../../domain/access/gate.ts';
import { mayLookUp } from '../../domain/access/looks.ts';
import { whoCanSee, whoCanSeeToOthers } from '../../domain/access/who-can-see.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { isSteward } from '../stewards/may-as-steward.ts';
import { openAbout } from '../story/open-about.ts';
import type { Workspace } from '../workspace.ts';
import { looksShown, lookUpButton } from './look-up-view.ts';
import { sharingNow } from './sharing-facts.ts';

/** *Who can see this*, as a button. */
export async function onWhoCanSee(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openWhoCanSee(workspace, body, action.value ?? '');
}

/** The same from the menu of a card. */
export function openWhoCanSee(workspace: Workspace, body: BlockAction, id: string): Promise<void> {
  return openAbout(workspace, body, {
    id,
    title: 'Who can see this',
    draw: (nearMiss, personId) => whoCanSeeView(workspace, nearMiss, personId),
  });
}

const SERVER = "The people who run the app's server can technically read what is stored on it.";

/** To the person who shared it, and to others, from the rules that enforce it. */
async function whoCanSeeView(workspace: Workspace, nearMiss: NearMiss, personId: string): Promise<ModalView> {
  const sharing = await sharingNow(workspace, nearMiss, personId);
  if (mayChange(personId, nearMiss)) {
    const view = sayingModal('Who can see this', whoCanSee(sharing, 'after'), SERVER);
    return { ...view, blocks: [...view.blocks, ...(await looksAt(workspace, nearMiss, personId, true))] };
  }
  const reporter = showsName(nearMiss.tier) ? nearMiss.reporterId : undefined;
  const names = await workspace.people.names(reporter === undefined ? [] : [reporter]);
  const view = sayingModal(
    'Who can see this',
    disclaimer(nearMiss.reached),
    whoCanSeeToOthers(sharing, reporter === undefined ? undefined : names.get(reporter)),
    SERVER,
  );
  return { ...view, blocks: [...view.blocks, ...(await forLookingUp(workspace, nearMiss, personId))] };
}

/** To a steward: who looked; where they may look as well, why, and the way to. */
async function forLookingUp(
  workspace: Workspace,
  nearMiss: NearMiss,
  personId: string,
): Promise<KnownBlock[]> {
  const steward = await isSteward(workspace, personId);
  if (!steward) return [];
  const may = mayLookUp(personId, nearMiss, steward);
  const looks = await looksAt(workspace, nearMiss, personId, may);
  return may ? [...looks, lookUpButton(nearMiss.id)] : looks;
}

/** @param why whether to this person the lines are shown as well */
async function looksAt(
  workspace: Workspace,
  nearMiss: NearMiss,
  personId: string,
  why: boolean,
): Promise<KnownBlock[]> {
  const { tier, teamId, id } = nearMiss;
  if (tier !== 'confidential') return [];
  const { app, people } = workspace;
  const looks = await app.storage.looks.at(teamId, id);
  const names = await people.names(looks.map(({ stewardId }) => stewardId));
  return looksShown(looks, names, { zone: people.known(personId)?.tz ?? 'UTC', now: app.now(), why });
}
