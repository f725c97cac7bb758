import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { choose, goOnTo, shareFrom, stepTwoOf } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { inputOf, titleOf, typedIn, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

const MANY = Array.from({ length: 14 }, (_, at) => `p${String(at).padStart(2, '0')}`);

describe('who took part', () => {
  test('most active first, at most ten, never the person who shares', async () => {
    const bot = await botOnTheWire({
      people: [{ handle: 'maria' }, ...MANY.map((handle) => ({ handle }))],
      channels: [{ name: 'payments-ops', members: ['maria', ...MANY], app: true }],
    });
    const { workspace } = bot;
    const root = workspace.person('maria').say('payments-ops', 'The invoices look wrong');
    for (const [at, handle] of MANY.entries()) {
      for (let times = 0; times <= at; times += 1)
        workspace.person(handle).say('payments-ops', 'here', { threadTs: root.ts });
    }
    await shareFrom(bot, 'maria', root);
    const { people } = await stepTwoOf(bot, 'maria');
    expect(people).toEqual(MANY.toReversed().slice(0, 10));
    expectNoComplaints(bot);
  });

  test('no bots, not Slackbot, and not this app', async () => {
    const bot = await botOnTheWire({
      people: [{ handle: 'maria' }, { handle: 'jon' }, { handle: 'deploybot', isBot: true }],
      channels: [{ name: 'payments-ops', members: ['maria', 'jon', 'deploybot', 'slackbot'], app: true }],
    });
    const { workspace } = bot;
    await workspace.until(() => callsOf(bot, 'users.list').some(({ outcome }) => outcome === 'ok'));
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    for (const handle of ['deploybot', 'slackbot', 'deploybot']) {
      workspace.person(handle).say('payments-ops', 'beep', { threadTs: root.ts });
    }
    const view = await shareFrom(bot, 'maria', root);
    expect(wordsOf(view)).toContain('From the thread: 4 messages, 1 person, started');
    expect((await stepTwoOf(bot, 'maria')).people).toEqual(['jon']);
    expectNoComplaints(bot);
  });
});

describe('an alert', () => {
  test('that started the thread becomes the signal, and the story where nobody says what is wrong', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = workspace.botSays('payments-ops', 'Totals &lt; 90% of last month', { username: 'Grafana' });
    workspace.person('jon').say('payments-ops', 'looking into it', { threadTs: root.ts });
    const step = await shareFrom(bot, 'maria', root);
    expect(typedIn(step, 'summary')).toBe('Totals < 90% of last month');
    expect(wordsOf(step)).toContain('Taken from the alert. Make it yours.');
    const { noticed, people } = await stepTwoOf(bot, 'maria');
    expect(inputOf(noticed, 'signal_kind').selected_option).toMatchObject({ value: 'alert' });
    expect(typedIn(noticed, 'noticed')).toBe('Totals < 90% of last month');
    expect(people).toEqual(['jon']);
    expectNoComplaints(bot);
  });

  test('is not what this app itself posted: the card of an earlier near-miss is no signal', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await shareFrom(bot, 'maria', root);
    await stepTwoOf(bot, 'maria');
    await workspace.person('maria').close();
    await workspace.until(() => workspace.person('maria').thread('payments-ops', root.ts).length === 2);

    await shareFrom(bot, 'amira', root);
    const { noticed } = await stepTwoOf(bot, 'amira');
    expect(typedIn(noticed, 'noticed')).toBe('');
    expect(inputOf(noticed, 'signal_kind').selected_option).toBeNull();
    expectNoComplaints(bot);
  });
});

test('what a colleague filled in is the story and no alert, and they are one of the people', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const asked = workspace.person('amira').id;
  const form = `*New request from* <@${asked}>\n*What is happening?*\nThe badge gate rejects every badge\n*Urgent?*\nYes`;
  const root = workspace.botSays('payments-ops', form, { username: 'Requests' });
  workspace.person('jon').say('payments-ops', 'Started looking', { threadTs: root.ts });
  const step = await shareFrom(bot, 'maria', root);
  expect(typedIn(step, 'summary')).toBe('The badge gate rejects every badge');
  expect(wordsOf(step)).toContain('Taken from the first message. Make it yours.');
  const { noticed, people } = await stepTwoOf(bot, 'maria');
  expect(inputOf(noticed, 'signal_kind').selected_option).toMatchObject({ value: 'colleague' });
  expect(typedIn(noticed, 'noticed')).toBe('');
  expect(people).toEqual(['jon', 'amira']);
  expectNoComplaints(bot);
});

describe('what a thread said is offered, not kept', () => {
  async function sharedFromAlert(bot: BotOnTheWire) {
    const { workspace } = bot;
    const root = workspace.botSays('payments-ops', 'Totals are low');
    workspace.person('jon').say('payments-ops', 'looking', { threadTs: root.ts });
    await shareFrom(bot, 'maria', root);
  }

  test('it is stored once Add to the story is pressed', async () => {
    const bot = await botOnTheWire();
    await sharedFromAlert(bot);
    await bot.workspace.person('maria').submit();
    await goOnTo(bot, 'maria', 'How was it noticed?');
    expect(rows(bot, 'select * from key_players')).toEqual([]);
    expect(rows(bot, 'select * from signals')).toEqual([]);
    await goOnTo(bot, 'maria', 'Who did it take?');
    await bot.workspace.person('maria').submit();
    expect(rows(bot, 'select person_id from key_players')).toEqual([
      { person_id: bot.workspace.person('jon').id },
    ]);
    expect(rows(bot, 'select kind, noticed from signals')).toEqual([
      { kind: 'alert', noticed: 'Totals are low' },
    ]);
    expectNoComplaints(bot);
  });

  test('under Nobody nothing of it is offered', async () => {
    const bot = await botOnTheWire();
    await sharedFromAlert(bot);
    await choose(bot, 'maria', 'tier', 'unattributed');
    const { noticed, people } = await stepTwoOf(bot, 'maria');
    expect(people).toEqual([]);
    expect(typedIn(noticed, 'noticed')).toBe('');
    expect(inputOf(noticed, 'signal_kind').selected_option).toBeNull();
    expectNoComplaints(bot);
  });

  test('cleared, nothing of it is stored', async () => {
    const bot = await botOnTheWire();
    await sharedFromAlert(bot);
    const maria = bot.workspace.person('maria');
    await maria.submit();
    await goOnTo(bot, 'maria', 'How was it noticed?');
    await maria.change('view', 'noticed', null);
    await maria.change('view', 'signal_kind', null);
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'key_players', []);
    await maria.submit();
    expect(rows(bot, 'select * from key_players')).toEqual([]);
    expect(rows(bot, 'select * from signals')).toEqual([]);
    expect(titleOf(maria.view())).toBe('');
    expectNoComplaints(bot);
  });
});

describe('words that stand in blocks and attachments are read, and what Slack puts in their place is not', () => {
  /** A message of a bot, as an app posts it. */
  function botPosts(bot: BotOnTheWire, more: object) {
    const root = bot.workspace.botSays('payments-ops', '', { username: 'Monitor' });
    return Object.assign(root, more);
  }

  test.each([
    [
      'a header, and a text that says nothing',
      {
        text: "This content can't be displayed.",
        blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Totals are low' } }],
      },
    ],
    [
      'an attachment',
      { attachments: [{ title: '[FIRING:1] TotalsLow (billing)', text: 'Totals are low', fallback: 'x' }] },
    ],
    [
      'blocks of an attachment, and a fallback that says nothing',
      {
        attachments: [
          {
            fallback: '[no preview available]',
            blocks: [
              { type: 'section', text: { type: 'mrkdwn', text: '*<https://x.test/1|[#7] Totals are low>*' } },
            ],
          },
        ],
      },
    ],
  ])('%s', async (_what, more) => {
    const bot = await botOnTheWire();
    const root = botPosts(bot, more);
    bot.workspace.person('jon').say('payments-ops', 'on it', { threadTs: root.ts });
    const step = await shareFrom(bot, 'maria', root);
    expect(typedIn(step, 'summary')).toBe('Totals are low');
    expect(typedIn((await stepTwoOf(bot, 'maria')).noticed, 'noticed')).toBe('Totals are low');
    expectNoComplaints(bot);
  });

  test('a first message that was deleted says nothing, and neither does the bot that answered it', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = workspace.person('jon').say('payments-ops', 'Is this the right place?');
    workspace.botSays('payments-ops', 'See the list of questions others asked', { threadTs: root.ts });
    Object.assign(root, {
      user: 'USLACKBOT',
      subtype: 'tombstone',
      text: 'This message was deleted.',
      blocks: undefined,
    });
    const step = await shareFrom(bot, 'maria', root);
    expect(typedIn(step, 'summary')).toBe('');
    expect(wordsOf(step)).toContain('One or two sentences is enough.');
    expect(wordsOf(step)).toContain('From the thread: 2 messages, 0 people');
    const { noticed, people } = await stepTwoOfNone(bot);
    expect(typedIn(noticed, 'noticed')).toBe('');
    expect(people).toEqual([]);
    expectNoComplaints(bot);
  });

  /** Save needs a few words, and nobody gave any. */
  async function stepTwoOfNone(bot: BotOnTheWire) {
    await bot.workspace.person('maria').change('view', 'summary', 'It was nearly sent');
    return stepTwoOf(bot, 'maria');
  }
});
