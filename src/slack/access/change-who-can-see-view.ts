import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { whoCanLookUp } from '../../domain/access/gate.ts';
import { channelWords } from '../../domain/access/place.ts';
import { type Steward } from '../../domain/access/who-can-see.ts';
import type { Audience, NearMiss, Tier } from '../../domain/near-miss.ts';
import type { UnseenCard } from '../../domain/outbox/outbox.ts';
import { context, plainText, selectInput, typed } from '../platform/blocks.ts';
import { metadata } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { asNamed, namedStewards } from './named-stewards.ts';
import { audienceOptions, tierOptions } from './who-can-see-options.ts';

/** The button, and the modal behind it. */
export const CHANGE_WHO_CAN_SEE = 'change_who_can_see';

const subject = z.strictObject({ id: z.string(), stewards: namedStewards });

/** The near-miss, and the stewards the screen named: nobody else is to look up a name that is entrusted by it. */
export type WhoCanSeeSubject = z.infer<typeof subject>;
export const WHO_CAN_SEE_SUBJECT = metadata(subject);

/** The rule of `tierFor`, said where both questions are asked at once. */
const IN_A_DIRECT_MESSAGE =
  'If only the people in this conversation may read it, your name is shown: they would know anyway.';

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
    private_metadata: WHO_CAN_SEE_SUBJECT.write({
      id: nearMiss.id,
      stewards: asNamed(whoCanLookUp(nearMiss.audience, stewards)),
    }),
    blocks: [
      context(`Now: ${sentence}`),
      required(
        selectInput(
          'tier',
          { label: 'Who may see that it was you?' },
          tierOptions(stewards, nearMiss),
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
