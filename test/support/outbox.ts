import { expect } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import type { Fault, Trouble } from '../../sandbox/wire/call-faults.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';
import { shareInAHurry } from './capture.ts';
import { type OnAFile, rows, stored } from './database.ts';

/** What Slack does now and then. */
export const PASSING: [string, Trouble][] = [
  ['is limited', { kind: 'rate_limit', retryAfter: 1 }],
  ['fails with 500 before it did anything', { kind: 'http', status: 500 }],
  ['fails with 503 after it did it', { kind: 'http', status: 503, when: 'after' }],
  ['says internal_error', { kind: 'error', error: 'internal_error' }],
  ['is cut off before', { kind: 'drop', when: 'before' }],
  ['is cut off after', { kind: 'drop', when: 'after' }],
];

/** The first words of the app's messages in a channel, as somebody there sees them. */
export function cards({ workspace }: BotOnTheWire, channel = 'payments-ops'): string[] {
  const ours = workspace
    .person('jon')
    .messages(channel)
    .filter(({ bot_id: bot }) => bot !== undefined);
  return ours.map(({ text }) => text);
}

/** What one person was told, here and there. */
export function toldTo({ workspace }: BotOnTheWire, who: string): string[] {
  const person = workspace.person(who);
  return [...person.ephemerals(), ...person.dm()].map((message) => JSON.stringify(message));
}

/** Everything that was on its way has arrived, or is given up. */
export async function settled(bot: OnAFile): Promise<void> {
  const underWay = () =>
    rows(bot, "select kind from outbox where state in ('pending', 'sending', 'unsure', 'let_go')");
  await expect.poll(underWay, { timeout: 20_000 }).toEqual([]);
}

export function workspaceFails({ workspace }: BotOnTheWire, method: string, trouble: Trouble) {
  return workspace.faults.on(method, trouble);
}

/** Slack takes no message in #payments-ops for now, until this is removed. */
export function limitOps({ workspace }: BotOnTheWire): Fault {
  return workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 1 },
    {
      times: Number.POSITIVE_INFINITY,
      matching: ({ channel }) => channel === workspace.channel('payments-ops').id,
    },
  );
}

/** Withdraws it, without a word to the outbox that sends. */
export async function withdrawUnheard(bot: BotOnTheWire, number = 1): Promise<void> {
  const { storage, near } = await stored(bot, number);
  await storage.nearMisses.withdraw({ teamId: near.teamId, id: near.id, now: bot.now() });
}

/** Slack takes the card of NM-1 without a word, nobody can look for it, and its reporter is asked. */
export async function askedAboutCard(bot: BotOnTheWire): Promise<Message> {
  const maria = bot.workspace.person('maria');
  workspaceFails(bot, 'chat.postMessage', { kind: 'drop', when: 'after' });
  workspaceFails(bot, 'conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  return bot.workspace.until(() => maria.dm().find((each) => JSON.stringify(each).includes('it_is_there')));
}
