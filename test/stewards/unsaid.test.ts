import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { MINUTE } from '../support/bot-on-a-store.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { beginToShare, openStepOne } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { botWithPreview, press, storyIn } from '../support/preview.ts';
import { ephemeralOf, modalOf, typedIn, wordsOf } from '../support/screen.ts';
import { chooseStewards, GUEST, hears, homeSays, silentAbout } from '../support/stewards.ts';

describe('Slackbot, which Slack does not call an app,', () => {
  test('cannot be chosen', async () => {
    const bot = await botOnTheWire();
    const jon = bot.workspace.person('jon');
    await jon.command('payments-ops', '/nearmiss settings');
    await modalOf(bot, 'jon', 'Settings', 'stewards');
    await jon.change('view', 'stewards', ['USLACKBOT']);
    expect((await jon.submit()).errors).toEqual({
      stewards: 'Guests, apps and people from other organisations cannot be stewards: Slackbot.',
    });
    expectNoComplaints(bot);
  });

  test('locks nobody out where it was', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['amira']);
    await bot.stop();
    const { default: SQLite } = await import('better-sqlite3');
    const sqlite = new SQLite(bot.config.databasePath);
    sqlite.exec(`update workspaces set settings = '{"stewards":["USLACKBOT"]}'`);
    sqlite.close();
    await bot.restart();
    await openStepOne(bot, 'maria');
    expect(wordsOf(bot.workspace.person('maria').view())).not.toContain('Only the stewards');
    await chooseStewards(bot, 'jon', ['maria']);
    expectNoComplaints(bot);
  });
});

describe('while Slack does not say whether somebody still is one', () => {
  test('they are asked to try again, and what they typed stays', async () => {
    const { bot, toAmira } = await botWithPreview();
    const amira = bot.workspace.person('amira');
    await press(bot, 'amira', storyIn(toAmira, 'NM-2'), 'leave_one_out');
    await modalOf(bot, 'amira', 'Leave this out', 'line');
    await amira.change('view', 'line', 'it is not ready');
    bot.advance(5 * MINUTE);
    const silent = silentAbout(bot, 'amira');
    const sent = await amira.submit();
    expect(Object.values(sent.errors)).toEqual([
      'That could not be checked just now. Please try again in a moment.',
    ]);
    expect(typedIn(amira.view(), 'line')).toBe('it is not ready');
    silent.remove();
    expect((await amira.submit()).errors).toEqual({});
    expect(rows(bot, 'select line from digest_lines')).toEqual([{ line: 'it is not ready' }]);
    expectNoComplaints(bot);
  });

  test.each(['publish_digest', 'hold_digest'])('nothing comes of %s', async (action) => {
    const { bot, toAmira } = await botWithPreview();
    bot.advance(5 * MINUTE);
    silentAbout(bot, 'amira');
    await press(bot, 'amira', toAmira[0] as Message, action);
    await hears(bot, 'amira', 'That could not be checked just now.');
    expect(rows(bot, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(bot);
  });

  test('a question that Slack is long about takes no trigger away', async () => {
    const { bot, toAmira } = await botWithPreview();
    bot.advance(5 * MINUTE);
    const held = bot.workspace.faults.on(
      'users.info',
      { kind: 'hold', when: 'before' },
      { matching: ({ user }) => user === bot.workspace.person('amira').id },
    );
    await press(bot, 'amira', toAmira[0] as Message, 'hold_digest');
    await modalOf(bot, 'amira', 'Hold the digest', 'That could not be checked just now.');
    held.release();
    expectNoComplaints(bot);
  });

  test('nobody is promised that they can look up a name, nor is that kept', async () => {
    const bot = await botWithDigest();
    bot.advance(5 * MINUTE);
    silentAbout(bot, 'amira');
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss help');
    await ephemeralOf(bot, 'jon', 'Looked after by Jon Park.');
    await beginToShare(bot, 'maria', 'the wrong rate', { tier: 'confidential' });
    const maria = bot.workspace.person('maria');
    expect(wordsOf(maria.view())).toContain('Jon Park can look up your name;');
    expect(wordsOf(maria.view())).not.toContain('Amira');
    await maria.submit();
    expect(rows(bot, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([bot.workspace.person('jon').id]) },
    ]);
    expectNoComplaints(bot);
  });

  test('it is no news to the others', async () => {
    const bot = await botWithDigest();
    await bot.workspace.changePerson('amira', GUEST);
    await homeSays(bot, 'jon', 'now a guest');
    bot.advance(5 * MINUTE);
    silentAbout(bot, 'amira');
    const before = rows(bot, 'select settings from workspaces');
    await bot.restart();
    expect(rows(bot, 'select settings from workspaces')).toEqual(before);
    expectNoComplaints(bot);
  });
});
