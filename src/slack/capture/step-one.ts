import type { ViewOutput } from '@slack/bolt';
import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { mayPostCardNow, whoCanLookUp } from '../../domain/access/gate.ts';
import { cardPlaceWords, type Place } from '../../domain/access/place.ts';
import { type Sharing, type Steward, whoCanSee, whoCanSeeInShort } from '../../domain/access/who-can-see.ts';
import { tierFor } from '../../domain/capture/capture.ts';
import type { Audience, Tier } from '../../domain/near-miss.ts';
import { asNamed, namedStewards } from '../access/named-stewards.ts';
import type { Around } from '../access/sharing-facts.ts';
import { audienceOptions, tierOptions } from '../access/who-can-see-options.ts';
import { context, formattedContext, option, plainText, textInput, typed } from '../platform/blocks.ts';
import { metadata } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { readSystem, systemInput } from './system-input.ts';
import { summaryHint, threadLine, threadNoteSchema } from './thread-note.ts';

/** True, false, or not said: JSON leaves it out then. */
const said = z
  .boolean()
  .optional()
  .transform((known) => known);

const placeSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['public', 'private', 'direct']),
  membersKnown: said,
  canPost: said,
  takesNoPosts: z.literal(true).optional(),
  sharedOutside: z.boolean(),
  outside: z.enum(['pending', 'unsaid']).optional(),
  inThread: z.boolean(),
}) satisfies z.ZodType<Place>;

const stepOneNotes = z.strictObject({
  /** The near-miss's id and only idempotency key, made when the modal opened. */
  id: z.string(),
  place: placeSchema.optional(),
  threadTs: z.string().optional(),
  thread: threadNoteSchema.optional(),
  /** Whether a card is wanted, for when it is asked again after another choice took the question away. */
  card: z.boolean().optional(),
  firstTime: z.boolean(),
  /** The command the words are almost. */
  meant: z.string().optional(),
  /** The stewards the screen named: nobody else is to look up a name that is shared by it. */
  stewards: namedStewards,
});

/** Everything step 1 carries from one screen to the next. */
export type Carried = z.infer<typeof stepOneNotes>;
/** The same but for whom the screen names, which is known when it is drawn. */
export type StepOneNotes = Omit<Carried, 'stewards'>;
export const STEP_ONE_NOTES = metadata(stepOneNotes);

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
  const named = whoCanLookUp(sharing.audience, around.stewards);
  return {
    type: 'modal',
    callback_id: STEP_ONE,
    title: plainText('Share a near-miss'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: STEP_ONE_NOTES.write({ ...notes, stewards: asNamed(named) }),
    blocks: [
      ...(notes.meant === undefined ? [] : [formattedContext(didYouMean(notes.meant))]),
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
      ...(asksTier(choices, notes.place) ? [tierInput(tier, around.stewards, choices.audience)] : []),
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

const didYouMean = (command: string) =>
  `Did you mean \`${command}\`? Close this and type it. Otherwise this is saved as a near-miss.`;

const FIRST_TIME =
  'Something nearly went wrong and did not. There is a lot to learn from that, and from what went right. This is for learning, not for blame. You do not have to be sure that it counts.';

/** Where the other person would know anyway, who shared it is not asked. */
function asksTier({ audience }: Choices, place: Place | undefined): boolean {
  return tierFor('unattributed', audience, place) === 'unattributed';
}

function asksCard(tier: Tier, place: Place | undefined): place is Place {
  return place?.canPost === true && mayPostCardNow(tier);
}

function tierInput(tier: Tier, stewards: Steward[], audience: Audience): InputBlock {
  const options = tierOptions(stewards, { tier, audience });
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

/**
 * What was typed and chosen so far, or submitted. A question that was not on the screen has its default, but
 * a card nobody was asked about: `unasked` says whether to take it as wanted.
 */
export function readChoices(
  view: Pick<ViewOutput, 'state'>,
  { place, card: wanted }: StepOneNotes,
  unasked: boolean,
): Choices {
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
