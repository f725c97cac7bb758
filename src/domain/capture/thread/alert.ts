import { cleanedTitle } from './alert-title.ts';
import {
  capitalised,
  sentencesIn,
  tidied,
  withoutAddresses,
  withoutCommitIds,
  withoutEmoji,
  wordsIn,
} from './clean-text.ts';
import type { Part, ThreadMessage } from './message.ts';
import { SEEING, withoutOpenings } from './openings.ts';

const TITLES =
  /^(?:alert ?name|rulename|alert|title|alarm(?: name)?|monitor(?: name)?|rule(?: name)?|check(?: name)?|problem(?: name)?|name|condition(?: name)?|incident|issue|event|subject)$/i;
/** Labels of what an alert says in a sentence, the best first. */
/** A second title, where the first is the name of a rule. */
const SECOND_TITLE = /^(?:alert|title|problem|event|rulename)$/i;
const SUMMARIES = [
  /^summary$/i,
  SECOND_TITLE,
  /^(?:description|details?|beschreibung)$/i,
  /^(?:message|reason|cause|info|error|alarm description|what happened|what|output|annotations?)$/i,
];
/** What stands where a title could and is none. */
const EMPTY_TITLE =
  /^(?:\d+ )?(?:(?:new |an? |the |active |critical |high |medium |low |prometheus |grafana )*(?:priority )?(?:alerts?|alarms?|incidents?|notifications?|issues?|errors?|problems?|events?|monitors?|exceptions?)(?: (?:firing|triggered|opened|created|notification|detected|list|summary|fired|received))?(?: (?:in|from|on|for) \S+)*|firing|triggered|alerting|critical|warning|error|(?:aws |amazon )?cloudwatch(?: alarm)?|grafana|prometheus|alertmanager|datadog|sentry|pagerduty|opsgenie|status|attention|urgent|production|staging|details?|labels?|annotations?)[\s:!.]*$/i;

type Said = { label?: string | undefined; text: string };

/** A line that is `label: value` or `label = value` in plain text. */
const PLAIN_LABEL = /^[-•*\s]*([\p{L}][\p{L}\d _/-]{0,28}?)\s*(?:[:：]\s+|\s=\s)(.+)$/u;

function saidBy(part: Part): Said {
  if (part.label !== undefined || part.isHeading) return part;
  const [, label, value] = PLAIN_LABEL.exec(part.text) ?? [];
  if (label === undefined || value === undefined) return part;
  if (!part.text.includes(' = ') && (isState(label) || !isLabel(label))) return part;
  return { label, text: value };
}

/** Labels of what a monitor knows besides. */
const FACTS =
  /^(?:host|service|severity|status|state|priority|time|date|env(?:ironment)?|region|account|instance|cluster|namespace|job|pod|node|source|team|tags?|value|url|link|runbook|dashboard|policy|project|project id|release|level|entity|component|resource|owner|assigned(?: to)?|urgency|threshold|metric|query|labels?|grafana_folder|routed teams|monitor status|location|device|id|.*\bid|.*\bat|.*\bby)$/i;

/** A few words before a colon are a label only if they are a known one: "Backup failed on nas-1: no space left". */
function isLabel(label: string): boolean {
  return TITLES.test(label) || FACTS.test(label) || SUMMARIES.some((wanted) => wanted.test(label));
}

/** `DOWN: …`, `Triggered: …` say how it is, and are cleaned away with the title. */
function isState(label: string): boolean {
  return (
    cleanedTitle(`${label}: a b`).startsWith('A b') ||
    /^(?:down|offline|up|ok)$/i.test(label) ||
    /(?:Error|Exception)$/.test(label)
  );
}

/** What an alert says: its title in words, and its summary where that says more. Empty where it has no words. */
export function alertWords({ parts }: Pick<ThreadMessage, 'parts'>): string {
  const shown = parts.filter(({ isSmall }) => !isSmall);
  const said = shown.filter(({ isCode }) => !isCode).map(saidBy);
  const title = titleOf(shown, said);
  // An error names itself, and says in code what it is; below stands only where in the program.
  if (/^[\w.]*(?:Error|Exception)\b:/.test(title)) return title;
  const code = /(?:Error|Exception)$/.test(title) ? codeOf(shown) : undefined;
  return joined(title, code ?? summaryOf(said, title));
}

function titleOf(shown: Part[], said: Said[]): string {
  const labelled = said.find(({ label }) => label !== undefined && TITLES.test(label));
  const headings = shown.filter(({ isHeading }) => isHeading);
  const lines = said.filter(({ label }) => label === undefined);
  const firstSaid = labelled !== undefined && said.indexOf(labelled) === 0 ? [labelled] : [];
  const candidates = [
    ...firstSaid,
    ...headings,
    ...lines.slice(0, 1),
    ...(labelled ? [labelled] : []),
    ...lines.slice(1),
    ...said,
  ];
  for (const { text } of candidates) {
    const title = cleanedTitle(text);
    if (title !== '' && !EMPTY_TITLE.test(title)) return title;
  }
  return '';
}

function summaryOf(said: Said[], title: string): string | undefined {
  for (const wanted of SUMMARIES) {
    const found = said.find(
      ({ label, text }) => label !== undefined && wanted.test(label) && sentenceIn(text, 2) !== undefined,
    );
    if (found !== undefined && cleanedTitle(found.text) !== title)
      return sentenceIn(wanted === SECOND_TITLE ? cleanedTitle(found.text) : found.text, 2);
  }
  const free = said.filter(
    ({ label, text }) =>
      label === undefined && cleanedTitle(text) !== title && !EMPTY_TITLE.test(cleanedTitle(text)),
  );
  return free.map(({ text }) => sentenceIn(text)).find((sentence) => sentence !== undefined);
}

function codeOf(parts: Part[]): string | undefined {
  return parts.find(({ isCode }) => isCode)?.text;
}

/**
 * The first sentence of a text, unless it is made for machines, or for those who are to act.
 * @param least so many words it has; fewer do where a label says what they are.
 */
function sentenceIn(text: string, least = 3): string | undefined {
  const clean = tidied(
    withoutCommitIds(withoutAddresses(withoutEmoji(text.replaceAll(/(?:^|\s)@[\w.-]+/g, ' ')))),
  );
  if (
    /\d:\d\d:\d\d|\d{4}[-.]\d{2}[-.]\d{2}|[{}\\]|var=|\w+=\S+,|\b\w+='|^(?:value|labels?|annotations?|source|silence|dashboard|panel|runbook|view|click|see|open|more (?:info|detail)|metric|tags|threshold crossed|monitor (?:status|evaluated)|query|assigned|down|up|since|notified|created|started|(?:original )?(?:problem|event|incident|alert)|last (?:seen|triggered)|triggered|acknowledge)\b/i.test(
      clean,
    )
  )
    return undefined;
  const [first] = sentencesIn(clean).filter(
    (segment) => wordsIn(segment) >= least && (/\S\s+\S/.test(segment) || !/\p{Script=Latin}/u.test(segment)),
  );
  return first && capitalised(withoutOpenings(first, SEEING));
}

/** A summary that says all the title does stands alone; one that says nothing more is left out. */
function joined(title: string, summary: string | undefined): string {
  if (summary === undefined || summary === '') return title;
  if (title === '') return summary;
  const inTitle = wordSet(title);
  const inSummary = wordSet(summary);
  if (isWithin(inSummary, inTitle)) return title;
  if (isWithin(inTitle, inSummary)) return summary;
  return `${title.replace(/[.:]$/, '')}: ${summary}`;
}

const isWithin = (words: Set<string>, others: Set<string>) => [...words].every((word) => others.has(word));

function wordSet(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\d]+/gu));
}
