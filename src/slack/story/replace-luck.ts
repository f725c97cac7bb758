import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Telling } from '../../domain/near-miss.ts';
import { withText } from '../../domain/story/answers.ts';
import { QUESTIONS } from '../../domain/story/questions.ts';
import { plainText, textInput } from '../platform/blocks.ts';
import { SUBJECT } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';

export const REPLACE_LUCK = 'replace_luck';

/** Luck held, and luck runs out. Asked right after somebody said that it was luck. */
export function replaceLuck(id: string): ModalView {
  return {
    type: 'modal',
    callback_id: REPLACE_LUCK,
    title: plainText('What went right'),
    submit: plainText('Add to the story'),
    close: plainText('Skip'),
    private_metadata: SUBJECT.write({ id }),
    blocks: [textInput('replace_luck', QUESTIONS.replace_luck)],
  };
}

/** What was sent, on top of the person's earlier telling. */
export function readReplaceLuck(view: Pick<ViewOutput, 'state'>, before: Telling): Telling {
  return withText('replace_luck', entered(view).text('replace_luck'), before);
}

/** Was luck among what held, with nothing said yet about what could replace it? */
export function asksAboutLuck({ saves, answers }: Telling): boolean {
  return saves.some(({ kind }) => kind === 'luck') && answers.replace_luck === undefined;
}
