import type { ViewOutput } from '@slack/bolt';
import type { InputBlock, ModalView } from '@slack/types';
import { tierFor } from '../domain/capture.ts';
import type { Audience, Tier } from '../domain/near-miss.ts';
import { cardPlaceWords, type Place } from '../domain/place.ts';
import { mayPostCardNow } from '../domain/reading.ts';
import { type Sharing, type Steward, whoCanSee, whoCanSeeInShort } from '../domain/who-can-see.ts';
import { context, option, plainText, textInput, typed } from './blocks.ts';
import { entered } from './state-values.ts';
import { readSystem, systemInput } from './system-input.ts';
import { summaryHint, type ThreadNote, threadLine } from './thread-note.ts';
import { audienceOptions, tierOptions } from './who-can-see-options.ts';

/** Everything step 1 carries from one screen to the next; Slack gives it back as it was. */
export type StepOneNotes = {
  /** The near-miss's id and only idempotency key, made when the modal opened. */
  id: string;
  place?: Place | undefined;
  threadTs?: string | undefined;
  thread?: ThreadNote | undefined;
  /** Whether a card is wanted, for when it is asked again after another choice took the question away. */
  card?: boolean | undefined;
  firstTime: boolean;
};

/** What the workspace is called, who looks after it, and when the next digest is. */
export type Around = {
  workspace: string;
  app: string;
  stewards: Steward[];
  digest?: { channel: string; next: string } | undefined;
};

export type Choices = {
  summary: string;
  system?: string | undefined;
  tier: Tier;
  audience: Audience;
  card: boolean;
};

export const STEP_ONE = 'share_step_one';
const CARD = 'card';
/** Changing any of them draws the modal again: a tick, too, decides who will see it. */
export const CHOICE_ACTIONS = ['tier', 'audience', CARD] as const;

const SUMMARY = 'summary';
const TIER = 'tier';

/** Another kind of conversation has other defaults, and Slack keeps what was chosen as long as the id is the same. */
const audienceBlock = (place: Place | undefined) => `audience_${place?.kind ?? 'none'}`;

/** The same for the card: ticked for a channel of one's own must not stay ticked once it turns out to be shared. */
const cardBlock = ({ kind, sharedOutside }: Pick<Place, 'kind' | 'sharedOutside'>) =>
  `${CARD}_${sharedOutside ? 'outside' : kind}`;

/** What is chosen before anybody touched anything: the safest that is useful where one is. */
export function defaultChoices(place: Place | undefined, summary = ''): Choices {
  return {
    summary,
    tier: 'named',
    audience: place === undefined || place.kind === 'public' ? 'everyone' : 'channel',
    card: place !== undefined && place.kind !== 'direct' && !place.sharedOutside,
  };
}

/** Step 1. It is drawn again when a choice changes: same ids, so nothing typed is lost. */
export function stepOne(notes: StepOneNotes, choices: Choices, around: Around): ModalView {
  const sharing = sharingOf(notes, choices, around);
  const { tier } = sharing;
  return {
    type: 'modal',
    callback_id: STEP_ONE,
    title: plainText('Share a near-miss'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify(notes),
    blocks: [
      ...(notes.firstTime ? [typed(FIRST_TIME)] : []),
      textInput(
        SUMMARY,
        {
          label: 'What nearly happened?',
          hint: summaryHint(notes.thread),
          placeholder: "The invoices had last year's tax rate. We saw it an hour before they went out.",
        },
        { value: choices.summary, required: true, focus: true },
      ),
      context(whoCanSeeInShort(sharing)),
      systemInput(choices.system),
      ...(asksTier(choices, notes.place) ? [tierInput(tier, around.stewards)] : []),
      ...(notes.place === undefined ? [] : [audienceInput(choices.audience, notes.place, around.workspace)]),
      ...(asksCard(tier, notes.place) ? [cardInput(choices.card, notes.place)] : []),
      ...threadLine(notes, tier, around.app),
      context(whoCanSee(sharing)),
    ],
  };
}

/** What is chosen, in the terms of the sentences. */
export function sharingOf({ place }: Pick<StepOneNotes, 'place'>, choices: Choices, around: Around): Sharing {
  const tier = tierFor(choices.tier, choices.audience, place);
  return { ...around, ...choices, tier, place };
}

const FIRST_TIME =
  'Something nearly went wrong and did not. There is a lot to learn from that, and from what went right. This is for learning, not for blame. You do not have to be sure that it counts.';

/** Where the other person would know anyway, who shared it is not asked. */
function asksTier({ audience }: Choices, place: Place | undefined): boolean {
  return tierFor('unattributed', audience, place) === 'unattributed';
}

function asksCard(tier: Tier, place: Place | undefined): place is Place {
  return place?.canPost === true && mayPostCardNow(tier);
}

function tierInput(tier: Tier, stewards: Steward[]): InputBlock {
  const options = tierOptions(stewards);
  return {
    type: 'input',
    block_id: TIER,
    dispatch_action: true,
    label: plainText('Who may see that it was you?'),
    element: {
      type: 'radio_buttons',
      action_id: TIER,
      options,
      initial_option: options.find(({ value }) => value === tier) ?? options[0],
    } as Extract<InputBlock['element'], { type: 'radio_buttons' }>,
  };
}

function audienceInput(audience: Audience, place: Place, workspace: string): InputBlock {
  const options = audienceOptions(place, workspace);
  return {
    type: 'input',
    block_id: audienceBlock(place),
    dispatch_action: true,
    label: plainText('Who may read it?'),
    element: {
      type: 'static_select',
      action_id: 'audience',
      options,
      initial_option: options.find(({ value }) => value === audience) ?? options[0],
    } as Extract<InputBlock['element'], { type: 'static_select' }>,
  };
}

function cardInput(wanted: boolean, place: Place): InputBlock {
  const offered = option('card', `In ${cardPlaceWords(place)}`);
  return {
    type: 'input',
    block_id: cardBlock(place),
    optional: true,
    dispatch_action: true,
    label: plainText('Post a short card'),
    element: {
      type: 'checkboxes',
      action_id: CARD,
      options: [offered],
      ...(wanted && { initial_options: [offered] }),
    },
  };
}

/** What the modal carried along. */
export function readNotes(view: Pick<ViewOutput, 'private_metadata'>): StepOneNotes {
  return JSON.parse(view.private_metadata) as StepOneNotes;
}

/**
 * What was typed and chosen so far, or submitted. A question that was not on the screen has its default, but
 * a card nobody was asked about: `unasked` says whether to take it as wanted.
 */
export function readChoices(view: Pick<ViewOutput, 'state' | 'private_metadata'>, unasked: boolean): Choices {
  const { place, card: wanted } = readNotes(view);
  const values = entered(view);
  const fallback = defaultChoices(place);
  const tier = values.chosen(TIER);
  const audience = values.chosen(audienceBlock(place));
  const card = place === undefined ? CARD : cardBlock(place);
  return {
    summary: values.text(SUMMARY) === undefined ? '' : values.raw(SUMMARY),
    system: readSystem(values),
    tier: tier === 'confidential' || tier === 'unattributed' ? tier : 'named',
    audience: audience === 'everyone' || audience === 'channel' ? audience : fallback.audience,
    card: values.has(card) ? values.ticked(card) : unasked && (wanted ?? fallback.card),
  };
}

/** Errors under the first box. */
export function summaryError(words: string): Record<string, string> {
  return { [SUMMARY]: words };
}
