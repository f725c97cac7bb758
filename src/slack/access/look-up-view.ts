import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { dayInWords } from '../../calendar.ts';
import type { Look } from '../../domain/access/looks.ts';
import { actions, button, plainText, textInput, typed } from '../platform/blocks.ts';
import type { Names } from '../platform/people.ts';
import { metadata } from '../platform/view-metadata.ts';

/** The button under *Who can see this*, and the modal behind it. */
export const LOOK_UP = 'look_up_name';
export const LOOK_UP_TITLE = 'See who shared it?';

const lookSubject = z.strictObject({ id: z.string(), lookId: z.string() });

/** The near-miss, and the look that is written down once, however often it is sent. */
export type LookSubject = z.infer<typeof lookSubject>;
export const LOOK_SUBJECT = metadata(lookSubject);

/** The line that is typed. */
export const LOOK_UP_LINE = 'why';
const LONGEST_LINE = 300;
/** Slack takes a hundred blocks in a modal. */
const MOST_SHOWN = 20;

/** Asks why, before a name is shown. */
export function lookUpView(subject: LookSubject): ModalView {
  return {
    type: 'modal',
    callback_id: LOOK_UP,
    title: plainText(LOOK_UP_TITLE),
    submit: plainText('See the name'),
    close: plainText('Cancel'),
    private_metadata: LOOK_SUBJECT.write(subject),
    blocks: [
      textInput(
        LOOK_UP_LINE,
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
  return { [LOOK_UP_LINE]: words };
}

/** Who looked and when, and `why` to whoever knows the name or may: a line may give it away. Or that nobody did. */
export function looksShown(
  looks: Look[],
  names: Names,
  { zone, now, why }: { zone: string; now: number; why: boolean },
): KnownBlock[] {
  if (looks.length === 0) return [typed('Nobody has looked.')];
  const words = (look: Look) =>
    why ? lookWords(look, names, { zone, now }) : `${lookedOn(look, names, { zone, now })}.`;
  return looks.slice(0, MOST_SHOWN).map((look) => typed(words(look)));
}

/** "Amira Haddad looked on Tuesday 14 October: to ask about the supplier" */
export function lookWords(look: Look, names: Names, when: { zone: string; now: number }): string {
  return `${lookedOn(look, names, when)}: ${look.line}`;
}

function lookedOn(
  { stewardId, at }: Look,
  names: Names,
  { zone, now }: { zone: string; now: number },
): string {
  return `${names.get(stewardId) ?? 'A steward'} looked on ${dayInWords(at, zone, now)}`;
}
