import type {
  AllMiddlewareArgs,
  BlockAction,
  GlobalShortcut,
  MessageShortcut,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { format, tz } from '../date-fns.ts';
import { shorten } from '../domain/shorten.ts';
import { LONGEST_ANSWER } from '../domain/topics.ts';
import type { Place } from '../domain/who-can-see.ts';
import type { Message } from './card.ts';
import { type Command, help, readCommand } from './commands.ts';
import { asPlace, type NamedConversation } from './conversations.ts';
import { listMine, show } from './looking.ts';
import { sayingModal, waitingModal } from './near-miss-view.ts';
import { askToPublishNow, previewNow } from './previewing.ts';
import {
  type Choices,
  defaultChoices,
  readChoices,
  readNotes,
  type StepOneNotes,
  stepOne,
  type ThreadNote,
} from './step-one.ts';
import { openDigestSettings, openSettings } from './stewarding.ts';
import { aroundOf, type Surroundings, withFreshPlace } from './surroundings.ts';
import { readThread, type SlackMessage, whenOver } from './thread.ts';
import { drawOrSayWhy, noteTrouble } from './trouble.ts';

type Opening = {
  triggerId: string;
  personId: string;
  conversation?: NamedConversation;
  summary?: string;
  responseUrl?: string;
};

/** `/nearmiss`, with or without words. */
export function onCommand(app: Surroundings) {
  return async ({ command, ack, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const read = readCommand(command.text);
    if (read.kind === 'share') {
      return openStepOne(app, {
        triggerId: command.trigger_id,
        personId: command.user_id,
        conversation: { id: command.channel_id, name: command.channel_name },
        summary: shorten(read.text, LONGEST_ANSWER),
        responseUrl: command.response_url,
      });
    }
    const answer = await answerTo(app, read, command);
    if (answer !== undefined) await respond({ response_type: 'ephemeral', ...answer });
  };
}

/** What is said to the asker alone; undefined where a modal is the answer. */
async function answerTo(
  app: Surroundings,
  asked: Exclude<Command, { kind: 'share' }>,
  command: SlackCommandMiddlewareArgs['command'],
): Promise<Message | undefined> {
  const personId = command.user_id;
  switch (asked.kind) {
    case 'help':
      return helpFor(app, personId);
    case 'show':
      return show(app, asked.number, personId);
    case 'list_mine':
      return listMine(app, personId, 'mine');
    case 'list_drafts':
      return listMine(app, personId, 'drafts');
    case 'settings':
      await openSettings(app, command);
      return undefined;
    case 'digest_settings':
      await openDigestSettings(app, command);
      return undefined;
    case 'digest_preview':
      return previewNow(app, personId);
    case 'digest_now':
      return askToPublishNow(app, command);
  }
}

async function helpFor({ storage, identity, people }: Surroundings, personId: string): Promise<Message> {
  const { stewards } = await storage.workspaces.settings(identity.teamId);
  const names = [...(await people.names(stewards)).values()];
  return help({
    stewards: names,
    isSteward: stewards.includes(personId),
    mayChooseThem: stewards.length === 0 && people.known(personId)?.isAdmin === true,
  });
}

/** The global shortcut: nowhere in particular. */
export function onGlobalShortcut(app: Surroundings) {
  return async ({ shortcut, ack }: SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs) => {
    await ack();
    await openStepOne(app, { triggerId: shortcut.trigger_id, personId: shortcut.user.id });
  };
}

/** The button on App Home. */
export function onShareFromHome(app: Surroundings) {
  return async ({ body, ack }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
    await openStepOne(app, { triggerId: body.trigger_id, personId: body.user.id });
  };
}

/** Opens step 1 at once with what is known, and asks Slack about the conversation only afterwards. */
async function openStepOne(
  app: Surroundings,
  { triggerId, personId, conversation, summary, responseUrl }: Opening,
) {
  const { identity, storage, conversations, addresses, client } = app;
  const [around, hasShared] = await Promise.all([
    aroundOf(app, conversation?.id),
    storage.nearMisses.hasShared(identity.teamId, personId),
  ]);
  const notes: StepOneNotes = {
    id: app.newId(),
    place: conversation && { ...conversations.known(conversation), inThread: false },
    firstTime: !hasShared,
  };
  if (responseUrl !== undefined) addresses.keep(notes.id, responseUrl);
  const choices = defaultChoices(notes.place, summary);
  const { view } = await client.views.open({ trigger_id: triggerId, view: stepOne(notes, choices, around) });
  if (conversation === undefined || view?.id === undefined || view.hash === undefined) return;
  const place = await askPlace(app, conversation, false);
  if (place === undefined || isSame(place, notes.place)) return;
  const better = stepOne({ ...notes, place }, defaultChoices(place, summary), around);
  try {
    await app.redraw({ id: view.id, hash: view.hash, onlyIfUntouched: true }, better);
  } catch (error) {
    // What stands there works: Save applies the rules to it, whatever the screen showed.
    app.log.warn({ error }, 'step 1 was not drawn again with what Slack said of the place');
  }
}

async function askPlace(
  app: Surroundings,
  conversation: NamedConversation,
  inThread: boolean,
): Promise<Place | undefined> {
  const facts = await app.conversations.ask(conversation);
  return facts && asPlace(facts, inThread);
}

function isSame(one: Place, other: Place | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

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
    place: place ?? { ...conversations.known(shortcut.channel), inThread: true },
    threadTs: rootTs,
    thread: threadNote(thread, people.known(personId)?.tz),
    firstTime: !hasShared,
  };
  return { notes, choices: defaultChoices(notes.place, thread.facts.firstLine), around };
}

function threadNote(
  { reading, facts }: Awaited<ReturnType<typeof readThread>>,
  said: string | undefined,
): ThreadNote {
  const zone = said !== undefined && isZone(said) ? said : undefined;
  return {
    reading,
    messages: facts.messages,
    people: facts.people,
    started:
      format(facts.startedAt, 'EEEE d MMMM, HH:mm', { in: tz(zone ?? 'UTC') }) +
      (zone === undefined ? ' UTC' : ''),
    participants: facts.participants,
    alert: facts.alert,
  };
}

/** Slack's zones are mostly those the calendar knows. */
function isZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A choice changed: the consequence is said anew, and nothing typed is lost. */
export function onChoice(app: Surroundings) {
  return async ({ body, ack }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
    if (body.view === undefined) return;
    const notes = withFreshPlace(app, readNotes(body.view));
    const choices = choicesIn(notes.place, readNotes(body.view).place, readChoices(body.view, true));
    const around = await aroundOf(app, notes.place?.id);
    const view = stepOne({ ...notes, card: choices.card }, choices, around);
    await app.redraw(body.view, view);
  };
}

/** Who may read it, and a card, are chosen anew where the place turns out to be of another kind. */
function choicesIn(place: Place | undefined, taken: Place | undefined, choices: Choices): Choices {
  if (place?.kind === taken?.kind && place?.sharedOutside === taken?.sharedOutside) return choices;
  const { audience, card } = defaultChoices(place);
  return { ...choices, audience, card };
}
