import type { ViewSubmitAction } from '@slack/bolt';
import { keepsReporter, mayChange } from '../../domain/access/gate.ts';
import type { NearMiss, Telling } from '../../domain/near-miss.ts';
import { TOPICS } from '../../domain/story/questions.ts';
import { underNameNow } from '../access/name-now.ts';
import { peopleToAskAbout } from '../capture/save-step-two.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { updateIfOpen } from '../platform/open-modal.ts';
import { saveOr, staysOpen } from '../platform/submission.ts';
import type { Subject } from '../platform/view-metadata.ts';
import type { Workspace } from '../workspace.ts';
import { readableById } from './find-story.ts';
import { madePossible } from './made-possible.ts';
import { openAbout } from './open-about.ts';
import { removedWords } from './own-words.ts';
import { asksAboutLuck, readReplaceLuck, replaceLuck } from './replace-luck.ts';
import { readTopicButton, tellMore } from './tell-more.ts';
import { readTopic, type TopicSubject, topicView } from './topic-view.ts';
import { ANSWERS_UNSAVED } from './unsaved-words.ts';
import { peopleNamed } from './whole-story.ts';

/** A row of *Tell more*: its questions. */
export async function onTopic(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const subject = readTopicButton(action.value);
  if (subject === undefined) return;
  const { id, topic } = subject;
  await openAbout(workspace, body, {
    id,
    title: TOPICS[topic].button,
    draw: async (nearMiss, personId) => {
      const [names, shown] = await Promise.all([
        workspace.people.names(peopleNamed(nearMiss)),
        underNameNow(workspace, nearMiss, personId),
      ]);
      return topicView(shown, topic, personId, names);
    },
  });
}

/** What was told about a topic, kept under the name of who told it. */
export async function onTopicTold(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id, topic, staysInChannel }: TopicSubject,
) {
  const done = await saveOr(workspace.app, ANSWERS_UNSAVED, () =>
    tell(workspace, { id, personId: body.user.id, staysInChannel }, (before) =>
      readTopic(topic, view, before),
    ),
  );
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  const told = done.saved;
  if (topic === 'went_right' && asksAboutLuck(told.telling)) {
    await ack({ response_action: 'update', view: replaceLuck(id) });
  } else if (topic === 'key_players' && told.telling.keyPlayers.length > 0) {
    await ack({
      response_action: 'update',
      view: madePossible(id, await peopleToAskAbout(workspace, told.telling)),
    });
  } else {
    await ack();
  }
  workspace.app.wakeOutbox();
  await redrawList(workspace, view, { id, personId: body.user.id });
}

/** What could replace the luck. */
export async function onLuckReplaced(workspace: Workspace, { body, view, ack }: SubmitArgs, { id }: Subject) {
  const done = await saveOr(workspace.app, ANSWERS_UNSAVED, () =>
    tell(workspace, { id, personId: body.user.id }, (before) => readReplaceLuck(view, before)),
  );
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  await ack();
  workspace.app.wakeOutbox();
  await redrawList(workspace, view, { id, personId: body.user.id });
}

/** *Remove my words*: what somebody added is theirs, whatever became of the near-miss since. */
export async function onRemoveOwnWords(workspace: Workspace, { body, action, ack, respond }: ButtonArgs) {
  await ack();
  const { teamId } = workspace.identity;
  const of = { teamId, id: action.value ?? '', authorId: body.user.id, now: workspace.app.now() };
  const words = removedWords(await workspace.app.storage.nearMisses.forgetAdded(of));
  workspace.app.wakeOutbox();
  if (body.view === undefined) await respond({ replace_original: true, text: words });
  else await updateIfOpen(workspace.client, body.view.id, sayingModal('Your words', words));
}

/** What was told and kept; nothing is, once the near-miss was withdrawn. */
type Told = { nearMiss: NearMiss; telling: Telling } | undefined;

/** Whoever may read a near-miss may add to it, in words of their own; the reporter changes theirs. */
async function tell(
  workspace: Workspace,
  { id, personId, staysInChannel }: { id: string; personId: string; staysInChannel?: boolean | undefined },
  change: (before: Telling) => Telling,
): Promise<Told> {
  const nearMiss = await readableById(workspace, id, personId);
  if (nearMiss === undefined) throw new Error('Somebody told about a near-miss that is not there for them.');
  const own = keepsReporter(nearMiss.tier) && mayChange(personId, nearMiss);
  const now = workspace.app.now();
  return workspace.app.storage.nearMisses.tell({
    teamId: nearMiss.teamId,
    id,
    change,
    now,
    // Whoever goes on here has no draft to be reminded of.
    ...(own ? { toldAt: now } : { authorId: personId, staysInChannel }),
  });
}

/** The list behind says how much is answered now. */
async function redrawList(
  workspace: Workspace,
  view: ViewSubmitAction['view'],
  { id, personId }: { id: string; personId: string },
): Promise<void> {
  if (view.previous_view_id === null) return;
  try {
    const nearMiss = await readableById(workspace, id, personId);
    if (nearMiss === undefined) return;
    await workspace.client.views.update({
      view_id: view.previous_view_id,
      view: tellMore(nearMiss, personId),
    });
  } catch (error) {
    // It was closed, or Slack is slow: only the counts in it are older now.
    workspace.app.log.debug({ error }, 'the list behind a topic was not drawn again');
  }
}
