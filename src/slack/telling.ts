import type { ViewSubmitAction } from '@slack/bolt';
import type { NearMiss, Telling } from '../domain/near-miss.ts';
import { keepsReporter, mayChange } from '../domain/reading.ts';
import { TOPIC_WORDS } from '../domain/topics.ts';
import { readableById } from './looking.ts';
import { madePossible } from './made-possible.ts';
import { sayingModal } from './near-miss-view.ts';
import { removedWords } from './own-words.ts';
import { type ButtonArgs, openAbout, updateIfOpen } from './reading.ts';
import { asksAboutLuck, readReplaceLuck, replaceLuck } from './replace-luck.ts';
import { ANSWERS_NOT_SAVED, firstInput, type SubmitArgs, saveOr } from './saving.ts';
import { peopleToAskAbout } from './saving-step-two.ts';
import { peopleNamed } from './story.ts';
import { readSubject } from './subject.ts';
import { type Surroundings, underNameNow } from './surroundings.ts';
import { readTopicButton, tellMore } from './tell-more.ts';
import { readTopic, readTopicSubject, topicView } from './topic-view.ts';

/** A row of *Tell more*: its questions. */
export function onTopic(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const subject = readTopicButton(action.value);
    if (subject === undefined) return;
    const { id, topic } = subject;
    await openAbout(app, body, {
      id,
      title: TOPIC_WORDS[topic].button,
      draw: async (nearMiss, personId) => {
        const [names, shown] = await Promise.all([
          app.people.names(peopleNamed(nearMiss)),
          underNameNow(app, nearMiss, personId),
        ]);
        return topicView(shown, topic, personId, names);
      },
    });
  };
}

/** What was told about a topic, kept under the name of who told it. */
export function onTopicTold(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { id, topic, staysInChannel } = readTopicSubject(view);
    const done = await saveOr(app, ANSWERS_NOT_SAVED, () =>
      tell(app, { id, personId: body.user.id, staysInChannel }, (before) => readTopic(view, before)),
    );
    if ('problem' in done)
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: done.problem } });
    const told = done.saved;
    if (topic === 'went_right' && asksAboutLuck(told.telling)) {
      await ack({ response_action: 'update', view: replaceLuck(id) });
    } else if (topic === 'key_players' && told.telling.keyPlayers.length > 0) {
      await ack({
        response_action: 'update',
        view: madePossible(id, await peopleToAskAbout(app, told.telling)),
      });
    } else {
      await ack();
    }
    app.wakeOutbox();
    await redrawList(app, view, { id, personId: body.user.id });
  };
}

/** What could replace the luck. */
export function onLuckReplaced(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const done = await saveOr(app, ANSWERS_NOT_SAVED, () =>
      tell(app, { id: readSubject(view), personId: body.user.id }, (before) => readReplaceLuck(view, before)),
    );
    if ('problem' in done)
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: done.problem } });
    await ack();
    app.wakeOutbox();
    await redrawList(app, view, { id: readSubject(view), personId: body.user.id });
  };
}

/** *Remove my words*: what somebody added is theirs, whatever became of the near-miss since. */
export function onRemoveOwnWords(app: Surroundings) {
  return async ({ body, action, ack, respond }: ButtonArgs) => {
    await ack();
    const { teamId } = app.identity;
    const of = { teamId, id: action.value ?? '', authorId: body.user.id, now: app.now() };
    const words = removedWords(await app.storage.nearMisses.forgetAdded(of));
    app.wakeOutbox();
    if (body.view === undefined) await respond({ replace_original: true, text: words });
    else await updateIfOpen(app.client, body.view.id, sayingModal('Your words', words));
  };
}

/** What was told and kept; nothing is, once the near-miss was withdrawn. */
type Told = { nearMiss: NearMiss; telling: Telling } | undefined;

/** Whoever may read a near-miss may add to it, in words of their own; the reporter changes theirs. */
async function tell(
  app: Surroundings,
  { id, personId, staysInChannel }: { id: string; personId: string; staysInChannel?: boolean | undefined },
  change: (before: Telling) => Telling,
): Promise<Told> {
  const nearMiss = await readableById(app, id, personId);
  if (nearMiss === undefined) throw new Error('Somebody told about a near-miss that is not there for them.');
  const own = keepsReporter(nearMiss.tier) && mayChange(personId, nearMiss);
  const now = app.now();
  return app.storage.nearMisses.tell({
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
  app: Surroundings,
  view: ViewSubmitAction['view'],
  { id, personId }: { id: string; personId: string },
): Promise<void> {
  if (view.previous_view_id === null) return;
  try {
    const nearMiss = await readableById(app, id, personId);
    if (nearMiss === undefined) return;
    await app.client.views.update({ view_id: view.previous_view_id, view: tellMore(nearMiss, personId) });
  } catch (error) {
    // It was closed, or Slack is slow: only the counts in it are older now.
    app.log.debug({ error }, 'the list behind a topic was not drawn again');
  }
}
