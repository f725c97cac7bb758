import type { Adoption, Digest } from '../../src/domain/digest/digest.ts';
import { EMPTY_TELLING, type NearMiss, type Telling } from '../../src/domain/near-miss.ts';
import type { Message } from '../../src/slack/platform/message.ts';
import { wordsOf } from './doing.ts';

export const names = new Map([
  ['U_MARIA', 'Maria Lopez'],
  ['U_TOM', 'Tom Weber'],
]);

export function nearMiss(changes: Partial<NearMiss> & { answers?: Telling['answers'] } = {}): NearMiss {
  const { answers = {}, ...others } = changes;
  return {
    id: 'a-near-miss',
    teamId: 'T1',
    number: 12,
    tier: 'named',
    audience: 'everyone',
    reporterId: 'U_MARIA',
    stewardsThen: [],
    capturedAt: Date.UTC(2025, 9, 14, 20, 40),
    summary:
      "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
    system: 'Invoices',
    told: { ...EMPTY_TELLING, answers },
    added: [],
    ...others,
  };
}

const practice = 'Before a large send, open ten items by hand and compare one number you know.';

export const invoices = nearMiss({
  told: {
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'The person who can stop the send is in the same channel' },
      { text: 'the send was planned for 10:00, not overnight', kind: 'luck' },
    ],
    signal: { kind: 'routine_check', noticed: "the total looked low next to last month's." },
    keyPlayers: [
      { personId: 'U_JON', madePossible: 'Someone who can stop the send' },
      { personId: 'U_TOM', madePossible: 'Someone who knows the tax table.' },
    ],
    answers: {
      closeness: 'One hour later, 400 customers would have had a wrong invoice.',
      expected: 'A green job means right invoices.',
      instead: 'The job was green. It checks that the invoices exist, not that they are right.',
      protecting: 'Customers, and the colleagues who answer their calls.',
      practice,
    },
  },
});

export const phones = nearMiss({
  id: 'another',
  number: 13,
  system: 'Phones',
  summary: 'The main number was dead at night and back before opening.',
  capturedAt: Date.UTC(2025, 9, 16, 6, 0),
  answers: { practice: 'Keep one phone line on a second supplier\nfor the first hour of the day.' },
});

export const plain = nearMiss({
  id: 'a-third',
  number: 14,
  system: undefined,
  summary: 'Two reports differed.',
});

export function digestOf(stories: NearMiss[], borrowed: Adoption[] = []): Digest {
  return { from: Date.UTC(2025, 9, 13), to: Date.UTC(2025, 9, 19), zone: 'Europe/London', stories, borrowed };
}

/** As people read it, the notification above it. */
export function read({ text, blocks }: Message): string {
  return `[${text}]\n${wordsOf({ blocks: blocks as never })}`;
}
