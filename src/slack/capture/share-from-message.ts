import type { MessageShortcut } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { aroundOf } from '../access/sharing-facts.ts';
import { plainText } from '../platform/blocks.ts';
import { asPlace } from '../platform/conversation-facts.ts';
import type { MessageShortcutArgs } from '../platform/listener.ts';
import { sayingModal, waitingModal } from '../platform/modal.ts';
import { drawOrSayWhy, openModal } from '../platform/open-modal.ts';
import { noteTrouble } from '../platform/say-what-failed.ts';
import type { SlackMessage } from '../platform/shown-words.ts';
import type { Workspace } from '../workspace.ts';
import { readThread, whenOver } from './read-thread.ts';
import { askPlace } from './share.ts';
import { defaultChoices, type StepOneNotes, stepOne } from './step-one.ts';
import { threadNote } from './thread-note.ts';

/** **Share a near-miss** on a message: a waiting view at once, then what its thread says. */
export async function onMessageShortcut(workspace: Workspace, { shortcut, ack }: MessageShortcutArgs) {
  await ack();
  const waiting = {
    ...waitingModal(TITLE, 'Reading the thread. This takes a second or two.'),
    close: plainText('Cancel'),
  };
  const [opened, view] = await Promise.all([
    openModal(workspace, shortcut.trigger_id, waiting),
    drawnFromMessage(workspace, shortcut),
  ]);
  if (opened === undefined) return;
  await drawOrSayWhy(workspace.app, TITLE, view, (drawn) => workspace.redraw(opened, drawn));
}

const TITLE = 'Share a near-miss';

async function drawnFromMessage(workspace: Workspace, shortcut: MessageShortcut): Promise<ModalView> {
  try {
    const { notes, choices, around } = await stepOneFromMessage(workspace, shortcut);
    workspace.app.addresses.keep(notes.id, shortcut.response_url);
    return stepOne(notes, choices, around);
  } catch (error) {
    return sayingModal(TITLE, noteTrouble(workspace.app, error));
  }
}

async function stepOneFromMessage(workspace: Workspace, shortcut: MessageShortcut) {
  const { storage } = workspace.app;
  const { identity, people, conversations, client } = workspace;
  const { botId } = identity;
  const personId = shortcut.user.id;
  const message = shortcut.message as SlackMessage & { thread_ts?: string };
  const rootTs = message.thread_ts ?? shortcut.message_ts;
  const time = AbortSignal.timeout(workspace.app.readThreadMs);
  const [around, hasShared, place, thread] = await Promise.all([
    aroundOf(workspace, shortcut.channel.id),
    storage.nearMisses.hasShared(identity.teamId, personId),
    Promise.race([askPlace(workspace, shortcut.channel, true), whenOver(time)]),
    readThread(
      client,
      {
        channelId: shortcut.channel.id,
        message: { ts: shortcut.message_ts, ...message },
        rootTs,
        askingId: personId,
      },
      { botId, known: people.known, everybody: people.everybody },
      time,
    ),
  ]);
  const notes: StepOneNotes = {
    id: workspace.app.newId(),
    place: place ?? asPlace(conversations.known(shortcut.channel), true),
    threadTs: rootTs,
    thread: threadNote(thread, people.known(personId)?.tz, workspace.app.now()),
    firstTime: !hasShared,
  };
  return { notes, choices: defaultChoices(notes.place, thread.facts.firstLine), around };
}
