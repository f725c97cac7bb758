import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { mayChange } from '../../domain/access/gate.ts';
import { channelWords } from '../../domain/access/place.ts';
import { type Steward, whoCanSee } from '../../domain/access/who-can-see.ts';
import { tierFor, toCapture } from '../../domain/capture/capture.ts';
import type { Audience, NearMiss, Tier } from '../../domain/near-miss.ts';
import type { UnseenCard } from '../../domain/outbox/outbox.ts';
import { context, plainText, selectInput, typed } from '../platform/blocks.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { saveOr, staysOpen } from '../platform/submission.ts';
import { SUBJECT, type Subject } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { openAbout } from '../story/open-about.ts';
import { ownOrWithdrawn } from '../story/own-story.ts';
import { notFoundWords } from '../story/story-view.ts';
import { NEAR_MISS_UNSAVED } from '../story/unsaved-words.ts';
import type { Workspace } from '../workspace.ts';
import { aroundOf, sharingNow } from './sharing-facts.ts';
import { audienceOptions, tierOptions } from './who-can-see-options.ts';

/** The button, and the modal behind it. */
export const CHANGE_WHO_CAN_SEE = 'change_who_can_see';

/** *Change who can see this*. */
export async function onChangeWhoCanSee(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openAbout(workspace, body, {
    id: action.value ?? '',
    title: 'Who can see this',
    draw: (nearMiss, personId) =>
      mayChange(personId, nearMiss)
        ? whoCanSeeToChange(workspace, nearMiss)
        : sayingModal('Who can see this', notFoundWords()),
  });
}

async function whoCanSeeToChange(workspace: Workspace, nearMiss: NearMiss): Promise<ModalView> {
  const sharing = await sharingNow(workspace, nearMiss);
  // To be chosen are the stewards of now, not those of then.
  const around = await aroundOf(workspace, nearMiss.conversation?.id, nearMiss);
  return changeWhoCanSee(nearMiss, around, whoCanSee(sharing, 'after'));
}

export async function onWhoCanSeeChanged(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id }: Subject,
) {
  const done = await saveOr(workspace.app, NEAR_MISS_UNSAVED, async () => {
    const nearMiss = await ownOrWithdrawn(workspace, id, body.user.id);
    if (nearMiss === undefined)
      throw new Error('A change came back for a near-miss that is not there for its sender.');
    return applyWhoCanSee(workspace, nearMiss, readWhoCanSee(view, nearMiss));
  });
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  if (done.saved !== 'changed') return ack(staysOpen(view, done.saved.inTheWay));
  await ack({ response_action: 'clear' });
  workspace.app.wakeOutbox();
}

/** `inTheWay` are words for whoever asked for the change. */
type Change = 'changed' | { inTheWay: string };

/**
 * The rules of a new capture hold for a changed one: what the new tier does not keep is un-stored. Nothing is
 * changed where they would keep the name of somebody who asked for Nobody. Undefined where the near-miss was
 * withdrawn meanwhile.
 */
async function applyWhoCanSee(
  workspace: Workspace,
  nearMiss: NearMiss,
  to: Pick<NearMiss, 'tier' | 'audience'>,
): Promise<Change | undefined> {
  const isSame = to.tier === nearMiss.tier && to.audience === nearMiss.audience;
  if (isSame && nearMiss.withdrawnAt === undefined) return 'changed';
  if (tierFor(to.tier, to.audience, nearMiss.conversation) !== to.tier)
    return { inTheWay: theyWouldKnow(workspace.identity.workspace) };
  // Who could look up the name then: later stewards would need its owner's yes.
  const stewards =
    nearMiss.tier === 'confidential'
      ? nearMiss.stewardsThen
      : (await workspace.app.storage.workspaces.settings(nearMiss.teamId)).stewards;
  const change = toCapture(
    {
      ...nearMiss,
      ...to,
      personId: nearMiss.reporterId ?? '',
      wantsCard: nearMiss.card !== undefined,
      threadTs: nearMiss.card?.threadTs,
      stewards,
    },
    nearMiss.capturedAt,
  );
  const stored = await workspace.app.storage.nearMisses.changeWhoCanSee(change, workspace.app.now());
  if (stored !== undefined && 'cardUnseen' in stored)
    return { inTheWay: cardUnseen(nearMiss, stored.cardUnseen) };
  return stored && 'changed';
}

const theyWouldKnow = (workspace: string) =>
  `The people in this conversation would know that it was you. For Nobody, let everyone at ${workspace} read it.`;

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
    private_metadata: SUBJECT.write({ id: nearMiss.id }),
    blocks: [
      context(`Now: ${sentence}`),
      required(
        selectInput('tier', { label: 'Who may see that it was you?' }, tierOptions(stewards), nearMiss.tier),
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
