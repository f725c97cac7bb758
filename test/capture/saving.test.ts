import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { ANSWERS, answerAll, beginToShare, choose, goOnTo, share, shareAndSkip } from '../support/capture.ts';
import { rows, waitingIn } from '../support/database.ts';
import { cardIn, ephemeralOf, modalOf, questionsOf, titleOf, wordsOf } from '../support/screen.ts';

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('after one line step 2 asks in three short pages', async () => {
    const bot = await botOnTheWire({ mode });
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'The invoices had last year’s tax rate.', { system: 'Invoices' });
    expect(questionsOf(maria.view())).toEqual([
      'What had to go right for this to stay a near-miss?',
      'How close was it?',
      'What could another team borrow from this?',
    ]);
    expect(questionsOf(await goOnTo(bot, 'maria', 'How was it noticed?'))).toEqual([
      'How was it noticed?',
      'What was the first thing that made someone look?',
      'What did you expect to happen?',
      'What happened instead?',
    ]);
    expect(questionsOf(await goOnTo(bot, 'maria', 'Who did it take?'))).toEqual([
      'Who were we protecting?',
      'Who did it take?',
      'Did it reach anyone who relies on this?',
    ]);
  });

  test('what was told in nine answers stands everywhere it is to stand', async () => {
    const bot = await botOnTheWire({ mode });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'The invoices had last year’s tax rate.', { system: 'Invoices' });
    await answerAll(bot, 'maria');
    await maria.change('view', 'key_players', ['jon', 'amira']);
    expect((await maria.submit()).errors).toEqual({});

    const each = await modalOf(bot, 'maria', 'What did they do?');
    expect(questionsOf(each)).toEqual([
      'What did Jon Park make possible?',
      'What did Amira Haddad make possible?',
    ]);
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    expect((await maria.submit()).errors).toEqual({});
    expect(maria.view()).toBeUndefined();

    expect(rows(bot, 'select question, text from answers order by question')).toEqual([
      { question: 'closeness', text: ANSWERS.closeness },
      { question: 'expected', text: ANSWERS.expected },
      { question: 'instead', text: ANSWERS.instead },
      { question: 'protecting', text: ANSWERS.protecting },
    ]);
    expect(rows(bot, 'select text, kind from saves order by position')).toEqual([
      { text: 'We open ten invoices by hand before every run', kind: null },
      { text: 'Jon was in the channel', kind: null },
    ]);
    expect(rows(bot, 'select kind, noticed from signals')).toEqual([
      { kind: 'routine_check', noticed: ANSWERS.noticed },
    ]);
    expect(rows(bot, 'select person_id, made_possible from key_players order by made_possible desc')).toEqual(
      [
        { person_id: workspace.person('jon').id, made_possible: 'could stop the send' },
        { person_id: workspace.person('amira').id, made_possible: null },
      ],
    );

    const card = await cardIn(bot, 'payments-ops', 'jon', 'Nobody who relies on this');
    expect(wordsOf(card).replaceAll(/\n+/g, '\n')).toBe(
      [
        'NM-1 · Invoices',
        'The invoices had last year’s tax rate.',
        'What went right',
        'We open ten invoices by hand before every run',
        'Jon was in the channel',
        'How close it was',
        ANSWERS.closeness,
        'Shared by Maria Lopez · Nobody who relies on this was affected',
        'Tell more',
        'Who can see this',
        'Edit or withdraw',
      ].join('\n'),
    );
    expect(card.text).toBe('Near-miss NM-1, Invoices: The invoices had last year’s tax rate.');
    await workspace.person('jon').command('payments-ops', '/nearmiss show NM-1');
    const whole = wordsOf(await ephemeralOf(bot, 'jon', 'NM-1'));
    for (const answer of [...Object.values(ANSWERS).slice(1), 'A routine check', 'could stop the send']) {
      expect(whole).toContain(answer);
    }
    expect(whole).toContain('Nobody who relies on this was affected');
    expectNoComplaints(bot);
  });

  test('delivered three times at once and pressed again, it is one near-miss with one number and one card', async () => {
    const bot = await botOnTheWire({ mode });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'once');
    const sent = await maria.submit({ copies: 3 });
    await sent.redeliver();
    expect(titleOf(maria.view())).toBe('What went right?');
    await maria.close();
    await cardIn(bot, 'payments-ops', 'jon', 'once');
    expect(rows(bot, 'select number, summary from near_misses')).toEqual([{ number: 1, summary: 'once' }]);
    expect(rows(bot, "select kind from outbox where kind in ('card', 'confirmation') order by kind")).toEqual(
      [{ kind: 'card' }, { kind: 'confirmation' }],
    );
    await shareAndSkip(bot, 'maria', 'twice');
    expect(rows(bot, 'select number from near_misses order by number')).toEqual([
      { number: 1 },
      { number: 2 },
    ]);
    expectNoComplaints(bot);
  });
});

test('a second submission with other words: the later words win, under the same number, and the card has them', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await beginToShare(bot, 'maria', 'the first words', { system: 'Payroll' });
  // Slack never hears the first answer, so the modal stays, and Save is pressed again.
  workspace.faults.loseNextAck();
  const first = await maria.submit();
  expect(first.acked).toBe(false);
  expect(titleOf(maria.view())).toBe('Share a near-miss');
  await maria.change('view', 'summary', 'the later words');
  await maria.submit();
  expect(wordsOf(maria.view())).toContain('*Saved as NM-1.*');
  expect(rows(bot, 'select number, summary from near_misses')).toEqual([
    { number: 1, summary: 'the later words' },
  ]);
  await cardIn(bot, 'payments-ops', 'jon', 'the later words');
  expect(workspace.person('jon').messages('payments-ops')).toHaveLength(1);
  expectNoComplaints(bot);
});

test('a second submission that says Nobody takes back what the first kept, and its card', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await beginToShare(bot, 'maria', 'on second thought');
  workspace.faults.loseNextAck();
  await maria.submit();
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 1);
  await choose(bot, 'maria', 'tier', 'unattributed');
  await maria.submit();
  expect(wordsOf(maria.view())).toContain('*Saved.* You can stop here.');
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
  expect(rows(bot, 'select * from near_misses')).toEqual([]);
  const [waiting] = waitingIn(bot);
  expect(waiting).toMatchObject({ summary: 'on second thought', tier: 'unattributed' });
  for (const part of ['number', 'reporterId', 'conversation', 'card'])
    expect(waiting).not.toHaveProperty(part);
  expectNoComplaints(bot);
});

test('a modal that was open before a restart is saved as ever', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await beginToShare(bot, 'maria', 'typed before');
  await bot.restart();
  expect((await maria.submit()).errors).toEqual({});
  await maria.change('view', 'closeness', 'an hour');
  await bot.restart();
  expect((await maria.submit()).errors).toEqual({});
  await cardIn(bot, 'payments-ops', 'jon', 'an hour');
  expect(rows(bot, 'select number from near_misses')).toEqual([{ number: 1 }]);
  expectNoComplaints(bot);
});
