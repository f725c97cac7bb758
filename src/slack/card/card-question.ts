import { channelWords } from '../../domain/access/place.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { actions, button, escapeText, typed } from '../platform/blocks.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import type { Message } from '../platform/message.ts';
import { answerPart } from '../platform/message-parts.ts';
import { ownOrWithdrawn } from '../story/own-story.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';

export const QUESTION_ACTIONS = { postAgain: 'post_again', isThere: 'it_is_there' } as const;

/** Slack may or may not have taken a card, and nobody but a person can look. */
export function question(nearMiss: NearMiss): Message {
  const words = `Slack did not say whether the card of ${nameOf(nearMiss) ?? 'your near-miss'} was posted in ${channelWords(nearMiss.conversation)}, and the app cannot look there. Is it there? If it is not, it can be posted again.`;
  return {
    text: escapeText(words),
    blocks: [
      typed(words),
      actions(
        button(QUESTION_ACTIONS.postAgain, 'Post it again', nearMiss.id),
        button(QUESTION_ACTIONS.isThere, 'It is there', nearMiss.id),
      ),
    ],
  };
}

/** After somebody said whether a card is there. */
const THANKS = {
  postedAgain: 'Thank you. It will be posted again.',
  isThere: 'Thank you. It is left as it is; the app cannot change it from now on.',
  answered: 'Thank you. This was answered before, and nothing more is needed.',
  withdrawn:
    'Thank you. It was withdrawn, so nothing is posted again. If the card is there, a workspace admin can delete it.',
} as const;

/** Is the card there? Asked where neither Slack nor the app can tell. */
export async function onCardQuestion(
  workspace: Workspace,
  args: ButtonArgs,
  answer: 'post_again' | 'is_there',
) {
  const { body, action, ack } = args;
  await ack();
  const nearMiss = await ownOrWithdrawn(workspace, action.value ?? '', body.user.id);
  const words = nearMiss === undefined ? notFoundWords() : await answeredInWords(workspace, nearMiss, answer);
  await answerPart(args, words);
}

async function answeredInWords(
  workspace: Workspace,
  nearMiss: NearMiss,
  answer: 'post_again' | 'is_there',
): Promise<string> {
  if (nearMiss.withdrawnAt !== undefined) return THANKS.withdrawn;
  const { storage, now, wakeOutbox } = workspace.app;
  const { teamId, id: nearMissId } = nearMiss;
  if (!(await storage.outbox.answerAsked({ teamId, nearMissId, answer, now: now() }))) return THANKS.answered;
  wakeOutbox();
  return answer === 'post_again' ? THANKS.postedAgain : THANKS.isThere;
}
