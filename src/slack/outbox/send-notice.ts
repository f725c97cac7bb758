import type { Outcome } from '../../domain/outbox/delivery.ts';
import { NOTICES, type Notice, type Says } from '../../domain/outbox/notices.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { askForCard, sayCardRefused, sayCardStands, sayCardWithheld } from '../card/card-notices.ts';
import {
  proposeWording,
  sayChannelRefused,
  sayLeftOut,
  sayPartRefused,
} from '../digest/send-digest-notices.ts';
import type { Message } from '../platform/message.ts';
import { inParts } from '../platform/message-parts.ts';
import { directMessage, postTo } from '../platform/post-message.ts';
import { mayAsSteward, STEWARD_UNSAID } from '../stewards/may-as-steward.ts';
import { cardWaits } from '../stewards/undelivered.ts';
import type { Workspace } from '../workspace.ts';

/** How each notice reads by now; undefined where nothing is left to say. */
export const SAY: { [S in Says]: (workspace: Workspace, notice: Notice<S>) => Promise<Message | undefined> } =
  {
    card_refused: sayCardRefused,
    card_asked: askForCard,
    card_stands: sayCardStands,
    card_withheld: sayCardWithheld,
    left_out: sayLeftOut,
    wording: proposeWording,
    channel_refused: sayChannelRefused,
    part_refused: sayPartRefused,
    card_waits: async () => cardWaits(),
  };

async function say<S extends Says>(workspace: Workspace, notice: Notice<S>): Promise<Message | undefined> {
  return SAY[notice.says](workspace, notice);
}

/** Says in one message what is to be said to a person now. */
export async function sendNotice(workspace: Workspace, row: OutboxRow<'notice'>): Promise<Outcome> {
  const notices = await theirs(workspace, row);
  if (notices === undefined) return STEWARD_UNSAID;
  const messages: Message[] = [];
  for (const notice of notices) {
    const message = await say(workspace, notice);
    if (message !== undefined) messages.push(message);
  }
  if (messages.length === 0) return { kind: 'dropped' };
  return postTo(workspace, await directMessage(workspace, row.personId), inParts(messages), row.partId);
}

/**
 * What is for them now: somebody who is a steward no longer is told nothing that is for stewards. Undefined while
 * nobody knows.
 */
async function theirs(workspace: Workspace, row: OutboxRow<'notice'>): Promise<Notice[] | undefined> {
  const notices = [row.notice, ...row.others];
  if (notices.every((notice) => !isForStewards(notice))) return notices;
  const may = await mayAsSteward(workspace, row.personId);
  if (may === 'unsaid') return undefined;
  return notices.filter((notice) => may === 'yes' || !isForStewards(notice));
}

function isForStewards({ says }: Notice): boolean {
  return NOTICES[says].to === 'stewards';
}
