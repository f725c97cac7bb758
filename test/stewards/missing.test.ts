import { describe, expect, test } from 'vitest';
import { MINUTE } from '../support/bot-on-a-store.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { holdTheDatabase, rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { settled } from '../support/outbox.ts';
import {
  askForPreview,
  botWithPreview,
  gone,
  press,
  previewOf,
  previewSays,
  SENT,
} from '../support/preview.ts';
import { dmOf, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';
import { becomesUnheard, chooseStewards, GUEST, homeSays, LEFT } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

describe('where one of them is a steward no longer', () => {
  test.each([
    ['now a guest', GUEST],
    ['now a guest', { isUltraRestricted: true }],
    ['no longer here', LEFT],
    ['an app, not a person', { isBot: true }],
    ['now with another organisation', { isStranger: true }],
  ] as const)(
    'the others hear on their Home that she is %s, and hers says nothing of it',
    async (now, to) => {
      const bot = await botWithDigest();
      const { workspace } = bot;
      const line = `Amira Haddad is no longer a steward: ${now}. Stewards are chosen with /nearmiss settings.`;
      await workspace.changePerson('amira', to);
      await homeSays(bot, 'jon', line);
      expect(wordsOf(workspace.person('jon').home())).toContain('For stewards');
      // Whoever left has no Home.
      if (now === 'now a guest') await homeSays(bot, 'amira', 'For stewards', false);
      // Chosen anew, nobody is missing.
      await workspace.person('jon').command('payments-ops', '/nearmiss settings');
      const asked = await modalOf(bot, 'jon', 'Settings', 'stewards');
      expect(wordsOf(asked)).toContain(`Amira Haddad is no longer a steward: ${now}.`);
      expect(JSON.stringify(asked.state.values)).not.toContain(workspace.person('amira').id);
      expect((await workspace.person('jon').submit()).errors).toEqual({});
      await homeSays(bot, 'jon', 'no longer a steward', false);
      expectNoComplaints(bot);
    },
  );

  test('they hear of it also where that happened while the app was down', async () => {
    const bot = await botWithDigest();
    await bot.stop();
    becomesUnheard(bot, 'amira', LEFT);
    await bot.restart();
    await homeSays(bot, 'jon', 'Amira Haddad is no longer a steward: no longer here.');
    expectNoComplaints(bot);
  });

  test('what was to be decided about is taken out of her messages, and nothing new comes', async () => {
    const { bot } = await botWithPreview();
    const { workspace } = bot;
    await workspace.changePerson('amira', GUEST);
    await gone(bot, 'amira');
    // It stands with the other, and what changes in it is drawn there alone.
    await tell(bot, 'maria', 'another', {});
    await press(bot, 'jon', await previewOf(bot, 'jon'), 'hold_digest');
    await modalOf(bot, 'jon', 'Hold the digest', 'until');
    await workspace.person('jon').submit();
    await previewSays(bot, 'jon', 'Jon Park holds it until');
    await settled(bot);
    expect(workspace.person('amira').dm().map(said).join()).not.toContain('the wrong rate');
    expect(workspace.person('amira').dm().map(said).join()).not.toContain('Preview');
    expectNoComplaints(bot);
  });

  test('a preview goes to those who are, and the words say to whom', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate');
    await bot.workspace.changePerson('amira', GUEST);
    await askForPreview(bot, 'jon', SENT.replace('all stewards', 'the steward'));
    await previewOf(bot, 'jon');
    await settled(bot);
    expect(bot.workspace.person('amira').dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('a preview that was on its way is not shown to her any more', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await tell(bot, 'maria', 'the wrong rate');
    const opening = workspace.faults.on(
      'conversations.open',
      { kind: 'error', error: 'internal_error' },
      { times: Number.POSITIVE_INFINITY, matching: ({ users }) => users === workspace.person('amira').id },
    );
    await askForPreview(bot, 'jon', SENT);
    await opening.struck;
    await workspace.changePerson('amira', GUEST);
    opening.remove();
    await previewOf(bot, 'jon');
    await settled(bot);
    expect(workspace.person('amira').dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('only those who are hear that the digest has nowhere to go', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await tell(bot, 'maria', 'the wrong rate');
    await workspace.changePerson('amira', GUEST);
    workspace.channel('learning').isArchived = true;
    await workspace.person('jon').command('payments-ops', '/nearmiss digest preview');
    await dmOf(bot, 'jon', 'The digest could not be posted in #learning');
    await settled(bot);
    expect(workspace.person('amira').dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('who comes back is one again: nobody chose otherwise', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await workspace.changePerson('amira', LEFT);
    await homeSays(bot, 'jon', 'Amira Haddad is no longer a steward');
    await workspace.changePerson('amira', { isDeleted: false });
    await homeSays(bot, 'jon', 'no longer a steward', false);
    await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'amira', 'There is nothing new for a digest yet.');
    expectNoComplaints(bot);
  });

  test('an event about nobody, or about somebody nobody knows, changes nothing', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const before = rows(bot, 'select settings from workspaces');
    await workspace.sendEvent({ type: 'user_change' });
    await workspace.sendEvent({ type: 'user_change', user: {} });
    await workspace.sendEvent({ type: 'user_change', user: { id: 'U0UNKNOWN0', deleted: true } });
    await workspace.changePerson('sam', GUEST);
    await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'amira', 'There is nothing new for a digest yet.');
    expect(rows(bot, 'select settings from workspaces')).toEqual(before);
    expect(bot.logged()).not.toContain('could not be answered');
    expectNoComplaints(bot);
  });

  test('somebody who is called otherwise by now is named so', async () => {
    const bot = await botWithDigest();
    await bot.workspace.changePerson('amira', { realName: 'Amira Nasser' });
    await bot.workspace.person('maria').command('payments-ops', '/nearmiss help');
    await ephemeralOf(bot, 'maria', 'Looked after by Jon Park and Amira Nasser.');
    expectNoComplaints(bot);
  });

  test('an event that comes late makes nobody a steward whom Slack calls a guest', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await workspace.changePerson('amira', GUEST);
    await homeSays(bot, 'jon', 'now a guest');
    // From before she was one: her new status.
    const user = { id: workspace.person('amira').id, team_id: workspace.state.team.id, name: 'amira' };
    await workspace.sendEvent({ type: 'user_change', user });
    await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'amira', 'Only the steward, Jon Park, can publish the digest.');
    expectNoComplaints(bot);
  });

  test('nor does an answer that Slack began before she became one', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const amira = workspace.person('amira');
    bot.advance(5 * MINUTE);
    const asked = workspace.faults.on(
      'users.info',
      { kind: 'hold', when: 'after' },
      { matching: ({ user }) => user === amira.id },
    );
    const pressed = amira.command('payments-ops', '/nearmiss digest now');
    await asked.struck;
    await workspace.changePerson('amira', GUEST);
    asked.release();
    await pressed;
    await ephemeralOf(bot, 'amira', 'Only the steward, Jon Park, can publish the digest.');
    expectNoComplaints(bot);
  });
});

describe('when the last one is gone', () => {
  test('an admin chooses again, everybody else hears who does, and the digest is posted all the same', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await chooseStewards(bot, 'jon', ['amira']);
    await workspace.changePerson('amira', LEFT);
    await workspace.person('maria').command('payments-ops', '/nearmiss digest settings');
    await modalOf(
      bot,
      'maria',
      'The weekly digest',
      'Nobody looks after near-misses here now. A workspace admin or owner can choose the stewards with /nearmiss settings.',
    );
    await workspace.person('jon').command('payments-ops', '/nearmiss help');
    const help = said(await ephemeralOf(bot, 'jon', 'For admins'));
    expect(help).toContain('`/nearmiss settings` who looks after near-misses');
    expect(help).not.toContain('Looked after by');
    await chooseStewards(bot, 'jon', ['sam']);
    await workspace.person('sam').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'sam', 'There is nothing new for a digest yet.');
    expectNoComplaints(bot);
  });

  test('an admin who was the last of them and is a guest now does not', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['jon']);
    await bot.workspace.changePerson('jon', GUEST);
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss settings');
    await modalOf(bot, 'jon', 'Settings', 'Nobody looks after near-misses here now.');
    expectNoComplaints(bot);
  });
});

test('what cannot be noted because the database is busy is noted by and by, and she is none already', async () => {
  const bot = await botWithDigest();
  const { workspace } = bot;
  const release = holdTheDatabase(bot);
  const heard = workspace.changePerson('amira', GUEST);
  await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
  await ephemeralOf(bot, 'amira', 'Only the steward, Jon Park, can publish the digest.');
  release();
  await heard;
  await bot.restart();
  await homeSays(bot, 'jon', 'Amira Haddad is no longer a steward: now a guest.');
  expectNoComplaints(bot);
});
