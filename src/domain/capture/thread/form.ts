import { wordsIn } from './clean-text.ts';
import { lineOf, type Part, saidIn, type ThreadMessage } from './message.ts';

type Answer = { label: string; text: string; mentions: string[] };

const WHO =
  /\b(?:from|by|who|reporter|requester|requestor|requested|submitted|submitter|asker|raised|reported|name|person|caller|contact|opened|created|sender|user|von|gemeldet|par|demandeur|por|door)\b/i;
const HANDLED_BY =
  /\b(?:assign\w*|owner|approver|approved|on[ -]call|responder|handled|manager|cc|notify|watch\w*)\b/i;
/** Labels of what is wrong; of two, the first that is asked. */
const SHORT =
  /\b(?:summary|title|subject|short description|in one (?:line|sentence)|headline|betreff|objet|asunto|onderwerp)\b/i;
const WHAT =
  /\b(?:what(?:['’]s| is| are)? (?:happen\w*|wrong|going|the (?:issue|problem)|broken|do you need|not working|the matter)|what (?:happened|went|did|do you see|can we|would|should)|problem|issue|descri\w+|details?|request|question|concern|incident|happened|message|symptoms?|beschreib\w+|problème|descripción|omschrijving|anliegen|how can we help|help)\b/i;
const NOT_WHAT =
  /\b(?:urgen\w*|priorit\w*|severity|impact|where|location|when|date|time|team|department|system|app(?:lication)?|service|site|office|email|phone|link|url|screenshot|ticket|type|category|steps|expected|tried|status|id|number|account|device|browser|version|environment|customer|client|since|how (?:many|often|long)|attach\w*)\b/i;

const ASKED_FOR =
  'request|ticket|enquiry|inquiry|submission|intake|form|question|case|anfrage|demande|solicitud|incidencia';
const REPORTED = `${ASKED_FOR}|issue|task|bug|story|report|sub-?task|incident report`;
const DONE_BY = 'opened|created|submitted|raised|filed|reported|received|logged|sent|asked';
/** How what somebody opened is announced: "New request", "a bug was created by". */
const OPENED = RegExp(
  `\\b(?:${ASKED_FOR})\\b.{0,60}\\b(?:${DONE_BY}|from|by|von|de|par)\\b|\\b(?:${REPORTED})\\b.{0,60}\\b(?:by|from)\\b|\\b(?:${DONE_BY}|hat)\\b(?: an?| the| new)* (?:[\\p{L}-]+ ){0,2}(?:${REPORTED})\\b|^\\W*(?:new |it |support |incoming |help |service |access |safety )*(?:${ASKED_FOR}|report)\\b(?!\\w* (?:rate|count|time|lat|volume|fail|error|queue))|\\bform (?:submission|response)|^\\W*new (?:row|entry|response|lead|message|conversation|review|complaint|feedback)\\b`,
  'iu',
);

const OPENED_WITH_KEY = RegExp(
  `\\b(?:${DONE_BY})\\b(?: an?| the| new)*(?: [\\p{L}-]+){0,3}? (?:[A-Z][A-Z\\d]{1,9}-\\d+|#\\d+)[\\s:–—-]+(.+)$`,
  'u',
);

/** Is it what somebody filled in or asked for, posted by an app? */
export function isForm({ parts, aside = '' }: Pick<ThreadMessage, 'parts' | 'aside'>): boolean {
  const answers = answersOf(parts);
  const labels = new Set(answers.map(({ label }) => label));
  if (labels.size > 1 && [...labels].some((label) => /[?？]$/.test(label))) return true;
  if (askerOf({ parts }) !== undefined && (answers.length > 0 || OPENED.test(headOf(parts)))) return true;
  return (
    OPENED.test(headOf(parts)) ||
    OPENED_WITH_KEY.test(parts[0]?.text ?? '') ||
    (answers.length === 0 && OPENED.test(aside))
  );
}

/** Its beginning, which says what it is. */
function headOf(parts: Part[]): string {
  const [first, second] = parts.filter(({ label }) => label === undefined).map(({ text }) => text);
  return `${first ?? ''}\n${second !== undefined && second.length < 60 ? second : ''}`;
}

/** What was answered, by label; where labels are written as headings, a heading is one. */
function answersOf(parts: Part[]): Answer[] {
  const headings = parts.filter(({ isHeading }) => isHeading).length;
  let heading: string | undefined;
  const answers: Answer[] = [];
  for (const part of parts) {
    const { text, label, isHeading, isSmall, mentions = [] } = part;
    if (isHeading) heading = headings > 1 ? text : undefined;
    const [, plainLabel, plainText] = /^([\p{L}][^:?？]{0,40}[?？]?)\s*[:：]\s+(.+)$/u.exec(text) ?? [];
    if (isHeading || isSmall) continue;
    if (label !== undefined) answers.push({ label, text, mentions });
    else if (plainLabel !== undefined && plainText !== undefined)
      answers.push({ label: plainLabel, text: plainText, mentions });
    else if (heading !== undefined) answers.push({ label: heading, text, mentions });
  }
  return answers;
}

/**
 * The words to offer of a form: what was answered to the question that asks what is wrong, or else the longest
 * answer, or the title of what was opened.
 */
export function answerOf(message: Pick<ThreadMessage, 'parts'>): string {
  const answers = answersOf(message.parts).filter(({ text }) => wordsIn(text.replaceAll(/@\S+/g, '')) > 1);
  const asking = [
    (label: string) =>
      WHAT.test(label) && !NOT_WHAT.test(label) && !SHORT.test(label) && /[?？]$/.test(label),
    (label: string) => SHORT.test(label),
    (label: string) => WHAT.test(label) && !NOT_WHAT.test(label),
    (label: string) => WHAT.test(label),
  ];
  for (const asks of asking) {
    const found =
      answers.find(({ label, mentions }) => asks(label) && mentions.length === 0) ??
      answers.find(({ label }) => asks(label));
    if (found !== undefined) return found.text;
  }
  return (
    titleInHead(message) ??
    titleAfterHead(message) ??
    longest(answers.filter(({ label }) => !NOT_WHAT.test(label) && !WHO.test(label))) ??
    ''
  );
}

/** "Somebody created OPS-7 The line is dead": what stands after the number. */
function titleInHead({ parts }: Pick<ThreadMessage, 'parts'>): string | undefined {
  const head = parts[0]?.text ?? '';
  const [, opened = '', after = ''] = /^([^:：]{3,60})[:：]\s+(.+)$/u.exec(head) ?? [];
  const title =
    OPENED_WITH_KEY.exec(head)?.[1] ??
    (OPENED.test(opened) || (parts[0]?.mentions !== undefined && /@/.test(opened) && WHO.test(opened))
      ? after.replace(/^["“](.+)["”]$/u, '$1')
      : '');
  return wordsIn(title) > 1 ? title : undefined;
}

/** Where no label asks what is wrong: the first line that is neither the head nor an answer. */
function titleAfterHead(message: Pick<ThreadMessage, 'parts'>): string | undefined {
  const free = saidIn(message).filter(({ label }) => label === undefined);
  return free.find(
    ({ text, mentions }) =>
      mentions === undefined && !OPENED.test(text) && !/^[\p{L} ]{1,30}:\s/u.test(text) && wordsIn(text) > 2,
  )?.text;
}

function longest(answers: Answer[]): string | undefined {
  return answers.toSorted((one, other) => other.text.length - one.text.length)[0]?.text;
}

/** Of several it mentions, whoever stands before what was done, or after "from" and "by". */
function whoDid({ text, mentions = [] }: Part): string | undefined {
  const pieces = text.split('@');
  const at = mentions.findIndex(
    (_, place) => BEFORE_WHO.test(pieces[place] ?? '') || WHO_DID.test(pieces[place + 1] ?? ''),
  );
  return mentions[Math.max(at, 0)];
}

const BEFORE_WHO = /\b(?:from|by|von|par|de|por|door)\s*[:*]*\s*$/i;
const WHO_DID = RegExp(`^[^@]*\\b(?:${DONE_BY}|hat)\\b`, 'iu');

/** Who filled it in: whom it names as its asker, or the first it names who is not to handle it. */
export function askerOf({ parts }: Pick<ThreadMessage, 'parts'>): string | undefined {
  const labelled = answersOf(parts).filter(
    ({ mentions, label }) => mentions.length > 0 && WHO.test(label) && !HANDLED_BY.test(label),
  );
  const naming = parts.filter(
    ({ mentions, ...part }) => mentions !== undefined && !HANDLED_BY.test(lineOf(part)),
  );
  const said = naming.find(({ label, text }) => label === undefined && (WHO.test(text) || OPENED.test(text)));
  return labelled[0]?.mentions[0] ?? (said && whoDid(said));
}
