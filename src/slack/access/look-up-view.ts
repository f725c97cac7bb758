import type { KnownBlock, ModalView } from '@slack/types';
import { dayInWords } from '../../calendar.ts';
import type { Look } from '../../domain/access/looks.ts';
import { actions, button, plainText, textInput, typed } from '../platform/blocks.ts';
import type { Names } from '../platform/people.ts';
import { SUBJECT } from '../platform/view-metadata.ts';

/** The button under *Who can see this*, and the modal behind it. */
export const LOOK_UP = 'look_up_name';
export const LOOK_UP_TITLE = 'See who shared it?';

const LINE = 'why';
const LONGEST_LINE = 300;
/** Slack takes a hundred blocks in a modal. */
const MOST_SHOWN = 20;

/** Asks why, before a name is shown. */
export function lookUpView(id: string): ModalView {
  return {
    type: 'modal',
    callback_id: LOOK_UP,
    title: plainText(LOOK_UP_TITLE),
    submit: plainText('See the name'),
    close: plainText('Cancel'),
    private_metadata: SUBJECT.write({ id }),
    blocks: [
      textInput(
        LINE,
        {
          label: 'Why do you need to know?',
          hint: 'The person who shared it reads this line, with your name and the day.',
        },
        { required: true, focus: true, max: LONGEST_LINE },
      ),
    ],
  };
}

export function lookUpButton(id: string): KnownBlock {
  return actions(button(LOOK_UP, 'See who shared it', id));
}

/** Errors under the line. */
export function lineError(words: string): Record<string, string> {
  return { [LINE]: words };
}

/** The line that was typed. */
export const LOOK_UP_LINE = LINE;

/** Who looked, when and why; or that nobody did. */
export function looksShown(
  looks: Look[],
  names: Names,
  { zone, now }: { zone: string; now: number },
): KnownBlock[] {
  if (looks.length === 0) return [typed('Nobody has looked.')];
  return looks.slice(0, MOST_SHOWN).map((look) => typed(lookWords(look, names, { zone, now })));
}

/** "Amira Haddad looked on Tuesday 14 October: to ask about the supplier" */
export function lookWords(
  { stewardId, line, at }: Look,
  names: Names,
  { zone, now }: { zone: string; now: number },
): string {
  return `${names.get(stewardId) ?? 'A steward'} looked on ${dayInWords(at, zone, now)}: ${line}`;
}
