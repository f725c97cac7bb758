import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints, TUESDAY } from '../support/bot-on-the-wire.ts';
import { share } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { becomesUnheard, chooseStewards, GUEST, homeSays } from '../support/stewards.ts';
import { changeWhoCanSee, openChangeOf, show, withdraw } from '../support/story.ts';

const DAY = 24 * 60 * 60 * 1000;
const WHO = 'Who can see this';
const ASKED = 'See who shared it?';
const NOT_FOUND = 'This near-miss could not be found. It may not exist, or it may be for other people.';

/** Maria shared NM-1 under *Only the stewards*, who were Jon and Amira, and its day is over. */
async function confidential(): Promise<BotOnTheWire> {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  await share(bot, 'maria', 'the wrong rate', { tier: 'confidential', audience: 'everyone' });
  await bot.workspace.person('maria').close();
  await bot.goTo(TUESDAY + 2 * DAY);
  // It appears, and has its number.
  await bot.workspace.person('maria').openHome();
  await homeSays(bot, 'maria', 'NM-1: the wrong rate');
  return bot;
}

/** Opens *Who can see this* from what `/nearmiss show` answers; the words it says. */
async function whoCanSee(bot: BotOnTheWire, who: string): Promise<string> {
  const shown = await show(bot, who, 'NM-1');
  const id = rows<{ id: string }>(bot, 'select id from near_misses')[0]?.id;
  await bot.workspace.person(who).press(placeOf(shown), 'card_more', `who_can_see:${id}`);
  return wordsOf(await modalOf(bot, who, WHO, 'technically read'));
}

async function lookUp(bot: BotOnTheWire, who: string, line: string) {
  const person = bot.workspace.person(who);
  await whoCanSee(bot, who);
  await person.press('view', 'look_up_name');
  await modalOf(bot, who, ASKED, 'Why do you need to know?');
  await person.change('view', 'why', line);
  return person.submit();
}

test('a steward of then says why, sees the name, and whoever shared it reads who looked, when and why', async () => {
  const bot = await confidential();
  expect(await whoCanSee(bot, 'maria')).toContain('Nobody has looked.');
  await bot.workspace.person('maria').close({ all: true });
  const looked = await lookUp(bot, 'amira', 'to ask about the supplier');
  expect(looked.errors).toEqual({});
  expect(wordsOf(bot.workspace.person('amira').view())).toBe(
    'Maria Lopez shared it. They can read your line, with your name and the day.',
  );
  const said = 'Amira Haddad looked on Thursday 16 October: to ask about the supplier';
  expect(await whoCanSee(bot, 'maria')).toContain(said);
  expect(await whoCanSee(bot, 'jon')).toContain(said);
  await bot.workspace.person('maria').openHome();
  await bot.workspace.until(() => wordsOf(bot.workspace.person('maria').home()).includes(`NM-1: ${said}`));
  await bot.workspace.person('sam').openHome();
  expect(await whoCanSee(bot, 'sam')).not.toMatch(/looked on|Maria/);
  expectNoComplaints(bot);
});

test('a steward who may not know the name reads who looked and when, and no line: it may say whose it was', async () => {
  const bot = await confidential();
  await lookUp(bot, 'amira', 'to ask Maria about the supplier');
  await chooseStewards(bot, 'jon', ['jon', 'amira', 'sam']);
  const said = await whoCanSee(bot, 'sam');
  expect(said).toContain('Amira Haddad looked on Thursday 16 October.');
  expect(said).not.toMatch(/Maria|supplier/);
  expect(await whoCanSee(bot, 'jon')).toContain('to ask Maria about the supplier');
  expectNoComplaints(bot);
});

test('a look that is delivered several times is written down once', async () => {
  const bot = await confidential();
  const amira = bot.workspace.person('amira');
  await whoCanSee(bot, 'amira');
  await amira.press('view', 'look_up_name');
  await modalOf(bot, 'amira', ASKED, 'Why do you need to know?');
  await amira.change('view', 'why', 'to ask');
  await amira.submit({ copies: 3 });
  expect(wordsOf(amira.view())).toContain('Maria Lopez shared it.');
  expect(rows(bot, 'select line from looks')).toEqual([{ line: 'to ask' }]);
});

test('where Slack takes longer than an answer may, the line stays, and nobody is written down', async () => {
  const bot = await confidential();
  const amira = bot.workspace.person('amira');
  await whoCanSee(bot, 'amira');
  await amira.press('view', 'look_up_name');
  await modalOf(bot, 'amira', ASKED, 'Why do you need to know?');
  await amira.change('view', 'why', 'to ask');
  // What is known by now is too old to decide.
  bot.advance(6 * 60_000);
  const always = { times: Number.POSITIVE_INFINITY };
  const held = ['users.info', 'users.conversations'].map((method) =>
    bot.workspace.faults.on(method, { kind: 'hold', when: 'before' }, always),
  );
  expect(await amira.submit()).toMatchObject({
    acked: true,
    errors: { why: 'That could not be checked just now. Please try again in a moment.' },
  });
  expect(rows(bot, 'select * from looks')).toEqual([]);
  for (const hold of held) hold.release();
  bot.workspace.faults.clear();
  await amira.submit();
  expect(wordsOf(amira.view())).toContain('Maria Lopez shared it.');
  expect(rows(bot, 'select line from looks')).toHaveLength(1);
});

test('without a line nothing is shown and nothing written down; what cannot be written shows no name', async () => {
  const bot = await confidential();
  expect((await lookUp(bot, 'amira', '  ')).errors).toEqual({ why: 'A few words are enough.' });
  bot.advance(5 * 60_000);
  bot.workspace.faults.on('users.info', { kind: 'http', status: 503 }, { times: Number.POSITIVE_INFINITY });
  const amira = bot.workspace.person('amira');
  await amira.change('view', 'why', 'to ask');
  expect((await amira.submit()).errors).toEqual({
    why: 'That could not be checked just now. Please try again in a moment.',
  });
  expect(rows(bot, 'select * from looks')).toEqual([]);
  expect(bot.logged()).not.toContain('to ask');
});

test.each([
  ['somebody who is no steward', 'sam', async () => undefined],
  ['whoever shared it', 'maria', async () => undefined],
  [
    'a steward who was chosen later',
    'sam',
    (bot: BotOnTheWire) => chooseStewards(bot, 'jon', ['jon', 'amira', 'sam']),
  ],
  ['one who is none any more', 'amira', (bot: BotOnTheWire) => chooseStewards(bot, 'jon', ['jon'])],
])('%s is not offered the name', async (_who, who, before) => {
  const bot = await confidential();
  await before(bot);
  await whoCanSee(bot, who);
  expect(JSON.stringify(bot.workspace.person(who).view())).not.toContain('look_up_name');
});

test.each<[string, (bot: BotOnTheWire) => unknown]>([
  ['became a guest', (bot) => becomesUnheard(bot, 'amira', GUEST)],
  ['is no steward any more', (bot) => chooseStewards(bot, 'jon', ['jon'])],
  ['asks for one that was withdrawn', (bot) => withdraw(bot, 'maria', 'NM-1')],
  [
    'asks for one that keeps no name now',
    async (bot) => {
      await openChangeOf(bot, 'maria', 'NM-1');
      await changeWhoCanSee(bot, 'maria', { tier: 'unattributed' });
    },
  ],
])(
  'a steward who %s while the question stands sees no name, and nothing is written',
  async (_how, meanwhile) => {
    const bot = await confidential();
    const amira = bot.workspace.person('amira');
    await whoCanSee(bot, 'amira');
    await amira.press('view', 'look_up_name');
    await modalOf(bot, 'amira', ASKED, 'Why do you need to know?');
    await amira.change('view', 'why', 'to ask');
    await meanwhile(bot);
    bot.advance(6 * 60 * 1000);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe(NOT_FOUND);
    expect(rows(bot, 'select * from looks')).toEqual([]);
  },
);

test('withdrawn, or shared with no name kept, nothing is left of who looked', async () => {
  const bot = await confidential();
  await lookUp(bot, 'amira', 'to ask Maria about the supplier');
  expect(rows(bot, 'select * from looks')).toHaveLength(1);
  await withdraw(bot, 'maria', 'NM-1');
  expect(rows(bot, 'select * from looks')).toEqual([]);
});
