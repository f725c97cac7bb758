import { listed } from '../../domain/text/names-in-words.ts';
import { escapeText, section } from '../platform/blocks.ts';
import { decodeText } from '../platform/incoming-text.ts';
import type { Message } from '../platform/message.ts';

/** What somebody typed after `/nearmiss`. A subcommand counts only in its whole form; everything else is shared. */
export type Command =
  /** `meant` is the command it is almost. */
  | { kind: 'share'; text: string; meant?: string }
  | { kind: 'help' }
  | { kind: 'show'; number: number }
  | { kind: 'list_mine' }
  | { kind: 'settings' }
  | { kind: 'digest_settings' }
  | { kind: 'digest_preview' }
  | { kind: 'digest_now' };

type Known = {
  form: RegExp;
  /** The first word of those that are almost this one. */
  almost?: string;
  read: (match: RegExpMatchArray) => Command;
  typed: string;
  does: string;
  /** Only they can use it, so only they are told of it. */
  forStewards?: true;
};

const SETTINGS = '/nearmiss settings';

/** The commands there are; help is generated from this table. */
const KNOWN: Known[] = [
  {
    form: /^show\s+(?:NM-)?(\d{1,9})$/i,
    almost: 'show',
    read: ([, number]) => ({ kind: 'show', number: Number(number) }),
    typed: '/nearmiss show NM-12',
    does: 'one near-miss',
  },
  {
    form: /^list\s+mine$/i,
    almost: 'list',
    read: () => ({ kind: 'list_mine' }),
    typed: '/nearmiss list mine',
    does: 'what you shared',
  },
  {
    form: /^settings$/i,
    read: () => ({ kind: 'settings' }),
    typed: SETTINGS,
    does: 'who looks after near-misses',
    forStewards: true,
  },
  {
    form: /^digest\s+settings$/i,
    read: () => ({ kind: 'digest_settings' }),
    typed: '/nearmiss digest settings',
    does: 'when and where the digest is posted',
    forStewards: true,
  },
  {
    form: /^digest\s+preview$/i,
    almost: 'digest',
    read: () => ({ kind: 'digest_preview' }),
    typed: '/nearmiss digest preview',
    does: 'the next digest, for the stewards to see first',
    forStewards: true,
  },
  {
    form: /^digest\s+now$/i,
    read: () => ({ kind: 'digest_now' }),
    typed: '/nearmiss digest now',
    does: 'publish the digest today',
    forStewards: true,
  },
  { form: /^help$/i, read: () => ({ kind: 'help' }), typed: '/nearmiss help', does: 'this page' },
];

/** @param text what Slack sends after the command's name, still encoded. */
export function readCommand(text: string): Command {
  const words = decodeText(text).trim();
  for (const { form, read } of KNOWN) {
    const match = words.match(form);
    if (match !== null) return read(match);
  }
  const meant = almostKnown(words);
  return { kind: 'share', text: words, ...(meant !== undefined && { meant }) };
}

/** More words than this are a near-miss that happens to begin like a command. */
const MOST_WORDS_OF_A_COMMAND = 3;

function almostKnown(words: string): string | undefined {
  const [first = '', ...others] = words.toLowerCase().split(/\s+/u);
  if (others.length >= MOST_WORDS_OF_A_COMMAND) return undefined;
  return KNOWN.find(({ almost }) => almost === first)?.typed;
}

/** `/nearmiss help`. `stewards` are the names of those who look after near-misses. */
export function help({
  stewards,
  isSteward,
  mayChooseThem = false,
}: {
  stewards: string[];
  isSteward: boolean;
  /** An admin, while there are no stewards. */
  mayChooseThem?: boolean;
}): Message {
  const listing = (known: Known[]) => known.map(({ typed, does }) => `• \`${typed}\` ${does}`).join('\n');
  const theirs = KNOWN.filter(
    ({ forStewards, typed }) => forStewards && (isSteward || (mayChooseThem && typed === SETTINGS)),
  );
  const after =
    stewards.length === 0 ? [] : [`Looked after by ${escapeText(listed(stewards))}. Ask them anything.`];
  const parts = [
    '*Near-misses: things that nearly went wrong and did not*\nAn invoice error seen before sending. Phones down at night and back before opening. There is a lot to learn from how it stayed a near-miss. You do not have to be sure that it counts.',
    "*Share one*, in under a minute\n• In a thread: open the menu of a message (on a phone, hold it) and choose *Share a near-miss*\n• Anywhere else: `/nearmiss` or `/nearmiss the export had last month's rates`\nYou choose who may read it and who may see that it was you, before you save.",
    `*Look*\n${listing(KNOWN.filter(({ forStewards }) => !forStewards))}`,
    ...(theirs.length === 0 ? [] : [`*For ${isSteward ? 'stewards' : 'admins'}*\n${listing(theirs)}`]),
    ['In a thread use the message menu; commands may not run there.', ...after].join('\n'),
  ];
  return { text: parts.join('\n').replaceAll(/[*`]/g, ''), blocks: parts.map(section) };
}
