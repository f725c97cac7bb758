import { expect } from 'vitest';
import type { PersonChange } from '../../sandbox/state/state.ts';
import type { Workspace } from '../../sandbox/workspace.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';
import { modalOf, said, wordsOf } from './screen.ts';

/** A bot of any kind, in a workspace whose people change. */
type InAWorkspace = { workspace: Workspace };

export const GUEST: PersonChange = { isRestricted: true };
export const LEFT: PersonChange = { isDeleted: true };

/** `/nearmiss settings`, by an admin or a steward. */
export async function chooseStewards(bot: BotOnTheWire, who: string, stewards: string[]): Promise<void> {
  const { workspace } = bot;
  const person = workspace.person(who);
  await person.command('payments-ops', '/nearmiss settings');
  await modalOf(bot, who, 'Settings', 'stewards');
  await person.change('view', 'stewards', stewards);
  expect((await person.submit()).errors).toEqual({});
  await person.close();
}

/** Slack sends no event of it: it may be late, or lost. */
export function becomesUnheard({ workspace }: InAWorkspace, who: string, to: PersonChange): void {
  const person = workspace.state.people.get(workspace.person(who).id);
  if (person !== undefined) Object.assign(person, to);
}

/** Slack does not say of this person who they are. */
export function silentAbout({ workspace }: InAWorkspace, who: string) {
  const { id } = workspace.person(who);
  return workspace.faults.on(
    'users.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY, matching: ({ user }) => user === id },
  );
}

/** What stands in front of a person, or was said to them alone. */
export async function hears({ workspace }: BotOnTheWire, who: string, words: string): Promise<void> {
  const person = workspace.person(who);
  await workspace.until(
    () =>
      wordsOf(person.view()).includes(words) ||
      [...person.ephemerals(), ...person.dm()].some((message) => said(message).includes(words)),
    { what: `${who} to hear "${words}"` },
  );
}

/** Waits until somebody's Home says this, or no longer says it. */
export const homeSays = ({ workspace }: BotOnTheWire, who: string, words: string, does = true) =>
  workspace.until(() => wordsOf(workspace.person(who).home()).includes(words) === does, {
    what: `the Home of ${who} ${does ? 'to say' : 'not to say'} "${words}"`,
  });
