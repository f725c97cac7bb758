import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { said } from '../support/screen.ts';

const TEAM = 'T0ACME0000';
const NOT_FOUND = 'could not be found. It may not exist, or it may be for other people.';

const answerTo = async ({ workspace }: BotOnTheWire, who: string, line: string) => {
  const person = workspace.person(who);
  await person.command('payments-ops', line);
  return said(await workspace.until(() => person.ephemerals()[0]));
};

test('in an organisation, a colleague whose account is of another workspace reads; who is not in ours does not', async () => {
  const people = [
    { handle: 'maria' },
    { handle: 'sister', teamId: 'T0SISTER00', workspaces: ['T0SISTER00', TEAM] },
    { handle: 'whole', teamId: 'E0ACME0000', workspaces: [TEAM] },
    { handle: 'away', teamId: 'T0SISTER00', workspaces: ['T0SISTER00'] },
    { handle: 'unsaid', teamId: 'E0ACME0000' },
  ];
  const members = people.map(({ handle }) => handle);
  const bot = await botOnTheWire({
    team: { enterpriseId: 'E0ACME0000' },
    people,
    channels: [{ name: 'payments-ops', members, app: true }],
  });
  await shareAndSkip(bot, 'maria', 'for everyone at Acme');
  for (const who of ['sister', 'whole']) {
    // What is pressed says of which workspace they are, and they read all the same.
    await bot.workspace.person(who).openHome();
    await bot.workspace.person(who).globalShortcut('share_from_anywhere');
    expect(await answerTo(bot, who, '/nearmiss show NM-1')).toContain('for everyone at Acme');
  }
  for (const who of ['away', 'unsaid'])
    expect(await answerTo(bot, who, '/nearmiss show NM-1')).toContain(`NM-1 ${NOT_FOUND}`);
  expectNoComplaints(bot);
});
