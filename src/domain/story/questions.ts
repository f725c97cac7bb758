/*
 * The catalogue of questions. Whoever adds one adds it to QUESTIONS, to the topic that asks it in *Tell more*, to
 * the page of step 2 that asks it if one does, and to the part of a story that shows its answer.
 */

type Question = {
  label: string;
  hint?: string;
  placeholder?: string;
  /** What it is answered with. */
  asked: 'text' | 'lines' | 'choice' | 'people';
  /** Where a telling keeps the answer; whether it reached anyone belongs to the near-miss. */
  kept:
    | 'answers'
    | 'saves'
    | 'key_players'
    | 'near_miss'
    | { signal: 'kind' | 'noticed' | 'where' | 'tellsApart' };
  /** Asked where people are kept, only where they are not, or once somebody said that it was luck. */
  onlyIf?: 'with_people' | 'without_people' | 'luck_was_told';
  /** Stands before the answer in a story: without its question it says something else. */
  lead?: string;
  /** Too much for a digest: left to the whole story. */
  onlyWhole?: true;
  /** In one line it opens what is said after it: "A routine check: the total looked low". */
  opens?: true;
};

export const QUESTIONS = {
  saves: {
    label: 'What had to go right for this to stay a near-miss?',
    hint: 'One thing per line. Small things count, and so does luck.',
    placeholder: 'We open ten invoices by hand before every run',
    asked: 'lines',
    kept: 'saves',
  },
  closeness: {
    label: 'How close was it?',
    hint: 'If one thing had gone differently, what would have reached people?',
    placeholder: 'One hour later, 400 customers would have had a wrong invoice',
    asked: 'text',
    kept: 'answers',
  },
  practice: {
    label: 'What could another team borrow from this?',
    hint: 'One sentence they could act on this week. It leads the digest.',
    placeholder: 'Before a large send, open ten items by hand and compare one number you know',
    asked: 'text',
    kept: 'answers',
  },
  replace_luck: {
    label: 'What could replace the luck?',
    asked: 'text',
    kept: 'answers',
    onlyIf: 'luck_was_told',
  },
  signal_kind: {
    label: 'How was it noticed?',
    placeholder: 'Choose the closest',
    asked: 'choice',
    kept: { signal: 'kind' },
    opens: true,
  },
  noticed: {
    label: 'What was the first thing that made someone look?',
    hint: 'What did they see or hear, and where?',
    placeholder: "The total looked low next to last month's",
    asked: 'text',
    kept: { signal: 'noticed' },
  },
  where: {
    label: 'Where did you see it, and what did it say?',
    asked: 'text',
    kept: { signal: 'where' },
    lead: 'Where, and what it said',
    onlyWhole: true,
  },
  tells_apart: {
    label: 'How could you tell broken from slow, and running from right?',
    asked: 'text',
    kept: { signal: 'tellsApart' },
    lead: 'How we could tell broken from slow, and running from right',
    onlyWhole: true,
  },
  expected: {
    label: 'What did you expect to happen?',
    asked: 'text',
    kept: 'answers',
    lead: 'We expected',
  },
  instead: {
    label: 'What happened instead?',
    hint: 'What surprised you? "I don\'t know yet" is an answer.',
    asked: 'text',
    kept: 'answers',
  },
  understood: {
    label: 'What do you understand now about how this works, or came to be this way?',
    asked: 'text',
    kept: 'answers',
    lead: 'What we understand now',
  },
  key_players: {
    label: 'Who did it take?',
    hint: 'Include people outside the team: who approved, had access, knew the history.',
    placeholder: 'Choose people',
    asked: 'people',
    kept: 'key_players',
    onlyIf: 'with_people',
  },
  roles: {
    label: 'Who did it take?',
    hint: 'Describe roles, not people.',
    placeholder: 'Someone who can release outside the window',
    asked: 'text',
    kept: 'answers',
    onlyIf: 'without_people',
  },
  reaching: {
    label: 'How did you know to reach them?',
    asked: 'text',
    kept: 'answers',
    lead: 'How we knew to reach them',
    onlyWhole: true,
  },
  protecting: {
    label: 'Who were we protecting?',
    hint: 'Who would have felt it: customers, callers, colleagues, a partner?',
    asked: 'text',
    kept: 'answers',
  },
  needed: {
    label: 'What did they need from us, and by when?',
    asked: 'text',
    kept: 'answers',
    lead: 'What they needed, and by when',
    onlyWhole: true,
  },
  knowing: {
    label: 'How did we know, or could we know, that they were getting it?',
    asked: 'text',
    kept: 'answers',
    lead: 'How we could know that they were getting it',
    onlyWhole: true,
  },
  reached: {
    label: 'Did it reach anyone who relies on this?',
    hint: 'Customers, callers or colleagues. Any answer is fine here.',
    placeholder: 'Choose one',
    asked: 'choice',
    kept: 'near_miss',
  },
} as const satisfies Record<string, Question>;

export type QuestionId = keyof typeof QUESTIONS;

/** Questions whose answers are kept as they are, by id. */
export type AnswerId = {
  [Id in QuestionId]: (typeof QUESTIONS)[Id]['kept'] extends 'answers' ? Id : never;
}[QuestionId];

const QUESTION_IDS = Object.keys(QUESTIONS) as QuestionId[];

/** A question with all that may be true of one. */
export function question(id: QuestionId): Question {
  return QUESTIONS[id];
}

export const ANSWER_IDS = QUESTION_IDS.filter((id): id is AnswerId => question(id).kept === 'answers');

/** The five things a near-miss teaches, in the order of *Tell more*: the words on the button, and what is asked. */
export const TOPICS = {
  went_right: {
    button: 'What went right',
    about: 'what went right, what kind of help each was, what another team could borrow',
    asks: ['saves', 'closeness', 'practice', 'replace_luck'],
  },
  detection: {
    button: 'How it was noticed',
    about: 'where, what it said, could you tell broken from slow and running from right',
    asks: ['signal_kind', 'noticed', 'where', 'tells_apart'],
  },
  expectations: {
    button: 'What surprised us',
    about: 'what was expected, what happened, what is understood now',
    asks: ['expected', 'instead', 'understood'],
  },
  key_players: {
    button: 'Who it took',
    about: 'who, what each made possible, how you knew to reach them',
    asks: ['key_players', 'roles', 'reaching'],
  },
  users: {
    button: 'Who we were protecting',
    about: 'who, what they needed and by when, how we knew they were getting it',
    asks: ['protecting', 'needed', 'knowing'],
  },
} as const satisfies Record<string, { button: string; about: string; asks: QuestionId[] }>;

export type Topic = keyof typeof TOPICS;
export const TOPIC_IDS = Object.keys(TOPICS) as Topic[];

/** A page of step 2: its title, and what it asks in order. */
export type StepTwoPage = { title: string; asks: readonly QuestionId[] };

/** The pages of step 2. People stop half-way: what the card and the digest show first is asked first. */
export const STEP_TWO_PAGES: readonly StepTwoPage[] = [
  { title: 'What went right?', asks: ['saves', 'closeness', 'practice'] },
  { title: 'How was it noticed?', asks: ['signal_kind', 'noticed', 'expected', 'instead'] },
  { title: 'Who did it take?', asks: ['protecting', 'key_players', 'roles', 'reached'] },
];

/** What a story shows, part by part in the order it is read. */
export const STORY_PARTS: { title: string; shows: QuestionId[] }[] = [
  { title: 'What went right', shows: ['saves'] },
  { title: 'How close it was', shows: ['closeness'] },
  { title: 'What surprised us', shows: ['instead', 'expected', 'understood'] },
  { title: 'How it was noticed', shows: ['signal_kind', 'noticed', 'where', 'tells_apart'] },
  { title: 'Who it took', shows: ['key_players', 'roles', 'reaching'] },
  { title: 'Who we were protecting', shows: ['protecting', 'needed', 'knowing'] },
  { title: 'What could replace the luck', shows: ['replace_luck'] },
  { title: 'Worth borrowing', shows: ['practice'] },
];

/** Text boxes are at most this long, in UTF-16 units (Slack's `plain_text_input` limit). */
export const LONGEST_ANSWER = 3000;
