import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { share, shareAndSkip } from '../support/capture.ts';
import { refuseToStore, rows } from '../support/database.ts';
import { cardIn, ephemeralOf, inputOf, modalOf, typedIn, wordsOf } from '../support/screen.ts';
import { tellAbout } from '../support/story.ts';

describe('somebody else', () => {
  test('reads the story and adds to it under their own name, replacing nothing', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await share(bot, 'maria', 'seen in time');
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    await cardIn(bot, 'payments-ops', 'jon', 'an hour');
    const view = await tellAbout(bot, 'jon', 'went_right', 'What went right');
    expect(wordsOf(view)).toContain('seen in time');
    expect(wordsOf(view)).toContain('an hour');
    expect(wordsOf(view)).toContain("Your words are added under your name. They do not replace anyone's.");
    expect(wordsOf(view)).not.toContain('carries your name');
    expect([typedIn(view, 'saves'), typedIn(view, 'closeness')]).toEqual(['', '']);
    await jon.change('view', 'saves', 'I had access');
    await jon.change('view', 'closeness', 'minutes, really');
    await jon.submit();
    expect(rows(bot, 'select author, text from answers order by author')).toEqual([
      { author: '', text: 'an hour' },
      { author: jon.id, text: 'minutes, really' },
    ]);
    const card = await cardIn(bot, 'payments-ops', 'maria', 'I had access (Jon Park)');
    expect(wordsOf(card)).toContain('an hour');

    const again = await tellAbout(bot, 'jon', 'went_right', 'What went right');
    expect([typedIn(again, 'saves'), typedIn(again, 'closeness')]).toEqual([
      'I had access',
      'minutes, really',
    ]);
    expectNoComplaints(bot);
  });

  test('describes roles, not people', async () => {
    const bot = await botOnTheWire();
    await shareAndSkip(bot, 'maria', 'seen in time');
    const view = await tellAbout(bot, 'jon', 'key_players', 'Who it took');
    expect(inputOf(view, 'key_players')).toEqual({});
    expect(wordsOf(view)).toContain('Describe roles, not people.');
    expectNoComplaints(bot);
  });

  test('is not taken for whoever shared it without a name, and is told that their words carry theirs', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const jon = workspace.person('jon');
    await shareAndSkip(bot, 'maria', 'quietly', { tier: 'unattributed' });
    bot.advance(24 * 60 * 60 * 1000);
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('quietly'));
    await jon.press('home', 'read_all');
    await modalOf(bot, 'jon', 'NM-1', 'quietly');
    await jon.press('view', 'tell_more');
    await modalOf(bot, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    const view = await modalOf(bot, 'jon', 'Who we were protecting', 'protecting');
    expect(wordsOf(view)).toContain('What you add here carries your name.');
    await jon.change('view', 'protecting', 'everyone who calls');
    await jon.submit();
    expect(rows(bot, 'select author, text from answers')).toEqual([
      { author: jon.id, text: 'everyone who calls' },
    ]);
    expectNoComplaints(bot);
  });
});

test('delivered three times, what was told is there once', async () => {
  const bot = await botOnTheWire();
  const jon = bot.workspace.person('jon');
  await shareAndSkip(bot, 'maria', 'seen in time');
  await tellAbout(bot, 'jon', 'went_right', 'What went right');
  await jon.change('view', 'saves', 'I had access');
  const sent = await jon.submit({ copies: 3 });
  await sent.redeliver();
  expect(rows(bot, 'select text from saves')).toEqual([{ text: 'I had access' }]);
  expectNoComplaints(bot);
});

test('what cannot be saved stays in the modal, and is saved a moment later', async () => {
  const bot = await botOnTheWire();
  const jon = bot.workspace.person('jon');
  await shareAndSkip(bot, 'maria', 'seen in time');
  await tellAbout(bot, 'jon', 'users', 'Who we were protecting');
  await jon.change('view', 'protecting', 'those who call');
  const letGo = refuseToStore(bot);
  expect((await jon.submit()).errors).toEqual({
    protecting:
      'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
  });
  letGo();
  expect((await jon.submit()).errors).toEqual({});
  expect(rows(bot, 'select text from answers')).toEqual([{ text: 'those who call' }]);
  expectNoComplaints(bot);
});

test('a modal closed while it is still looking whether one may read stays closed, and nothing is said', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const jon = workspace.person('jon');
  await shareAndSkip(bot, 'maria', 'seen in time');
  const { channel, ts } = await cardIn(bot, 'payments-ops', 'jon', 'seen in time');
  const slow = workspace.faults.on('users.info', { kind: 'hold', when: 'before' });
  await jon.press({ channel, ts }, 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'One moment.');
  await slow.struck;
  await jon.close();
  slow.release();
  await workspace.until(() =>
    workspace.calls.some(({ method, outcome }) => method === 'views.update' && outcome === 'not_found'),
  );
  await jon.command('payments-ops', '/nearmiss help');
  await ephemeralOf(bot, 'jon', 'Near-misses');
  expect(jon.ephemerals()).toHaveLength(1);
  expect(jon.dm()).toEqual([]);
  expect(bot.logged()).not.toContain('could not be answered');
  expectNoComplaints(bot);
});
