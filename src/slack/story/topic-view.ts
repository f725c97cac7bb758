import type { ViewOutput } from '@slack/bolt';
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { keepsReporter, mayChange } from '../../domain/access/gate.ts';
import { channelWords } from '../../domain/access/place.ts';
import { type NearMiss, type Telling, tellingBy } from '../../domain/near-miss.ts';
import { isSaveKind, SAVE_KIND_WORDS } from '../../domain/story/choices.ts';
import { TOPIC_IDS, TOPICS, type Topic } from '../../domain/story/questions.ts';
import { fit, option, plainText, selectInput, typed } from '../platform/blocks.ts';
import type { Names } from '../platform/people.ts';
import { metadata } from '../platform/view-metadata.ts';
import { type Entered, entered } from '../platform/view-values.ts';
import { questionInputs, readAnswers } from './question-inputs.ts';
import { wholeStory } from './whole-story.ts';

export const TOPIC = 'tell_topic';

const topicSubject = z.strictObject({
  id: z.string(),
  topic: z.enum(TOPIC_IDS),
  staysInChannel: z.boolean().optional(),
});

/** Which near-miss and topic a modal is about, and what was promised when it was opened. */
export type TopicSubject = z.infer<typeof topicSubject>;
export const TOPIC_SUBJECT = metadata(topicSubject);

/** Of how many things that went right it is asked what kind of help each was. */
const MOST_KINDS = 20;

const ADDED_UNDER_YOUR_NAME = "Your words are added under your name. They do not replace anyone's.";
const CARRIES_YOUR_NAME = 'What you add here carries your name.';

/** The questions of one topic, with the person's own words in them; others see the story above. */
export function topicView(nearMiss: NearMiss, topic: Topic, viewerId: string, names: Names): ModalView {
  const own = mayChange(viewerId, nearMiss);
  return {
    type: 'modal',
    callback_id: TOPIC,
    title: plainText(TOPICS[topic].button, 24),
    submit: plainText('Add to the story', 24),
    close: plainText('Back'),
    private_metadata: TOPIC_SUBJECT.write(subjectOf(nearMiss, topic)),
    blocks: [
      ...(own ? [] : othersIntroduction(nearMiss, viewerId, names)),
      ...questions(topic, nearMiss, tellingBy(nearMiss, viewerId), own),
    ],
  };
}

/** What a topic carries along: also that it was asked while only a channel could read it. */
function subjectOf({ id, audience }: NearMiss, topic: Topic): TopicSubject {
  return { id, topic, ...(audience === 'channel' && { staysInChannel: true }) };
}

function othersIntroduction(nearMiss: NearMiss, viewerId: string, names: Names): KnownBlock[] {
  const carries = keepsReporter(nearMiss.tier) ? [] : [CARRIES_YOUR_NAME];
  return [
    wholeStory(nearMiss, names),
    typed([ADDED_UNDER_YOUR_NAME, ...carries, ...stays(nearMiss, viewerId)].join(' ')),
  ];
}

/** To whoever added words for a channel to what everyone may read by now. */
function stays({ audience, added, conversation }: NearMiss, viewerId: string): string[] {
  const own = added.find(({ authorId }) => authorId === viewerId);
  if (audience !== 'everyone' || own?.staysInChannel !== true) return [];
  const place = conversation?.name ? channelWords(conversation) : 'the conversation it came from';
  return [
    `What you add here stays in ${place}, like what you added before. For everyone to read your words, remove them and add them again.`,
  ];
}

/** Where nobody is to know who was there, roles are asked for, and of others who added too. */
function questions(topic: Topic, nearMiss: NearMiss, telling: Telling, own: boolean): InputBlock[] {
  const people = keepsReporter(nearMiss.tier) && own;
  const inputs = questionInputs(TOPICS[topic].asks, { people, telling });
  return inputs.flatMap((input) => (input.block_id === 'saves' ? [input, ...kindInputs(telling)] : [input]));
}

function kindInputs({ saves }: Telling): InputBlock[] {
  return saves.slice(0, MOST_KINDS).map(({ text, kind }, at) => kindInput(at, text, kind));
}

const kindBlock = (at: number) => `kind_${at}`;

function kindInput(at: number, text: string, kind: string | undefined): InputBlock {
  const options = Object.entries(SAVE_KIND_WORDS).map(([value, words]) => option(value, words));
  return selectInput(
    kindBlock(at),
    { label: 'What kind of help was it?', hint: fit(text, 200) },
    options,
    kind,
  );
}

/** What was sent about a topic, on top of the person's earlier telling. */
export function readTopic(topic: Topic, view: Pick<ViewOutput, 'state'>, before: Telling): Telling {
  const values = entered(view);
  const told = readAnswers(TOPICS[topic].asks, values, before);
  return topic === 'went_right' ? { ...told, saves: withKinds(told.saves, values, before) } : told;
}

function withKinds(lines: Telling['saves'], values: Entered, before: Telling): Telling['saves'] {
  const asked = before.saves.slice(0, MOST_KINDS).map(({ text }) => text);
  return lines.map(({ text, kind: earlier }, place) => {
    // A line that was reworded in its place is still the one whose kind was asked.
    const inPlace = lines.every((line) => line.text !== asked[place]) ? place : -1;
    const at = asked.includes(text) ? asked.indexOf(text) : inPlace;
    const kind = asked[at] === undefined ? earlier : values.chosen(kindBlock(at));
    return { text, kind: kind !== undefined && isSaveKind(kind) ? kind : undefined };
  });
}
