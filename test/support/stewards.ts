import { expect } from 'vitest';
import type { BotOnTheWire } from './bot-on-the-wire.ts';
import { modalOf } from './screen.ts';

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
