import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import type { Fault, Trouble } from '../../sandbox/wire/call-faults.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { rows } from './doing.ts';
import type { Office } from './office.ts';

/** Shares from a channel and closes the modal after Save, as somebody in a hurry does. */
export async function share(
  { workspace }: Office,
  who: string,
  channel: string,
  words: string,
): Promise<void> {
  const person = workspace.person(who);
  await person.command(channel, `/nearmiss ${words}`);
  await workspace.until(() => person.view());
  expect(await person.submit()).toMatchObject({ acked: true, errors: {} });
  await person.close({ all: true });
}

/** The first words of the app's messages in a channel, as somebody there sees them. */
export function cards({ workspace }: Office, channel = 'payments-ops'): string[] {
  const ours = workspace
    .person('jon')
    .messages(channel)
    .filter(({ bot_id: bot }) => bot !== undefined);
  return ours.map(({ text }) => text);
}

/** What one person was told, here and there. */
export function toldTo({ workspace }: Office, who: string): string[] {
  const person = workspace.person(who);
  return [...person.ephemerals(), ...person.dm()].map((message) => JSON.stringify(message));
}

export async function settled(office: Office): Promise<void> {
  await expect
    .poll(() => rows(office, "select kind from outbox where state in ('pending', 'sending', 'unsure')"), {
      timeout: 15_000,
    })
    .toEqual([]);
}

/** What Slack does now and then. */
export const PASSING: [string, Trouble][] = [
  ['is limited', { kind: 'rate_limit', retryAfter: 1 }],
  ['fails with 500 before it did anything', { kind: 'http', status: 500 }],
  ['fails with 503 after it did it', { kind: 'http', status: 503, when: 'after' }],
  ['says internal_error', { kind: 'error', error: 'internal_error' }],
  ['is cut off before', { kind: 'drop', when: 'before' }],
  ['is cut off after', { kind: 'drop', when: 'after' }],
];

export function workspaceFails({ workspace }: Office, method: string, trouble: Trouble) {
  return workspace.faults.on(method, trouble);
}

/** The store of the app, opened a second time, and what it keeps of a near-miss. */
export async function stored(office: Office, number = 1) {
  const storage = openStorage(office.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const near = await storage.nearMisses.byNumber(office.workspace.state.team.id, number);
  if (near === undefined) throw new Error('It was not saved.');
  return { storage, near };
}

/** Withdraws it, without a word to the outbox that sends. */
export async function withdraw(office: Office, number = 1): Promise<void> {
  const { storage, near } = await stored(office, number);
  await storage.nearMisses.withdraw({ teamId: near.teamId, id: near.id, now: Date.now() });
}

/** Slack takes the card of NM-1 without a word, nobody can look for it, and its reporter is asked. */
export async function askedAboutCard(office: Office): Promise<Message> {
  const maria = office.workspace.person('maria');
  workspaceFails(office, 'chat.postMessage', { kind: 'drop', when: 'after' });
  workspaceFails(office, 'conversations.history', { kind: 'error', error: 'missing_scope' });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  return office.workspace.until(() =>
    maria.dm().find((each) => JSON.stringify(each).includes('it_is_there')),
  );
}

/** Slack takes no message in #payments-ops for now, until this is removed. */
export function limitOps({ workspace }: Office): Fault {
  return workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 1 },
    {
      times: Number.POSITIVE_INFINITY,
      matching: ({ channel }) => channel === workspace.channel('payments-ops').id,
    },
  );
}
