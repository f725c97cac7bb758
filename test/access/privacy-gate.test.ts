import { describe, expect, test } from 'vitest';
import type { Call } from '../../sandbox/state/traffic.ts';
import {
  type BotOnTheWire,
  type BotOptions,
  botOnTheWire,
  expectNoComplaints,
} from '../support/bot-on-the-wire.ts';
import { fillStepOne, shareAndSkip, stepOneOf } from '../support/capture.ts';
import { onlyId, rows } from '../support/database.ts';
import { cardIn, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';

const SECRET = 'The board’s numbers were wrong.';
const NOT_FOUND = 'could not be found. It may not exist, or it may be for other people.';

/** For members of a private channel, which the app is in. */
async function botAmongOutsiders(more: BotOptions = {}): Promise<BotOnTheWire> {
  return botOnTheWire({
    people: [
      { handle: 'maria', realName: 'Maria Lopez' },
      { handle: 'jon', realName: 'Jon Park' },
      { handle: 'amira', realName: 'Amira Haddad' },
      { handle: 'gus', isRestricted: true },
      { handle: 'una', isUltraRestricted: true },
      { handle: 'eve', isStranger: true },
    ],
    channels: [
      { name: 'payments-ops', members: ['maria', 'jon', 'amira', 'gus', 'una', 'eve'], app: true },
      { name: 'finance-leads', kind: 'private', members: ['maria', 'jon', 'gus', 'eve'], app: true },
      { name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] },
    ],
    ...more,
  });
}

const answersTo = async ({ workspace }: BotOnTheWire, who: string, line: string) => {
  const person = workspace.person(who);
  const before = person.ephemerals().length;
  await person.command('payments-ops', line);
  return said(await workspace.until(() => person.ephemerals()[before]));
};

/** A person's Home, drawn anew. */
async function homeOf({ workspace }: BotOnTheWire, who: string): Promise<string> {
  const person = workspace.person(who);
  const drawn = () =>
    workspace.calls.filter(
      ({ method, outcome, args }) =>
        method === 'views.publish' && outcome === 'ok' && args.user_id === person.id,
    ).length;
  const before = drawn();
  await person.openHome();
  await workspace.until(() => drawn() > before, { what: `the Home of ${who}` });
  return wordsOf(person.home());
}

/** Puts the buttons of one near-miss under what a person has on their screen, as nobody could do in Slack. */
async function withItsButtons(bot: BotOnTheWire, who: string, id: string) {
  const own = await shareAndGetCard(bot, who);
  const message = bot.workspace.state.messages.find(({ ts }) => ts === own.ts);
  const ownId = rows<{ id: string }>(bot, 'select id from near_misses where id <> ?', id)[0]?.id ?? '';
  if (message !== undefined)
    message.blocks = JSON.parse(JSON.stringify(message.blocks).replaceAll(ownId, id));
  return { channel: own.channel, ts: own.ts };
}

async function shareAndGetCard(bot: BotOnTheWire, who: string) {
  await shareAndSkip(bot, who, 'something of my own');
  return cardIn(bot, 'payments-ops', who, 'something of my own');
}

/** What Slack said of people and conversations decides for five minutes. */
const SAID_MS = 5 * 60_000;
const WHO_AND_WHERE = ['users.info', 'users.list', 'users.conversations', 'conversations.members'];

describe.each(['gus', 'una', 'amira'])('%s, who may not read it', (who) => {
  test('hears of it exactly what one hears of a number that does not exist, and Home does not know it', async () => {
    const bot = await botAmongOutsiders();
    await shareAndSkip(bot, 'maria', SECRET, {
      channel: 'finance-leads',
      system: 'Board pack',
      card: false,
    });
    // Maria's own Home asks about the conversation, too.
    await expect.poll(() => rows(bot, "select seq from outbox where kind = 'home'")).toEqual([]);
    bot.advance(SAID_MS);
    const since = bot.workspace.calls.length;
    const answer = await answersTo(bot, who, '/nearmiss show NM-1');
    bot.advance(SAID_MS);
    const between = bot.workspace.calls.length;
    const nothing = await answersTo(bot, who, '/nearmiss show NM-7');
    expect(answer).toBe(nothing.replaceAll('NM-7', 'NM-1'));
    expect(answer).toContain(`NM-1 ${NOT_FOUND}`);
    // Nor does the time it takes say anything: the same questions are asked.
    const asked = (calls: readonly Call[]) =>
      calls.filter(({ method }) => WHO_AND_WHERE.includes(method)).map(({ method }) => method);
    const whereItIs = who === 'amira' ? ['conversations.members'] : [];
    expect(asked(bot.workspace.calls.slice(since, between))).toEqual(['users.info', ...whereItIs]);
    expect(asked(bot.workspace.calls.slice(between))).toEqual(['users.info', ...whereItIs]);
    expect(await homeOf(bot, who)).not.toMatch(/Board|numbers/);
    expectNoComplaints(bot);
  });

  test('nor do its buttons tell them anything, whatever is in them', async () => {
    const bot = await botAmongOutsiders();
    const person = bot.workspace.person(who);
    await shareAndSkip(bot, 'maria', SECRET, { channel: 'finance-leads', card: false });
    const id = onlyId(bot);
    const place = await withItsButtons(bot, who, id);
    const presses = [
      ['tell_more', undefined, 'Tell more'],
      ['card_more', `who_can_see:${id}`, 'Who can see this'],
      ['card_more', `edit_or_withdraw:${id}`, 'Edit or withdraw'],
    ] as const;
    for (const [pick, choice, title] of presses) {
      await person.press(place, pick, choice);
      const view = await modalOf(bot, who, title, NOT_FOUND);
      expect(wordsOf(view)).toBe(`This near-miss ${NOT_FOUND}`);
      await person.close();
    }
    expectNoComplaints(bot);
  });
});

test('what everyone may read a guest reads only where it is posted', async () => {
  const bot = await botAmongOutsiders();
  await shareAndSkip(bot, 'maria', 'for everyone at Acme');
  expect(await answersTo(bot, 'amira', '/nearmiss show NM-1')).toContain('for everyone at Acme');
  expect(await homeOf(bot, 'amira')).toContain('for everyone at Acme');
  for (const guest of ['gus', 'una']) {
    expect(await answersTo(bot, guest, '/nearmiss show NM-1')).toContain(NOT_FOUND);
    expect(await homeOf(bot, guest)).not.toContain('for everyone at Acme');
    const card = await cardIn(bot, 'payments-ops', guest, 'for everyone at Acme');
    await bot.workspace.person(guest).press({ channel: card.channel, ts: card.ts }, 'tell_more');
    await modalOf(bot, guest, 'Tell more', NOT_FOUND);
  }
  expectNoComplaints(bot);
});

test('somebody from another organisation sees the card in front of them and nothing behind it', async () => {
  const bot = await botAmongOutsiders();
  await shareAndSkip(bot, 'maria', 'for everyone at Acme');
  const card = await cardIn(bot, 'payments-ops', 'eve', 'for everyone at Acme');
  await bot.workspace.person('eve').press({ channel: card.channel, ts: card.ts }, 'tell_more');
  const view = await modalOf(bot, 'eve', 'Tell more', NOT_FOUND);
  expect(wordsOf(view)).toBe(`This near-miss ${NOT_FOUND}`);
  expectNoComplaints(bot);
});

test('a member reads it on every surface; after leaving, on none, and what they were writing is not taken', async () => {
  const bot = await botAmongOutsiders();
  const jon = bot.workspace.person('jon');
  await shareAndSkip(bot, 'maria', SECRET, { channel: 'finance-leads' });
  const card = await cardIn(bot, 'finance-leads', 'jon', SECRET);
  expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toContain(SECRET);
  expect(await homeOf(bot, 'jon')).toContain(SECRET);
  await jon.press({ channel: card.channel, ts: card.ts }, 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'users' });
  await modalOf(bot, 'jon', 'Who we were protecting', 'protecting');
  await jon.change('view', 'protecting', 'the auditors');

  await jon.leave('finance-leads');
  expect(Object.values((await jon.submit()).errors)).toEqual([
    expect.stringContaining('These answers could not be saved just now.'),
  ]);
  expect(rows(bot, 'select * from answers')).toEqual([]);
  await jon.close({ all: true });
  expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toContain(`NM-1 ${NOT_FOUND}`);
  const home = await homeOf(bot, 'jon');
  expect(home).not.toContain(SECRET);
  expectNoComplaints(bot);
});

test('whoever was told that there is nothing for them reads it as soon as they joined', async () => {
  const bot = await botAmongOutsiders();
  await shareAndSkip(bot, 'maria', SECRET, { channel: 'finance-leads' });
  expect(await answersTo(bot, 'amira', '/nearmiss show NM-1')).toContain(NOT_FOUND);
  bot.workspace.channel('finance-leads').members.add(bot.workspace.person('amira').id);
  await bot.workspace.person('amira').join('finance-leads');
  expect(await answersTo(bot, 'amira', '/nearmiss show NM-1')).toContain(SECRET);
  expectNoComplaints(bot);
});

test('what Home still shows to somebody who left opens nothing', async () => {
  const bot = await botAmongOutsiders();
  const jon = bot.workspace.person('jon');
  await shareAndSkip(bot, 'maria', SECRET, { channel: 'finance-leads' });
  expect(await homeOf(bot, 'jon')).toContain(SECRET);
  await jon.leave('finance-leads');
  await jon.press('home', 'read_all');
  expect(wordsOf(await modalOf(bot, 'jon', 'A near-miss', NOT_FOUND))).toBe(`This near-miss ${NOT_FOUND}`);
  expectNoComplaints(bot);
});

test('somebody who became a guest, or left the organisation, reads no more', async () => {
  const bot = await botAmongOutsiders();
  await shareAndSkip(bot, 'maria', 'for everyone at Acme');
  expect(await answersTo(bot, 'amira', '/nearmiss show NM-1')).toContain('for everyone at Acme');
  const { people } = bot.workspace.state;
  const amira = bot.workspace.person('amira');
  const before = people.get(amira.id);
  if (before !== undefined) people.set(amira.id, { ...before, isRestricted: true });
  // Nobody told the app: it asks again.
  bot.advance(SAID_MS);
  expect(await answersTo(bot, 'amira', '/nearmiss show NM-1')).toContain(NOT_FOUND);
  expectNoComplaints(bot);
});

test('in a direct message, where the app cannot see who is in it, the person who shared it reads it alone', async () => {
  const bot = await botAmongOutsiders();
  const maria = bot.workspace.person('maria');
  await maria.command('maria-and-jon', '/nearmiss');
  await stepOneOf(bot, 'maria', 'for you alone');
  await fillStepOne(bot, 'maria', SECRET);
  await maria.submit();
  await maria.close();
  await ephemeralOf(bot, 'maria', 'NM-1 is saved.');
  expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toContain(`NM-1 ${NOT_FOUND}`);
  expect(await answersTo(bot, 'maria', '/nearmiss show NM-1')).toContain(SECRET);
  expectNoComplaints(bot);
});

test('in a group message the app is in, those who are in it read it', async () => {
  const bot = await botAmongOutsiders({
    channels: [
      { name: 'payments-ops', members: ['maria', 'jon', 'amira'], app: true },
      { name: 'mpdm-maria--jon--nearmiss-1', kind: 'mpim', members: ['maria', 'jon'], app: true },
    ],
  });
  const maria = bot.workspace.person('maria');
  await maria.command('mpdm-maria--jon--nearmiss-1', '/nearmiss');
  await stepOneOf(bot, 'maria', 'Only the people in this conversation can read the story.');
  await fillStepOne(bot, 'maria', SECRET);
  await maria.submit();
  expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toContain(SECRET);
  expect(await answersTo(bot, 'amira', '/nearmiss show NM-1')).toContain(`NM-1 ${NOT_FOUND}`);
  expectNoComplaints(bot);
});

describe.each([
  ['is broken', { kind: 'http', status: 503 }],
  ['limits the app', { kind: 'rate_limit', retryAfter: 30 }],
] as const)('when Slack %s and does not say who somebody is', (_how, trouble) => {
  const NOT_CHECKED = 'That could not be checked just now. Please try again in a moment.';
  /** From now on, and what it said before is too old. */
  function unsaid(bot: BotOnTheWire) {
    bot.advance(SAID_MS);
    for (const method of ['users.info', 'users.list'])
      bot.workspace.faults.on(method, trouble, { times: Number.POSITIVE_INFINITY });
  }

  test('they are told so, of a number that exists and of one that does not; what is their own they read', async () => {
    const bot = await botAmongOutsiders();
    await shareAndSkip(bot, 'maria', 'for everyone at Acme');
    await shareAndSkip(bot, 'jon', 'his own');
    await ephemeralOf(bot, 'jon', 'NM-2 is saved.');
    unsaid(bot);
    const words = `${NOT_CHECKED}\n${NOT_CHECKED}`;
    expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toBe(words);
    expect(await answersTo(bot, 'jon', '/nearmiss show NM-7')).toBe(words);
    expect(await answersTo(bot, 'jon', '/nearmiss show NM-2')).toContain('his own');
    expectNoComplaints(bot);
  });

  test('a button says so where it was pressed', async () => {
    const bot = await botAmongOutsiders();
    const card = await shareAndGetCard(bot, 'maria');
    unsaid(bot);
    await bot.workspace.person('jon').press({ channel: card.channel, ts: card.ts }, 'tell_more');
    const view = await modalOf(bot, 'jon', 'Tell more', 'could not be checked');
    expect(wordsOf(view)).toBe(NOT_CHECKED);
    expectNoComplaints(bot);
  });

  test('their Home is not drawn as if nothing were there for them: it follows', async () => {
    const bot = await botAmongOutsiders();
    await shareAndSkip(bot, 'maria', 'for everyone at Acme');
    const jon = bot.workspace.person('jon');
    bot.workspace.faults.on('users.info', trouble.kind === 'http' ? trouble : { ...trouble, retryAfter: 1 });
    await jon.openHome();
    await bot.workspace.until(() => jon.home(), { ms: 10_000 });
    expect(wordsOf(jon.home())).toContain('for everyone at Acme');
    expectNoComplaints(bot);
  });
});

test('somebody Slack knows nothing of reads nothing', async () => {
  const bot = await botAmongOutsiders();
  await shareAndSkip(bot, 'maria', 'for everyone at Acme');
  const { id } = bot.workspace.person('jon');
  bot.workspace.faults.on(
    'users.info',
    { kind: 'error', error: 'user_not_found' },
    { matching: ({ user }) => user === id },
  );
  expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toContain(NOT_FOUND);
  expectNoComplaints(bot);
});

test('where the scope to see who is in private channels was declined, the app shows it to nobody but who shared it', async () => {
  const bot = await botAmongOutsiders({ decline: ['groups:read'] });
  const maria = bot.workspace.person('maria');
  await maria.command('finance-leads', '/nearmiss');
  await stepOneOf(bot, 'maria', 'Only members of this conversation');
  await fillStepOne(bot, 'maria', SECRET);
  await maria.submit();
  expect(await answersTo(bot, 'jon', '/nearmiss show NM-1')).toContain(NOT_FOUND);
  expectNoComplaints(bot);
});
