import type { ModalView } from '@slack/types';
import type { NearMiss } from '../domain/near-miss.ts';
import { mayChange } from '../domain/reading.ts';
import { escapeText } from './blocks.ts';
import { toDecide } from './deciding.ts';
import { WORDING_ANSWERED, wordingKey } from './digest-notices.ts';
import { drawMoreBelow, type MorePlace, placeIn } from './more-stories.ts';
import { notFoundWords, sayingModal } from './near-miss-view.ts';
import { leaveOutView, readLeaveOut, readWording, wordingView } from './preview-modals.ts';
import type { ButtonArgs } from './reading.ts';
import { firstInput, NOT_SAVED_YET, type SubmitArgs, saveOr } from './saving.ts';
import { refusedIn } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

/** *Leave this out* and *Propose a wording*, under a story of a preview. */
export function onStoryButton(app: Surroundings, what: 'leave_out' | 'reword') {
  return async ({ body, action, ack, client }: ButtonArgs) => {
    await ack();
    const [digestId = '', nearMissId = ''] = (action.value ?? '').split(':');
    const asked = await toDecide(app, body.user.id, digestId);
    const told = 'digest' in asked ? (await app.storage.digests.asItIsNow(asked.digest)).stories : [];
    const story = told.find(({ id }) => id === nearMissId);
    const title = what === 'leave_out' ? LEAVE_OUT : REWORD;
    const view =
      story === undefined
        ? sayingModal(title, 'refused' in asked ? asked.refused : NOT_IN_IT)
        : viewAbout(what, digestId, story, placeIn(body.view));
    await client.views[body.view?.type === 'modal' ? 'push' : 'open']({ trigger_id: body.trigger_id, view });
  };
}

const LEAVE_OUT = 'Leave this out';
const REWORD = 'Propose a wording';
const NOT_IN_IT = 'It is not in this digest any more.';
const NOBODY_TO_ASK = 'Nobody can be asked about this one: it was shared without a name.';

function viewAbout(
  what: 'leave_out' | 'reword',
  digestId: string,
  story: NearMiss,
  more: MorePlace | undefined,
): ModalView {
  const hasReporter = story.reporterId !== undefined;
  if (what === 'leave_out') return leaveOutView(digestId, story.id, { hasReporter, more });
  return hasReporter ? wordingView(digestId, story.id, story.summary) : sayingModal(REWORD, NOBODY_TO_ASK);
}

export function onLeftOut(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const left = readLeaveOut(view);
    if (left === undefined)
      return ack({ response_action: 'errors', errors: { line: 'A few words are enough.' } });
    const asked = await toDecide(app, body.user.id, left.digestId);
    if ('refused' in asked) return ack(refusedIn(view, LEAVE_OUT, asked.refused));
    const { teamId, id } = asked.digest;
    const { nearMissId, line, forGood } = left;
    const done = await saveOr(app, NOT_SAVED_YET, () =>
      app.storage.digests.leaveOut({
        teamId,
        id,
        nearMissId,
        by: body.user.id,
        line,
        forGood,
        now: app.now(),
      }),
    );
    if ('problem' in done)
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: done.problem } });
    if (!done.saved) return ack({ response_action: 'update', view: sayingModal(LEAVE_OUT, NOT_IN_IT) });
    await ack();
    app.wakeOutbox();
    await drawMoreBelow(app, body.user.id, view);
  };
}

export function onWordingProposed(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const proposal = readWording(view);
    if (proposal === undefined)
      return ack({ response_action: 'errors', errors: { wording: 'A few words are enough.' } });
    const asked = await toDecide(app, body.user.id, proposal.digestId);
    if ('refused' in asked) return ack(refusedIn(view, REWORD, asked.refused));
    const { nearMissId, wording } = proposal;
    const done = await saveOr(app, NOT_SAVED_YET, () =>
      app.storage.wordings.propose({
        teamId: app.identity.teamId,
        nearMissId,
        by: body.user.id,
        wording,
        now: app.now(),
      }),
    );
    if ('problem' in done)
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: done.problem } });
    const words = done.saved
      ? 'Sent. The digest carries these words if the person who shared it agrees.'
      : NOT_IN_IT;
    await ack({ response_action: 'update', view: sayingModal(REWORD, words) });
    app.wakeOutbox();
  };
}

/** The person who shared it agrees to other words for the digest, or keeps their own. */
export function onWordingAnswered(app: Surroundings, agreed: boolean) {
  return async ({ body, action, ack, respond }: ButtonArgs) => {
    await ack();
    const { storage, identity, now } = app;
    const { teamId } = identity;
    const [nearMissId = '', key] = (action.value ?? '').split(':');
    const nearMiss = await storage.nearMisses.byId(teamId, nearMissId);
    const say = (text: string) => respond({ replace_original: true, text: escapeText(text) });
    if (nearMiss === undefined || !mayChange(body.user.id, nearMiss) || nearMiss.withdrawnAt !== undefined)
      return void (await say(notFoundWords()));
    // Other words may have been proposed since: yes to these is not yes to those.
    const asked = await storage.wordings.of(nearMissId);
    const answered =
      asked !== undefined &&
      wordingKey(asked.wording) === key &&
      (await storage.wordings.answer({ teamId, nearMissId, wording: asked.wording, agreed, now: now() }));
    if (!answered) return void (await say(WORDING_ANSWERED.outdated));
    app.wakeOutbox();
    await say(agreed ? WORDING_ANSWERED.agreed : WORDING_ANSWERED.kept);
  };
}
