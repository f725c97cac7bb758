import type { ModalView } from '@slack/types';
import { mayChange } from '../../domain/access/gate.ts';
import { whoCanSee } from '../../domain/access/who-can-see.ts';
import { type NamedSteward, tierFor, toCapture } from '../../domain/capture/capture.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { ableOf } from '../../domain/stewards/standing.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { saveOr, staysOpen } from '../platform/submission.ts';
import { stewardsSaid } from '../stewards/stewards-now.ts';
import { openAbout } from '../story/open-about.ts';
import { ownOrWithdrawn } from '../story/own-story.ts';
import { notFoundWords } from '../story/story-view.ts';
import { NEAR_MISS_UNSAVED } from '../story/unsaved-words.ts';
import type { Workspace } from '../workspace.ts';
import {
  cardUnseen,
  changeWhoCanSee,
  readWhoCanSee,
  type WhoCanSeeSubject,
} from './change-who-can-see-view.ts';
import { underNameNow } from './name-now.ts';
import { stillOf } from './named-stewards.ts';
import { aroundOf, sharingNow } from './sharing-facts.ts';

/** *Change who can see this*. */
export async function onChangeWhoCanSee(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openAbout(workspace, body, {
    id: action.value ?? '',
    title: 'Who can see this',
    draw: (nearMiss, personId) =>
      mayChange(personId, nearMiss)
        ? whoCanSeeToChange(workspace, nearMiss, personId)
        : sayingModal('Who can see this', notFoundWords()),
  });
}

async function whoCanSeeToChange(
  workspace: Workspace,
  nearMiss: NearMiss,
  personId: string,
): Promise<ModalView> {
  const sharing = await sharingNow(workspace, nearMiss, personId);
  // To be chosen are the stewards of now; one that is entrusted already stays with those of then.
  const around = await aroundOf(workspace, nearMiss.conversation?.id, nearMiss);
  const { stewards } = nearMiss.tier === 'confidential' ? sharing : around;
  const shown = await underNameNow(workspace, nearMiss, personId);
  return changeWhoCanSee(shown, { ...around, stewards }, whoCanSee(sharing, 'after'));
}

/** *Save* under *Change who can see this*: changed and closed, or what is in the way. */
export async function onWhoCanSeeChanged(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id, stewards }: WhoCanSeeSubject,
) {
  const done = await saveOr(workspace.app, NEAR_MISS_UNSAVED, async () => {
    const nearMiss = await ownOrWithdrawn(workspace, id, body.user.id);
    if (nearMiss === undefined)
      throw new Error('A change came back for a near-miss that is not there for its sender.');
    const still = stillOf(stewards, ableOf(await stewardsSaid(workspace)));
    return applyWhoCanSee(workspace, nearMiss, { ...readWhoCanSee(view, nearMiss), stewards: still });
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
  { stewards, ...to }: Pick<NearMiss, 'tier' | 'audience'> & { stewards: NamedSteward[] },
): Promise<Change | undefined> {
  const isSame = to.tier === nearMiss.tier && to.audience === nearMiss.audience;
  if (isSame && nearMiss.withdrawnAt === undefined) return 'changed';
  if (tierFor(to.tier, to.audience, nearMiss.conversation) !== to.tier)
    return { inTheWay: theyWouldKnow(workspace.identity.workspace) };
  const change = toCapture(
    {
      ...nearMiss,
      ...to,
      personId: nearMiss.reporterId ?? '',
      wantsCard: nearMiss.card !== undefined,
      threadTs: nearMiss.card?.threadTs,
      stewards: nearMiss.tier === 'confidential' ? ofThen(nearMiss, stewards) : stewards,
    },
    nearMiss.capturedAt,
  );
  const stored = await workspace.app.storage.nearMisses.changeWhoCanSee(change, workspace.app.now());
  if (stored !== undefined && 'cardUnseen' in stored)
    return { inTheWay: cardUnseen(nearMiss, stored.cardUnseen) };
  return stored && 'changed';
}

/** Of one entrusted before, those who could look up the name then: later stewards would need its owner's yes. */
function ofThen({ stewardsThen }: NearMiss, named: NamedSteward[]): NamedSteward[] {
  const areIn = new Set(named.filter(({ inConversation }) => inConversation).map(({ id }) => id));
  return stewardsThen.map((id) => ({ id, inConversation: areIn.has(id) }));
}

const theyWouldKnow = (workspace: string) =>
  `The people in this conversation would know that it was you. For Nobody, let everyone at ${workspace} read it.`;
