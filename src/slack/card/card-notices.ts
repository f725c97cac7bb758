import { channelWords } from '../../domain/access/place.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import type { Notice } from '../../domain/outbox/notices.ts';
import { cardRefused, refusal } from '../capture/confirmation.ts';
import { type Message, sayingMessage } from '../platform/message.ts';
import type { Workspace } from '../workspace.ts';
import { question } from './card-question.ts';

/** Nobody could look whether the card was posted, so nobody knows which message it is. */
export const PLACE_UNKNOWN = 'place_unknown';

/** That it was not posted, unless it is to be posted again by now. Of what was withdrawn nothing is said. */
export async function sayCardRefused(
  { app, identity }: Workspace,
  { nearMissId }: Notice<'card_refused'>,
): Promise<Message | undefined> {
  const { teamId } = identity;
  const nearMiss = await app.storage.nearMisses.byId(teamId, nearMissId);
  const { state, why } = await app.storage.outbox.cardDelivery(teamId, nearMissId);
  if (nearMiss === undefined || nearMiss.withdrawnAt !== undefined || state !== 'refused') return undefined;
  return cardRefused(nearMiss, why);
}

/** Whether it is there. Of what was withdrawn nothing is posted again. */
export async function askForCard(
  { app, identity }: Workspace,
  { nearMissId }: Notice<'card_asked'>,
): Promise<Message | undefined> {
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, nearMissId);
  return nearMiss === undefined || nearMiss.withdrawnAt !== undefined ? undefined : question(nearMiss);
}

/** That the card of what they withdrew could not be blanked. */
export async function sayCardStands(
  { app, identity }: Workspace,
  { nearMissId, why }: Notice<'card_stands'>,
): Promise<Message | undefined> {
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, nearMissId);
  return nearMiss && cardStands(nearMiss, why);
}

/** That their card shows no words any more. Of what was withdrawn nothing is said. */
export async function sayCardWithheld(
  { app, identity }: Workspace,
  { nearMissId, why }: Notice<'card_withheld'>,
): Promise<Message | undefined> {
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, nearMissId);
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
