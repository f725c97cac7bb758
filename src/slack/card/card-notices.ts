import { channelWords } from '../../domain/access/place.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import type { Notice } from '../../domain/outbox/notices.ts';
import { underNameNow } from '../access/name-now.ts';
import { cardRefused, refusal } from '../capture/confirmation.ts';
import { type Message, sayingMessage } from '../platform/message.ts';
import type { Workspace } from '../workspace.ts';
import { question } from './card-question.ts';

/** Nobody could look whether the card was posted, so nobody knows which message it is. */
export const PLACE_UNKNOWN = 'place_unknown';

/** The near-miss that a notice is about, with its conversation under the name it has by now, if they may know it. */
async function nearMissOf(workspace: Workspace, id: string): Promise<NearMiss | undefined> {
  const { app, identity } = workspace;
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, id);
  return nearMiss && underNameNow(workspace, nearMiss, nearMiss.reporterId ?? '');
}

/** That it was not posted, unless it is to be posted again by now. Of what was withdrawn nothing is said. */
export async function sayCardRefused(
  workspace: Workspace,
  { nearMissId }: Notice<'card_refused'>,
): Promise<Message | undefined> {
  const { teamId } = workspace.identity;
  const nearMiss = await nearMissOf(workspace, nearMissId);
  const { state, why } = await workspace.app.storage.outbox.cardDelivery(teamId, nearMissId);
  if (nearMiss === undefined || nearMiss.withdrawnAt !== undefined || state !== 'refused') return undefined;
  return cardRefused(nearMiss, why);
}

/** Whether it is there. Of what was withdrawn nothing is posted again. */
export async function askForCard(
  workspace: Workspace,
  { nearMissId }: Notice<'card_asked'>,
): Promise<Message | undefined> {
  const nearMiss = await nearMissOf(workspace, nearMissId);
  return nearMiss === undefined || nearMiss.withdrawnAt !== undefined ? undefined : question(nearMiss);
}

/** That the card of what they withdrew could not be blanked. */
export async function sayCardStands(
  workspace: Workspace,
  { nearMissId, why }: Notice<'card_stands'>,
): Promise<Message | undefined> {
  const nearMiss = await nearMissOf(workspace, nearMissId);
  return nearMiss && cardStands(nearMiss, why);
}

/** That their card shows no words any more. Of what was withdrawn nothing is said. */
export async function sayCardWithheld(
  workspace: Workspace,
  { nearMissId, why }: Notice<'card_withheld'>,
): Promise<Message | undefined> {
  const nearMiss = await nearMissOf(workspace, nearMissId);
  if (nearMiss === undefined || nearMiss.withdrawnAt !== undefined) return undefined;
  return cardWithheld(nearMiss, why);
}

/** Why, and where those who may read it find it. */
export function cardWithheld(nearMiss: NearMiss, why: string | undefined): Message {
  return sayingMessage(
    `The card of ${nameOf(nearMiss) ?? 'your near-miss'} in ${channelWords(nearMiss.conversation)} no longer shows its words: ${refusal(why)}. Those who may read the story find it in the app.`,
  );
}

/** Its words, and who can take them away. */
export function cardStands(nearMiss: NearMiss, why: string | undefined): Message {
  const isUnknown = why === PLACE_UNKNOWN;
  const words = [
    `The card of ${nameOf(nearMiss) ?? 'your near-miss'} in ${channelWords(nearMiss.conversation)} could not be changed: ${reason(why)}.`,
    isUnknown ? 'If it was posted, its words still stand there.' : 'Its words still stand there.',
    'A workspace admin can delete the message.',
  ].join(' ');
  return sayingMessage(words);
}

function reason(why: string | undefined): string {
  if (why === PLACE_UNKNOWN) return 'Slack did not say where it is';
  if (why === 'edit_window_closed') return 'the time for changing messages is over';
  if (why === 'cant_update_message') return 'the app may not change it';
  return refusal(why);
}
