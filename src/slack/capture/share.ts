import type { Place } from '../../domain/access/place.ts';
import { aroundOf, withFreshPlace } from '../access/sharing-facts.ts';
import { asPlace, type NamedConversation } from '../platform/conversation-facts.ts';
import type { ActionArgs, GlobalShortcutArgs } from '../platform/listener.ts';
import { openModal } from '../platform/open-modal.ts';
import type { Workspace } from '../workspace.ts';
import {
  type Carried,
  type Choices,
  defaultChoices,
  readChoices,
  type StepOneNotes,
  stepOne,
} from './step-one.ts';

type Opening = {
  triggerId: string;
  personId: string;
  conversation?: NamedConversation;
  summary?: string;
  responseUrl?: string;
  /** The command the words are almost. */
  meant?: string | undefined;
};

/** The global shortcut: nowhere in particular. */
export async function onGlobalShortcut(workspace: Workspace, { shortcut, ack }: GlobalShortcutArgs) {
  await ack();
  await openStepOne(workspace, { triggerId: shortcut.trigger_id, personId: shortcut.user.id });
}

/** The button on App Home. */
export async function onShareFromHome(workspace: Workspace, { body, ack }: ActionArgs) {
  await ack();
  await openStepOne(workspace, { triggerId: body.trigger_id, personId: body.user.id });
}

/** Opens step 1 at once with what is known, and asks Slack about the conversation only afterwards. */
export async function openStepOne(
  workspace: Workspace,
  { triggerId, personId, conversation, summary, responseUrl, meant }: Opening,
) {
  const { storage, addresses } = workspace.app;
  const { identity, conversations } = workspace;
  const [around, hasShared] = await Promise.all([
    aroundOf(workspace, conversation?.id),
    storage.nearMisses.hasShared(identity.teamId, personId),
  ]);
  const notes: StepOneNotes = {
    id: workspace.app.newId(),
    place: conversation && asPlace(conversations.known(conversation), false),
    firstTime: !hasShared,
    meant,
  };
  if (responseUrl !== undefined) addresses.keep(notes.id, responseUrl);
  const choices = defaultChoices(notes.place, summary);
  const opened = await openModal(workspace, triggerId, stepOne(notes, choices, around));
  if (conversation === undefined || opened === undefined) return;
  const place = await askPlace(workspace, conversation, false);
  if (place === undefined || isSame(place, notes.place)) return;
  const better = stepOne({ ...notes, place }, defaultChoices(place, summary), around);
  try {
    await workspace.redraw({ ...opened, onlyIfUntouched: true }, better);
  } catch (error) {
    // What stands there works: Save applies the rules to it, whatever the screen showed.
    workspace.app.log.warn({ error }, 'step 1 was not drawn again with what Slack said of the place');
  }
}

/** What Slack says of the place by now; undefined where it does not say. */
export async function askPlace(
  workspace: Workspace,
  conversation: NamedConversation,
  inThread: boolean,
): Promise<Place | undefined> {
  const facts = await workspace.conversations.ask(conversation);
  return facts && asPlace(facts, inThread);
}

function isSame(one: Place, other: Place | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A choice changed: the consequence is said anew, and nothing typed is lost. */
export async function onChoice(workspace: Workspace, { body, ack }: ActionArgs, carried: Carried) {
  await ack();
  if (body.view === undefined) return;
  const notes = withFreshPlace(workspace, carried);
  const choices = choicesIn(notes.place, carried.place, readChoices(body.view, carried, true));
  const around = await aroundOf(workspace, notes.place?.id);
  const view = stepOne({ ...notes, card: choices.card }, choices, around);
  await workspace.redraw(body.view, view);
}

/** Who may read it, and a card, are chosen anew where the place turns out to be of another kind. */
function choicesIn(place: Place | undefined, taken: Place | undefined, choices: Choices): Choices {
  if (place?.kind === taken?.kind && place?.sharedOutside === taken?.sharedOutside) return choices;
  const { audience, card } = defaultChoices(place);
  return { ...choices, audience, card };
}
