import { describe, expect, test } from 'vitest';
import { type Message } from '../sandbox/state.ts';
import { chooseStewards, openScene, openSceneWithDigest } from './digest-scene.ts';
import {
  beginToShare,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  openStepOne,
  rows,
  typedIn,
  wordsOf,
} from './doing.ts';
import { press, previewed, storyIn } from './preview-steps.ts';
import { GUEST, hears, homeSays, MINUTE, silentAbout } from './steward-steps.ts';

describe('Slackbot, which Slack does not call an app,', () => {
  test('cannot be chosen', async () => {
    const office = await openScene();
    const jon = office.workspace.person('jon');
    await jon.command('payments-ops', '/nearmiss settings');
    await modalOf(office, 'jon', 'Settings', 'stewards');
    await jon.change('view', 'stewards', ['USLACKBOT']);
    expect((await jon.submit()).errors).toEqual({
      stewards: 'Guests, apps and people from other organisations cannot be stewards: Slackbot.',
    });
    expectNoComplaints(office);
  });

  test('locks nobody out where it was', async () => {
    const office = await openScene();
    await chooseStewards(office, 'jon', ['amira']);
    await office.bot.stop();
    const { default: SQLite } = await import('better-sqlite3');
    const sqlite = new SQLite(office.config.databasePath);
    sqlite.exec(`update workspaces set settings = '{"stewards":["USLACKBOT"]}'`);
    sqlite.close();
    await office.restart();
    await openStepOne(office, 'maria');
    expect(wordsOf(office.workspace.person('maria').view())).not.toContain('Only the stewards');
    await chooseStewards(office, 'jon', ['maria']);
    expectNoComplaints(office);
  });
});

describe('while Slack does not say whether somebody still is one', () => {
  test('they are asked to try again, and what they typed stays', async () => {
    const { office, toAmira } = await previewed();
    const amira = office.workspace.person('amira');
    await press(office, 'amira', storyIn(toAmira, 'NM-2'), 'leave_one_out');
    await modalOf(office, 'amira', 'Leave this out', 'line');
    await amira.change('view', 'line', 'it is not ready');
    office.letPass(5 * MINUTE);
    const silent = silentAbout(office, 'amira');
    const sent = await amira.submit();
    expect(Object.values(sent.errors)).toEqual([
      'That could not be checked just now. Please try again in a moment.',
    ]);
    expect(typedIn(amira.view(), 'line')).toBe('it is not ready');
    silent.remove();
    expect((await amira.submit()).errors).toEqual({});
    expect(rows(office, 'select line from digest_lines')).toEqual([{ line: 'it is not ready' }]);
    expectNoComplaints(office);
  });

  test.each(['publish_digest', 'hold_digest'])('nothing comes of %s', async (action) => {
    const { office, toAmira } = await previewed();
    office.letPass(5 * MINUTE);
    silentAbout(office, 'amira');
    await press(office, 'amira', toAmira[0] as Message, action);
    await hears(office, 'amira', 'That could not be checked just now.');
    expect(rows(office, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(office);
  });

  test('a question that Slack is long about takes no trigger away', async () => {
    const { office, toAmira } = await previewed();
    office.letPass(5 * MINUTE);
    const held = office.workspace.faults.on(
      'users.info',
      { kind: 'hold', when: 'before' },
      { matching: ({ user }) => user === office.workspace.person('amira').id },
    );
    await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
    await modalOf(office, 'amira', 'Hold the digest', 'That could not be checked just now.');
    held.release();
    expectNoComplaints(office);
  });

  test('nobody is promised that they can look up a name, nor is that kept', async () => {
    const office = await openSceneWithDigest();
    office.letPass(5 * MINUTE);
    silentAbout(office, 'amira');
    await office.workspace.person('jon').command('payments-ops', '/nearmiss help');
    await ephemeralOf(office, 'jon', 'Looked after by Jon Park.');
    await beginToShare(office, 'maria', 'the wrong rate', { tier: 'confidential' });
    const maria = office.workspace.person('maria');
    expect(wordsOf(maria.view())).toContain('Jon Park can look up your name;');
    expect(wordsOf(maria.view())).not.toContain('Amira');
    await maria.submit();
    expect(rows(office, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([office.workspace.person('jon').id]) },
    ]);
    expectNoComplaints(office);
  });

  test('it is no news to the others', async () => {
    const office = await openSceneWithDigest();
    await office.workspace.changePerson('amira', GUEST);
    await homeSays(office, 'jon', 'now a guest');
    office.letPass(5 * MINUTE);
    silentAbout(office, 'amira');
    const before = rows(office, 'select settings from workspaces');
    await office.restart();
    expect(rows(office, 'select settings from workspaces')).toEqual(before);
    expectNoComplaints(office);
  });
});
