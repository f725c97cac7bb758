import {
  type NearMiss,
  SAVE_KINDS,
  type SaveKind,
  SIGNAL_KINDS,
  type SignalKind,
  type Telling,
} from '../near-miss.ts';
import { saysSomething } from '../text/says-something.ts';

/** The five things a near-miss teaches, in the order they are asked. */
export const TOPICS = ['went_right', 'detection', 'expectations', 'key_players', 'users'] as const;
export type Topic = (typeof TOPICS)[number];

/** What a topic is called on its button, and what it asks about. */
export const TOPIC_WORDS: Record<Topic, { button: string; asks: string }> = {
  went_right: {
    button: 'What went right',
    asks: 'what went right, what kind of help each was, what another team could borrow',
  },
  detection: {
    button: 'How it was noticed',
    asks: 'where, what it said, could you tell broken from slow and running from right',
  },
  expectations: {
    button: 'What surprised us',
    asks: 'what was expected, what happened, what is understood now',
  },
  key_players: { button: 'Who it took', asks: 'who, what each made possible, how you knew to reach them' },
  users: {
    button: 'Who we were protecting',
    asks: 'who, what they needed and by when, how we knew they were getting it',
  },
};

/** A question: its label, and a hint and an example where they help. */
export type Question = { label: string; hint?: string; placeholder?: string };

export const QUESTIONS = {
  saves: {
    label: 'What had to go right for this to stay a near-miss?',
    hint: 'One thing per line. Small things count, and so does luck.',
    placeholder: 'We open ten invoices by hand before every run',
  },
  closeness: {
    label: 'How close was it?',
    hint: 'If one thing had gone differently, what would have reached people?',
    placeholder: 'One hour later, 400 customers would have had a wrong invoice',
  },
  practice: {
    label: 'Which part could another team borrow?',
    hint: 'One sentence they could act on this week.',
  },
  replace_luck: { label: 'What could replace the luck?' },
  signal_kind: { label: 'How was it noticed?', placeholder: 'Choose the closest' },
  noticed: {
    label: 'What was the first thing that made someone look?',
    hint: 'What did they see or hear, and where?',
    placeholder: "The total looked low next to last month's",
  },
  where: { label: 'Where did you see it, and what did it say?' },
  tells_apart: { label: 'How could you tell broken from slow, and running from right?' },
  expected: { label: 'What did you expect to happen?' },
  instead: { label: 'What happened instead?', hint: 'What surprised you? "I don\'t know yet" is an answer.' },
  understood: { label: 'What do you understand now about how this works, or came to be this way?' },
  key_players: {
    label: 'Who did it take?',
    hint: 'Include people outside the team: who approved, had access, knew the history.',
    placeholder: 'Choose people',
  },
  roles: {
    label: 'Who did it take?',
    hint: 'Describe roles, not people.',
    placeholder: 'Someone who can release outside the window',
  },
  reaching: { label: 'How did you know to reach them?' },
  protecting: {
    label: 'Who were we protecting?',
    hint: 'Who would have felt it: customers, callers, colleagues, a partner?',
  },
  needed: { label: 'What did they need from us, and by when?' },
  knowing: { label: 'How did we know, or could we know, that they were getting it?' },
  reached: {
    label: 'Did it reach anyone who relies on this?',
    hint: 'Customers, callers or colleagues. Any answer is fine here.',
    placeholder: 'Choose one',
  },
} as const satisfies Record<string, Question>;

export const SIGNAL_KIND_WORDS: Record<SignalKind, string> = {
  alert: 'An alert or alarm',
  dashboard: 'A dashboard or report',
  customer: 'A customer or caller',
  colleague: 'A colleague',
  routine_check: 'A routine check',
  feeling: 'A feeling that something was off',
  chance: 'By chance',
  other: 'Something else',
};

export const SAVE_KIND_WORDS: Record<SaveKind, string> = {
  design: 'Built that way',
  skill: "Someone's skill",
  relationship: 'People who know each other',
  workaround: 'A workaround we had ready',
  luck: 'Luck',
};

export const REACHED_WORDS = { no: 'No', briefly: 'Briefly', not_sure: 'Not sure' } as const;

/** Text boxes are at most this long, in UTF-16 units (Slack's `plain_text_input` limit). */
export const LONGEST_ANSWER = 3000;

export function isSignalKind(value: string): value is SignalKind {
  return SIGNAL_KINDS.some((kind) => kind === value);
}

export function isSaveKind(value: string): value is SaveKind {
  return SAVE_KINDS.some((kind) => kind === value);
}

/** One save per line that says something. */
export function readSaves(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(saysSomething);
}

/** How many of a topic's questions a telling answers. */
function answeredIn(topic: Topic, { saves, signal, keyPlayers, answers }: Telling): number {
  const counted: Record<Topic, unknown[]> = {
    went_right: [saves[0], answers.closeness, answers.practice, answers.replace_luck],
    detection: [signal.kind, signal.noticed, signal.where, signal.tellsApart],
    expectations: [answers.expected, answers.instead, answers.understood],
    key_players: [keyPlayers[0], answers.roles, answers.reaching],
    users: [answers.protecting, answers.needed, answers.knowing],
  };
  return counted[topic].filter((answer) => answer !== undefined && answer !== '').length;
}

/** How many answers a near-miss has under a topic, everyone's together. */
export function answered(topic: Topic, { told, added }: Pick<NearMiss, 'told' | 'added'>): number {
  return [told, ...added].reduce((sum, telling) => sum + answeredIn(topic, telling), 0);
}
