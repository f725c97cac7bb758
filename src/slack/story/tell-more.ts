import type { KnownBlock, ModalView } from '@slack/types';
import type { NearMiss } from '../../domain/near-miss.ts';
import { answered } from '../../domain/story/answers.ts';
import { TOPIC_IDS, TOPICS, type Topic } from '../../domain/story/questions.ts';
import { button, plainText, section } from '../platform/blocks.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';
import { openAbout } from './open-about.ts';
import { removeOwnWords } from './own-words.ts';

const TELL_MORE = 'tell_more';
export const TOPIC_ACTION = 'tell_about';

/** What to tell more about: one row and button per question, and how much is told already. What somebody added they can take back. */
export function tellMore(nearMiss: NearMiss, viewerId: string): ModalView {
  return {
    type: 'modal',
    callback_id: TELL_MORE,
    title: plainText('Tell more'),
    close: plainText('Close'),
    blocks: [...TOPIC_IDS.map((topic) => topicRow(nearMiss, topic)), ...removeOwnWords(nearMiss, viewerId)],
  };
}

function topicRow(nearMiss: NearMiss, topic: Topic): KnownBlock {
  const { button: words, about } = TOPICS[topic];
  return {
    ...section(`*${words}*: ${about}\n${answered(topic, nearMiss)} answered`),
    block_id: topic,
    accessory: button(TOPIC_ACTION, words, `${topic}:${nearMiss.id}`),
  };
}

/** *Tell more*: the list of what can be told. */
export async function onTellMore(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openAbout(workspace, body, { id: action.value ?? '', title: 'Tell more', draw: tellMore });
}

/** Topic and near-miss of a button in that list. */
export function readTopicButton(value: string | undefined): { topic: Topic; id: string } | undefined {
  const [topic, id] = (value ?? '').split(':');
  const known = TOPIC_IDS.find((candidate) => candidate === topic);
  return known === undefined || id === undefined ? undefined : { topic: known, id };
}
