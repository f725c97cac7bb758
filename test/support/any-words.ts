import * as fc from 'fast-check';
import { keepsReporter } from '../../src/domain/access/gate.ts';
import type { Place } from '../../src/domain/access/place.ts';
import type { Steward } from '../../src/domain/access/who-can-see.ts';
import { systemName } from '../../src/domain/capture/system-name.ts';
import { type Answers, type NearMiss, type Telling } from '../../src/domain/near-miss.ts';
import { SAVE_KINDS, SIGNAL_KINDS } from '../../src/domain/story/choices.ts';
import { ANSWER_IDS } from '../../src/domain/story/questions.ts';
import { saysSomething } from '../../src/domain/text/says-something.ts';
import { shorten } from '../../src/domain/text/shorten.ts';

/** In every text people are said to have written here, so that a test can find it again wherever it ends up. */
export const SENTINEL = 'S3NT1NEL';

/** What people write to break things, and what they write without meaning to. */
export const NASTY = [
  '🦺'.repeat(3000),
  '&'.repeat(3000),
  '<'.repeat(3000),
  '"'.repeat(3000),
  '\\'.repeat(3000),
  'مرحبا بالعالم '.repeat(250),
  `e${'\u0301'.repeat(2999)}`,
  'Z͑ͫ̓ͪ'.repeat(600),
  '👩‍👩‍👧‍👦'.repeat(270),
  '\n'.repeat(3000),
  'a\n'.repeat(1500),
  '\u0000\u0007\u001B\u009F'.repeat(700),
  `\u202E\u2066 turned around`,
  'x'.repeat(3000),
  `<!channel> <!here|x> <@U1> <#C1|ops> <https://evil.test|click> @channel`,
  '*bold* _italic_ ~struck~ `code` ```block``` > quote :tada:',
  `"quotes" 'single' &amp; &lt;!channel&gt; {braces} %s $1`,
];

const everyday = fc.constantFrom(
  "The invoices had last year's tax rate.",
  'Luck: the send was planned for 10:00',
  'We open ten by hand.\nThen we compare.',
  'ok',
);

const written = fc
  .tuple(fc.oneof(fc.constantFrom(...NASTY), everyday, fc.string({ unit: 'grapheme' })), fc.boolean())
  .map(([text, marked]) => (marked ? `${SENTINEL} ${text}` : text));

/** As it may be stored: trimmed, saying something, and not bounded by what Slack's boxes take. */
export const storedWords = written.map((text) => text.trim()).filter(saysSomething);

/** As somebody may type it into a box: at most 3,000, or whatever a test says. */
export const typedWords = written.map((text) => text.slice(0, 3000).toWellFormed());

/** Names are other people's words too: of people, workspaces, channels and apps, at the longest Slack takes. */
export const names = storedWords.map((text) => shorten(text.replaceAll(/[\r\n]/g, ' '), 80));

const systems = fc.option(
  written.map((text) => systemName(text)),
  { nil: undefined },
);

const words = fc.option(storedWords, { nil: undefined, freq: 2 });
const oneLine = storedWords.map((text) => text.replaceAll(/[\r\n]+/g, ' '));

const telling = (saves: number): fc.Arbitrary<Telling> =>
  fc.record({
    saves: fc.array(
      fc.record({ text: oneLine, kind: fc.option(fc.constantFrom(...SAVE_KINDS), { nil: undefined }) }),
      { maxLength: saves },
    ),
    signal: fc.record({
      kind: fc.option(fc.constantFrom(...SIGNAL_KINDS), { nil: undefined }),
      noticed: words,
      where: words,
      tellsApart: words,
    }),
    keyPlayers: fc
      .uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 10 })
      .chain((people) =>
        fc.tuple(
          ...people.map((person) => words.map((madePossible) => ({ personId: `U${person}`, madePossible }))),
        ),
      ),
    answers: fc
      .tuple(...ANSWER_IDS.map(() => words))
      .map(
        (texts) =>
          Object.fromEntries(
            ANSWER_IDS.map((id, at) => [id, texts[at]] as const).filter(([, text]) => text !== undefined),
          ) as Answers,
      ),
  });

/** Any near-miss the app could hold: up to a hundred things that went right, and fifty who added to it. */
export const nearMisses: fc.Arbitrary<NearMiss> = fc
  .record({
    number: fc.option(fc.integer({ min: 1, max: 999_999_999 }), { nil: undefined }),
    tier: fc.constantFrom('named', 'confidential', 'unattributed'),
    audience: fc.constantFrom('everyone', 'channel'),
    channelName: names,
    kind: fc.constantFrom('public', 'private', 'direct'),
    summary: storedWords,
    system: systems,
    reached: fc.constantFrom(undefined, 'no', 'briefly', 'not_sure'),
    withdrawnAt: fc.option(fc.constant(1), { nil: undefined, freq: 9 }),
    inThread: fc.boolean(),
    told: telling(100),
    added: fc.oneof(
      { weight: 4, arbitrary: fc.array(telling(3), { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(telling(5), { minLength: 50, maxLength: 50 }) },
    ),
  } as const)
  .map(({ channelName, kind, inThread, added, ...rest }) => ({
    ...rest,
    id: '1a8a1d0e-5f5a-4a4b-9c0f-2f6d2b1f0c11',
    teamId: 'T1',
    stewardsThen: [],
    capturedAt: 1,
    toldAt: 2,
    conversation: { id: 'C1', name: channelName, kind },
    card: { channelId: 'C1', ...(inThread && { threadTs: '1.2' }) },
    added: added.map((each, at) => ({ ...each, authorId: `U_ADDED_${at}` })),
    ...(keepsReporter(rest.tier) && { reporterId: 'U_REPORTER' }),
  }));

/** Names for everybody a near-miss may have to name. */
export const namesById = names.map((name) => {
  const people = ['U_REPORTER', ...Array.from({ length: 50 }, (_, at) => `U_ADDED_${at}`)];
  return new Map(people.map((person) => [person, name]));
});

export const places: fc.Arbitrary<Place> = fc.record({
  id: fc.constant('C0123456789'),
  name: names,
  kind: fc.constantFrom('public', 'private', 'direct'),
  membersKnown: fc.constantFrom(true, false, undefined),
  canPost: fc.boolean(),
  sharedOutside: fc.boolean(),
  outside: fc.constantFrom(undefined, 'pending' as const, 'unsaid' as const),
  inThread: fc.boolean(),
});

export const stewardLists: fc.Arbitrary<Steward[]> = fc.array(
  fc.record({ id: fc.uuid(), name: names, inConversation: fc.boolean() }),
  { maxLength: 50 },
);

/** A near-miss with this one text everywhere people can write: the fullest of its kind. */
export function fullOf(text: string): NearMiss {
  const saves = Array.from({ length: 100 }, () => ({ text, kind: 'luck' as const }));
  const full: Telling = {
    saves,
    signal: { kind: 'other', noticed: text, where: text, tellsApart: text },
    keyPlayers: Array.from({ length: 10 }, (_, at) => ({ personId: `U${at}`, madePossible: text })),
    answers: Object.fromEntries(ANSWER_IDS.map((id) => [id, text])),
  };
  return {
    id: '1a8a1d0e-5f5a-4a4b-9c0f-2f6d2b1f0c11',
    teamId: 'T1',
    number: 999_999_999,
    tier: 'named',
    audience: 'channel',
    reporterId: 'U_REPORTER',
    stewardsThen: [],
    conversation: { id: 'C1', name: shorten(text, 80), kind: 'public' },
    card: { channelId: 'C1' },
    capturedAt: 1,
    toldAt: 2,
    summary: text,
    system: systemName(text),
    reached: 'no',
    told: full,
    added: Array.from({ length: 50 }, (_, at) => ({ ...full, authorId: `U_ADDED_${at}` })),
  };
}
