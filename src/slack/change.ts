import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Audience, type NearMiss, nameOf, type Reached, type Tier } from '../domain/near-miss.ts';
import type { UnseenCard } from '../domain/outbox.ts';
import { channelWords } from '../domain/place.ts';
import { systemName } from '../domain/system-name.ts';
import type { Steward } from '../domain/who-can-see.ts';
import { button, context, plainText, selectInput, textInput, typed } from './blocks.ts';
import { actions } from './card.ts';
import { sayingModal } from './near-miss-view.ts';
import { entered } from './state-values.ts';
import { reachedIn, reachedInput } from './telling-inputs.ts';
import { audienceOptions, tierOptions } from './who-can-see-options.ts';

export const CHANGE_ACTIONS = {
  words: 'edit_words',
  whoCanSee: 'change_who_can_see',
  withdraw: 'withdraw',
} as const;
export const EDIT_WORDS = 'edit_words';
export const CHANGE_WHO_CAN_SEE = 'change_who_can_see';

const TITLE = 'Edit or withdraw';

/** The rule of `tierFor`, said where both questions are asked at once. */
const IN_A_DIRECT_MESSAGE =
  'If only the people in this conversation may read it, your name is shown: they would know anyway.';

/** What the person who shared it can change. */
export function changeMenu(nearMiss: NearMiss): ModalView {
  const name = nameOf(nearMiss) ?? 'this near-miss';
  return {
    type: 'modal',
    callback_id: 'change_menu',
    title: plainText(TITLE),
    close: plainText('Close'),
    private_metadata: JSON.stringify({ id: nearMiss.id }),
    blocks: [
      actions(
        button(CHANGE_ACTIONS.words, 'Edit my words', nearMiss.id),
        button(CHANGE_ACTIONS.whoCanSee, 'Change who can see this', nearMiss.id),
        {
          ...button(CHANGE_ACTIONS.withdraw, 'Withdraw', nearMiss.id),
          style: 'danger',
          confirm: {
            title: plainText(`Withdraw ${name}?`, 100),
            text: plainText(
              'Your words are removed from the app, the card and the digest. Views that others added are theirs and are removed only by them.',
              300,
            ),
            confirm: plainText('Withdraw', 30),
            deny: plainText('Keep it', 30),
          },
        },
      ),
    ],
  };
}

/** The same to everybody else. */
export function notYoursToChange(): ModalView {
  return sayingModal(
    TITLE,
    'Only the person who shared this can change it. You can add to it with Tell more.',
  );
}

/** The reporter's own first words, and whether it reached anyone: what nobody else is asked. */
export function editWords(nearMiss: NearMiss): ModalView {
  return {
    type: 'modal',
    callback_id: EDIT_WORDS,
    title: plainText('Edit my words'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify({ id: nearMiss.id }),
    blocks: [
      textInput(
        'summary',
        { label: 'What nearly happened?' },
        { value: nearMiss.summary, required: true, focus: true },
      ),
      {
        ...textInput('system', { label: 'Which system or process?' }, { value: nearMiss.system, max: 60 }),
        element: {
          type: 'plain_text_input',
          action_id: 'system',
          max_length: 60,
          ...(nearMiss.system !== undefined && { initial_value: nearMiss.system }),
        },
      },
      reachedInput(nearMiss.reached),
    ],
  };
}

export function readWords(
  view: Pick<ViewOutput, 'state'>,
): Pick<NearMiss, 'summary' | 'system'> & { reached?: Reached | null } {
  const values = entered(view);
  const summary = values.text('summary') === undefined ? '' : values.raw('summary');
  // Emptied is an answer too; a modal from before this was asked in it leaves it as it is.
  const reached = values.has('reached') && { reached: reachedIn(values) ?? null };
  return { summary, system: systemName(values.raw('system')), ...reached };
}

/** Who may read it and who may see who shared it; the consequence stands below, in the words of `sentence`. */
export function changeWhoCanSee(
  nearMiss: NearMiss,
  { workspace, stewards }: { workspace: string; stewards: Steward[] },
  sentence: string,
): ModalView {
  const { conversation } = nearMiss;
  return {
    type: 'modal',
    callback_id: CHANGE_WHO_CAN_SEE,
    title: plainText('Who can see this'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify({ id: nearMiss.id, stewards: stewards.map(({ id }) => id) }),
    blocks: [
      context(`Now: ${sentence}`),
      required(
        selectInput(
          'tier',
          { label: 'Who may see that it was you?' },
          tierOptions(stewards, nearMiss.tier),
          nearMiss.tier,
        ),
      ),
      ...(conversation === undefined
        ? []
        : [
            required(
              selectInput(
                'audience',
                { label: 'Who may read it?' },
                audienceOptions(conversation, workspace),
                nearMiss.audience,
              ),
            ),
          ]),
      ...(conversation?.kind === 'direct' ? [typed(IN_A_DIRECT_MESSAGE)] : []),
      ...consequences(nearMiss, stewards).map(typed),
    ],
  };
}

/** What goes with a choice, and would not be expected: only what is so for this one. */
function consequences({ audience, added, card }: NearMiss, stewards: Steward[]): string[] {
  const hasCard = card !== undefined;
  return [
    ...(audience === 'channel' && added.length > 0
      ? ['If you let everyone read it, what others added so far stays with those who can read it now.']
      : []),
    ...(hasCard && stewards.length > 0 ? ['If you choose Only the stewards, its card is taken down.'] : []),
    `If you choose Nobody, your name, its number, the thread, the people you named and the time of day are removed from the app${hasCard ? ', and its card is taken down' : ''}. After that it cannot be changed or withdrawn.`,
  ];
}

function required<Input extends { optional?: boolean }>(input: Input): Input {
  return { ...input, optional: false };
}

/** The stewards that the modal named, by id: nobody else is to look up a name that is entrusted by it. */
export function readPromised(view: Pick<ViewOutput, 'private_metadata'>): string[] | undefined {
  return (JSON.parse(view.private_metadata) as { stewards?: string[] }).stewards;
}

export function readWhoCanSee(
  view: Pick<ViewOutput, 'state'>,
  before: { tier: Tier; audience: Audience },
): { tier: Tier; audience: Audience } {
  const values = entered(view);
  const tier = values.chosen('tier');
  const audience = values.chosen('audience');
  return {
    tier: tier === 'named' || tier === 'confidential' || tier === 'unattributed' ? tier : before.tier,
    audience: audience === 'everyone' || audience === 'channel' ? audience : before.audience,
  };
}

/** Why it stays as it is: the app could not take its card away, and afterwards nobody could be told. */
export function cardUnseen({ conversation }: NearMiss, card: UnseenCard): string {
  const place = channelWords(conversation);
  return card === 'asked'
    ? `Slack did not say whether its card was posted in ${place}, so the app could not take it away. Please answer the question in your messages from the app first.`
    : `The app cannot take its card in ${place} away, because Slack did not say where it is. You can withdraw this near-miss, and ask a workspace admin to delete the card.`;
}
