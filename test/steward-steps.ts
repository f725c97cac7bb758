import { expect } from 'vitest';
import { type PersonChange } from '../sandbox/state.ts';
import { rows, said, wordsOf } from './doing.ts';
import { type Office } from './office.ts';

export const MINUTE = 60_000;
export const GUEST: PersonChange = { isRestricted: true };
export const LEFT: PersonChange = { isDeleted: true };

/** Slack sends no event of it: it may be late, or lost. */
export function becomesUnheard({ workspace }: Office, who: string, to: PersonChange): void {
  const person = workspace.state.people.get(workspace.person(who).id);
  if (person !== undefined) Object.assign(person, to);
}

/** Slack does not say of this person who they are. */
export function silentAbout({ workspace }: Office, who: string) {
  const { id } = workspace.person(who);
  return workspace.faults.on(
    'users.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY, matching: ({ user }) => user === id },
  );
}

/** What stands in front of a person, or was said to them alone. */
export async function hears({ workspace }: Office, who: string, words: string): Promise<void> {
  const person = workspace.person(who);
  await workspace.until(
    () =>
      wordsOf(person.view()).includes(words) ||
      [...person.ephemerals(), ...person.dm()].some((message) => said(message).includes(words)),
    { what: `${who} to hear "${words}"` },
  );
}

/** Everything the app had to send is sent, or let go. */
export async function nothingWaits(office: Office): Promise<void> {
  const open = "select kind from outbox where state in ('pending', 'sending', 'unsure')";
  await expect.poll(() => rows(office, open), { timeout: 5000 }).toEqual([]);
}

export const homeSays = ({ workspace }: Office, who: string, words: string, does = true) =>
  workspace.until(() => wordsOf(workspace.person(who).home()).includes(words) === does, {
    what: `the Home of ${who} ${does ? 'to say' : 'not to say'} "${words}"`,
  });
