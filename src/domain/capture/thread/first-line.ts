import { alertWords } from './alert.ts';
import { askedAbout } from './asking.ts';
import { wordsIn } from './clean-text.ts';
import { answerOf } from './form.ts';
import type { ThreadMessage } from './message.ts';
import { hasName } from './names.ts';
import type { Opening } from './opening.ts';
import { offered, type Sentence, sentencesOf } from './sentences.ts';
import { cannotStandAlone, saysWhatIsWrong, saysWhatWasDone } from './what-is-wrong.ts';

type Marked = (text: string) => string;

/** A first line, whose message it is from, and whether that is a monitor's. */
export type Line = { text: string; of: ThreadMessage; isAlert?: true };

/**
 * The line to offer: what was answered in a form; after an alert what somebody says is wrong, or the alert; and
 * otherwise what whoever opened the thread said. Nothing where nobody says anything that could stand for a story.
 * @param marked puts marks for names.
 */
export function firstLine(
  messages: ThreadMessage[],
  { alert, form, over }: Opening,
  marked: Marked,
): Line | undefined {
  const answer = alert === undefined && form !== undefined ? answered(form, marked) : undefined;
  if (answer !== undefined) return answer;
  const said = firstSaid(messages, marked);
  const told = (alert ?? over) ? toldAfter(said) : toldFirst(said, messages[0]?.bot === undefined);
  if (told !== undefined) return { text: offered(told.text), of: told.of };
  const monitor = alert ?? over;
  return monitor && { text: offered(marked(alertWords(monitor))), of: monitor, isAlert: true };
}

/** How many messages of people are looked at: what a thread is about stands at its beginning. */
const LOOKED_AT = 12;

function firstSaid(messages: ThreadMessage[], marked: Marked): Sentence[][] {
  const byPeople = messages.filter(({ personId }) => personId !== undefined);
  return byPeople.slice(0, LOOKED_AT).map((message) => sentencesOf(message, marked));
}

/** The first sentence of what was answered in a form. */
function answered(form: ThreadMessage, marked: Marked): Line | undefined {
  const text = answerOf(form);
  if (text === '') return undefined;
  const sentences = sentencesOf({ ...form, parts: [{ text }] }, marked);
  const told = toldFirst([sentences]) ?? sentences[0];
  return { text: offered(told?.text ?? marked(text)), of: form };
}

/** Is it a sentence of its own: three words, or two that say what is wrong? */
function isReal({ text, isQuestion }: Sentence): boolean {
  const words = wordsIn(text);
  return (
    !isQuestion &&
    (words > 2 || (words === 2 && saysWhatIsWrong(text) && !/^(?:not|no|so|too|very)\s/i.test(text)))
  );
}

/** Fewer words say less than the title of an alert does. */
const FEWEST_TO_TELL = 4;

/** A sentence that can stand for a story: it says what is wrong, by itself, and names nobody. */
function tells(sentence: Sentence): boolean {
  const { text } = sentence;
  return (
    isReal(sentence) &&
    text.split(' ').length >= FEWEST_TO_TELL &&
    saysWhatIsWrong(text) &&
    !saysWhatWasDone(text) &&
    !cannotStandAlone(text) &&
    !hasName(text)
  );
}

/** How many messages of people may still say what is wrong, and are not about what was done by then. */
const FIRST_FEW = 3;

/** After an alert: what one of the first people said is wrong. */
function toldAfter(said: Sentence[][]): Sentence | undefined {
  return said.slice(0, FIRST_FEW).flat().find(tells);
}

/**
 * What whoever spoke first said: a whole sentence of theirs, or what they asked about, or what one of the next
 * says is wrong; and what was done only where nothing else is said.
 * @param opens whether the thread begins with them, and not with what a bot said.
 */
function toldFirst(said: Sentence[][], opens = true): Sentence | undefined {
  const worded = said.filter((each) => each.length > 0);
  const openerId = worded[0]?.[0]?.of.personId;
  const isOwn = (sentences: Sentence[]) => sentences[0]?.of.personId === openerId;
  const own = worded.filter(isOwn).slice(0, FIRST_FEW).flat();
  const real = own.filter(isReal).filter(({ text }) => !saysWhatWasDone(text));
  const first = real.find(({ text }) => !cannotStandAlone(text)) ?? real[0];
  return (
    (first && real.find((one) => tells(one) && isBetterThan(first, one))) ??
    first ??
    own.flatMap(asStatement)[0] ??
    toldAfter(worded.filter((each) => !isOwn(each))) ??
    own.find(({ text, isQuestion }) => opens && !isQuestion && wordsIn(text) > 1)
  );
}

/** What says what is wrong is better than what led to it in the same message, or a title in one before. */
function isBetterThan(first: Sentence, one: Sentence): boolean {
  return !saysWhatIsWrong(first.text) && (one.of === first.of || wordsIn(first.text) < 5);
}

function asStatement(sentence: Sentence): Sentence[] {
  const text = sentence.isQuestion ? askedAbout(sentence.text) : undefined;
  return text === undefined ? [] : [{ ...sentence, text, isQuestion: false }];
}
