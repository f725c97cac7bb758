import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { choose, fillStepOne, openStepOne, stepOneOf } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { chosenIn, ephemeralOf, questionsOf, ticked, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('what Slack says about the place after the modal opened', () => {
  test('a channel taken for public that is private is for its members alone, whatever the screen showed', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const secret = workspace.addChannel({ name: 'reorg', members: ['maria', 'jon'], app: true });
    // Made private the moment the modal opened: the payload still named it as a public one.
    const slow = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    await openStepOne(bot, 'maria', 'reorg');
    await slow.struck;
    secret.kind = 'private';
    await maria.change('view', 'summary', 'about the reorganisation');
    const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    slow.release();
    await drawing.struck;
    await maria.submit();
    expect(rows(bot, 'select audience, channel_kind from near_misses')).toEqual([
      { audience: 'channel', channel_kind: 'private' },
    ]);
    drawing.release();
    expectNoComplaints(bot);
  });

  test('where it says what was known, step 1 is not drawn again', async () => {
    const bot = await botOnTheWire();
    await openStepOne(bot, 'maria', 'payments-ops');
    await bot.workspace.until(() => callsOf(bot, 'conversations.info')[0]?.outcome === 'ok');
    await bot.workspace.person('maria').close();
    await openStepOne(bot, 'maria', 'payments-ops');
    // Everything that was begun is done when it has stopped.
    await bot.stop();
    expect(callsOf(bot, 'conversations.info')).toHaveLength(1);
    expect(callsOf(bot, 'views.update').map(({ args }) => args)).toEqual([]);
    expectNoComplaints(bot);
  });

  test('a channel taken for public that Slack hides from the app is for its members alone', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    bot.workspace.faults.on('conversations.info', { kind: 'error', error: 'channel_not_found' });
    await openStepOne(bot, 'maria', 'payments-ops', 'nothing posted now');
    expect(chosenIn(maria.view(), 'audience')).toBe('channel');
    await maria.change('view', 'summary', 'not for everyone');
    await maria.submit();
    expect(rows(bot, 'select audience, channel_kind from near_misses')).toEqual([
      { audience: 'channel', channel_kind: 'private' },
    ]);
    expectNoComplaints(bot);
  });

  test('a channel that turns out to be shared with another organisation gets no card that was ticked before', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await openStepOne(bot, 'maria', 'with-partner');
    await drawing.struck;
    expect(ticked(maria.view())).toBe(true);
    await maria.change('view', 'summary', 'not for our partner');
    await maria.submit();
    expect(rows(bot, 'select card_channel_id from near_misses')).toEqual([{ card_channel_id: null }]);
    drawing.release();
    expectNoComplaints(bot);
  });

  test.each([
    ['private', 'No name stored, for members of #sales, nothing posted now.', true],
    ['shared', 'No name stored, for everyone at Acme, nothing posted now.', false],
  ] as const)(
    'a choice made before it is known to be %s means what that place proposes',
    async (turnsOut, short, card) => {
      const bot = await botOnTheWire();
      const { workspace } = bot;
      const maria = workspace.person('maria');
      const place = workspace.addChannel({ name: 'sales', members: ['maria', 'jon'], app: true });
      const info = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
      await openStepOne(bot, 'maria', 'sales');
      await info.struck;
      if (turnsOut === 'private') place.kind = 'private';
      else place.isExtShared = true;
      const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
      info.release();
      await drawing.struck;
      await maria.change('view', 'tier', 'unattributed');
      drawing.release();
      await stepOneOf(bot, 'maria', short);
      await choose(bot, 'maria', 'tier', 'named');
      expect(chosenIn(maria.view(), 'audience')).toBe(turnsOut === 'private' ? 'channel' : 'everyone');
      expect(ticked(maria.view())).toBe(card);
      expectNoComplaints(bot);
    },
  );

  test('an archived one is drawn again without the card', async () => {
    const bot = await botOnTheWire();
    bot.workspace.channel('payments-ops').isArchived = true;
    const view = await openStepOne(bot, 'maria', 'payments-ops', 'nothing posted now');
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(bot);
  });

  test('archived after Save was pressed: the confirmation says so, and the near-miss is safe', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await openStepOne(bot, 'maria');
    workspace.channel('payments-ops').isArchived = true;
    await fillStepOne(bot, 'maria', 'too late for a card');
    await workspace.person('maria').submit();
    await workspace.person('maria').close();
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: the channel is archived. The near-miss is safe.',
    );
    expectNoComplaints(bot);
  });

  test('a public channel the app is not in gets its card all the same', async () => {
    const bot = await botOnTheWire();
    const view = await openStepOne(bot, 'maria', 'quiet');
    expect(wordsOf(view)).toContain('A card goes into #quiet when you save.');
    await fillStepOne(bot, 'maria', 'seen in quiet');
    await bot.workspace.person('maria').submit();
    await bot.workspace.until(() => bot.workspace.person('jon').messages('quiet').length === 1);
    expectNoComplaints(bot);
  });

  test('and where the scope for that was declined, no card is offered', async () => {
    const bot = await botOnTheWire({ decline: ['chat:write.public'] });
    const view = await openStepOne(bot, 'maria', 'quiet', 'nothing posted now');
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(bot);
  });
});
