import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { asPlace } from '../platform/conversations.ts';
import { drawOrSayWhy, noteTrouble } from '../platform/say-what-failed.ts';
import { sayingModal, waitingModal } from '../story/story-view.ts';
import { aroundOf, type Surroundings } from '../surroundings.ts';
import { readThread, type SlackMessage, whenOver } from './read-thread.ts';
import { askPlace } from './share.ts';
import { defaultChoices, type StepOneNotes, stepOne } from './step-one.ts';
import { threadNote } from './thread-note.ts';

/** **Share a near-miss** on a message: a waiting view at once, then what its thread says. */
export function onMessageShortcut(app: Surroundings) {
  return async ({ shortcut, ack }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs) => {
    await ack();
    const { client } = app;
    const opened = client.views.open({
      trigger_id: shortcut.trigger_id,
      view: {
        ...waitingModal(TITLE, 'Reading the thread. This takes a second or two.'),
        close: { type: 'plain_text', text: 'Cancel' },
      },
    });
    const [{ view: waiting }, view] = await Promise.all([opened, drawnFromMessage(app, shortcut)]);
    if (waiting?.id === undefined || waiting.hash === undefined) return;
    const seen = { id: waiting.id, hash: waiting.hash };
    await drawOrSayWhy(app, TITLE, view, (drawn) => app.redraw(seen, drawn));
  };
}

const TITLE = 'Share a near-miss';

async function drawnFromMessage(app: Surroundings, shortcut: MessageShortcut): Promise<ModalView> {
  try {
    const { notes, choices, around } = await stepOneFromMessage(app, shortcut);
    app.addresses.keep(notes.id, shortcut.response_url);
    return stepOne(notes, choices, around);
  } catch (error) {
    return sayingModal(TITLE, noteTrouble(app, error));
  }
}

async function stepOneFromMessage(app: Surroundings, shortcut: MessageShortcut) {
  const { identity, storage, people, conversations, client } = app;
  const { botId } = identity;
  const personId = shortcut.user.id;
  const message = shortcut.message as SlackMessage & { thread_ts?: string };
  const rootTs = message.thread_ts ?? shortcut.message_ts;
  const time = AbortSignal.timeout(app.readThreadMs);
  const [around, hasShared, place, thread] = await Promise.all([
    aroundOf(app, shortcut.channel.id),
    storage.nearMisses.hasShared(identity.teamId, personId),
    Promise.race([askPlace(app, shortcut.channel, true), whenOver(time)]),
    readThread(
      client,
      {
        channelId: shortcut.channel.id,
        message: { ts: shortcut.message_ts, ...message },
        rootTs,
        askingId: personId,
      },
      { botId, known: people.known },
      time,
    ),
  ]);
  const notes: StepOneNotes = {
    id: app.newId(),
    place: place ?? asPlace(conversations.known(shortcut.channel), true),
    threadTs: rootTs,
    thread: threadNote(thread, people.known(personId)?.tz),
    firstTime: !hasShared,
  };
  return { notes, choices: defaultChoices(notes.place, thread.facts.firstLine), around };
}
