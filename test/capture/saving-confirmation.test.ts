import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { fillStepOne, goOnTo, openStepOne, share, shareAndSkip, stepOneOf } from '../support/capture.ts';
import { limitOps } from '../support/outbox.ts';
import { dmOf, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

const BUTTONS = 'Tell more\nWho can see this';

describe('where the person was', () => {
  test('card posted: the confirmation is seen by them alone, once', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await shareAndSkip(bot, 'maria', 'seen in time');
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toBe('Thank you. NM-1 is saved. Its card is in #payments-ops.');
    expect(said(told)).toContain(BUTTONS);
    expect(workspace.person('jon').ephemerals()).toEqual([]);
    expect(workspace.person('maria').dm()).toEqual([]);
    await shareAndSkip(bot, 'maria', 'another');
    await ephemeralOf(bot, 'maria', 'NM-2 is saved.');
    expect(workspace.person('maria').ephemerals()).toHaveLength(2);
    expectNoComplaints(bot);
  });

  test('it waits for the end of step 2, and says what was answered there', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'reached a few');
    await bot.workspace.until(() => bot.workspace.person('jon').messages('payments-ops').length === 1);
    expect(maria.ephemerals()).toEqual([]);
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'reached', 'briefly');
    await maria.submit();
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toBe(
      'Thank you. NM-1 is saved. Its card is in #payments-ops. You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.',
    );
    expectNoComplaints(bot);
  });

  test('nothing posted, where no card was wanted or could be', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await openStepOne(bot, 'maria', 'board', 'nothing posted now');
    await fillStepOne(bot, 'maria', 'among us');
    await maria.submit();
    await maria.close();
    expect((await ephemeralOf(bot, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. Nothing was posted.',
    );
    expectNoComplaints(bot);
  });

  test('posting is restricted', async () => {
    const bot = await botOnTheWire();
    bot.workspace.channel('payments-ops').isPostingRestricted = true;
    await shareAndSkip(bot, 'maria', 'seen in time');
    expect((await ephemeralOf(bot, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: posting is restricted. The near-miss is safe.',
    );
    expectNoComplaints(bot);
  });

  test('the app was taken out of the channel', async () => {
    const bot = await botOnTheWire({ decline: ['chat:write.public'] });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria');
    await workspace.until(() => callsOf(bot, 'conversations.info').some(({ outcome }) => outcome === 'ok'));
    maria.removeApp('payments-ops');
    await fillStepOne(bot, 'maria', 'seen in time');
    await maria.submit();
    await maria.close();
    expect((await ephemeralOf(bot, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: the app is not a member. The near-miss is safe.',
    );
    expectNoComplaints(bot);
  });

  test('the card waits for Slack: the confirmation does not wait for ever, and the card follows', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const limited = limitOps(bot);
    await shareAndSkip(bot, 'maria', 'seen in time');
    const told = await workspace.until(() => workspace.person('maria').ephemerals()[0], { ms: 20_000 });
    expect(told.text).toBe('Thank you. NM-1 is saved. Its card will follow as soon as Slack accepts it.');
    limited.remove();
    await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 1, {
      ms: 10_000,
    });
    expectNoComplaints(bot);
  });
});

describe('by direct message', () => {
  test('after the global shortcut and from Home, where there is no place to answer', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await maria.globalShortcut('share_from_anywhere');
    await stepOneOf(bot, 'maria');
    await fillStepOne(bot, 'maria', 'from anywhere');
    await maria.submit();
    await maria.close();
    const told = await dmOf(bot, 'maria', 'NM-1');
    expect(told.text).toBe('Thank you. NM-1 is saved. Nothing was posted.');
    expect(said(told)).toContain(BUTTONS);

    await maria.openHome();
    await workspace.until(() => maria.home());
    await maria.press('home', 'share_from_home');
    await stepOneOf(bot, 'maria');
    await fillStepOne(bot, 'maria', 'from Home');
    await maria.submit();
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.submit();
    await dmOf(bot, 'maria', 'NM-2 is saved.');
    expect(maria.ephemerals()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('after a restart, which forgets where it could answer', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'saved before');
    await bot.restart();
    await maria.close();
    expect((await dmOf(bot, 'maria', 'Thank you.')).text).toContain(
      'NM-1 is saved. Its card is in #payments-ops.',
    );
    expect(maria.ephemerals()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('names the channel, since there is no thread to call this one', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const root = workspace.person('jon').say('payments-ops', 'the invoices are wrong');
    await maria.messageShortcut('share_from_message', root);
    await stepOneOf(bot, 'maria');
    await maria.submit();
    await workspace.until(() => maria.thread('payments-ops', root.ts).length === 2);
    await bot.restart();
    await maria.close();
    expect((await dmOf(bot, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. Its card is in #payments-ops.',
    );
    expectNoComplaints(bot);
  });

  test('where Slack takes no more answers', async () => {
    const bot = await botOnTheWire();
    bot.workspace.faults.on('response_url', { kind: 'http', status: 404 });
    await shareAndSkip(bot, 'maria', 'a long while');
    await dmOf(bot, 'maria', 'NM-1 is saved.');
    expect(bot.workspace.person('maria').ephemerals()).toEqual([]);
    expectNoComplaints(bot);
  });
});

test('its buttons open what they say', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'seen in time');
  const { channel, ts } = await ephemeralOf(bot, 'maria', 'Thank you.');
  await maria.press({ channel, ts }, 'tell_more');
  await modalOf(bot, 'maria', 'Tell more', 'what went right');
  await maria.close();
  await maria.press({ channel, ts }, 'who_can_see');
  const view = await modalOf(bot, 'maria', 'Who can see this', 'Your name is on it.');
  expect(wordsOf(view)).toContain('Your name is on it. Its card is in #payments-ops.');
  expectNoComplaints(bot);
});
