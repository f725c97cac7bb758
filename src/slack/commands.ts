import { section } from './blocks.ts';
import type { Message } from './card.ts';
import { decodeText } from './incoming-text.ts';

/** What somebody typed after `/nearmiss`. A subcommand counts only in its whole form; everything else is shared. */
export type Command =
  | { kind: 'share'; text: string }
  | { kind: 'help' }
  | { kind: 'show'; number: number }
  | { kind: 'list_mine' }
  | { kind: 'list_drafts' };

type Known = { form: RegExp; read: (match: RegExpMatchArray) => Command; typed: string; does: string };

/** The commands there are; help is generated from this table. */
const KNOWN: Known[] = [
  {
    form: /^show\s+(?:NM-)?(\d{1,9})$/i,
    read: ([, number]) => ({ kind: 'show', number: Number(number) }),
    typed: '/nearmiss show NM-12',
    does: 'one near-miss',
  },
  {
    form: /^list\s+mine$/i,
    read: () => ({ kind: 'list_mine' }),
    typed: '/nearmiss list mine',
    does: 'what you shared',
  },
  {
    form: /^list\s+drafts$/i,
    read: () => ({ kind: 'list_drafts' }),
    typed: '/nearmiss list drafts',
    does: 'what you started and did not finish',
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
  return { kind: 'share', text: words };
}

/** `/nearmiss help` (`copy.md` §9). */
export function help(): Message {
  const look = KNOWN.map(({ typed, does }) => `• \`${typed}\` ${does}`).join('\n');
  const parts = [
    '*Near-misses: things that nearly went wrong and did not*\nAn invoice error seen before sending. Phones down at night and back before opening. There is a lot to learn from how it stayed a near-miss. You do not have to be sure that it counts.',
    "*Share one*, in under a minute\n• In a thread: open the menu of a message (on a phone, hold it) and choose *Share a near-miss*\n• Anywhere else: `/nearmiss` or `/nearmiss the export had last month's rates`\nYou choose who may read it and who may see that it was you, before you save.",
    `*Look*\n${look}`,
    'In a thread use the message menu; commands may not run there.',
  ];
  return { text: parts.join('\n').replaceAll(/[*`]/g, ''), blocks: parts.map(section) };
}
