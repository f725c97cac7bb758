import { describe, expect, test } from 'vitest';
import {
  askForPreview,
  chooseStewards,
  openScene,
  openSceneWithDigest,
  previewOf,
  tell,
} from './digest-scene.ts';
import {
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  holdTheDatabase,
  modalOf,
  rows,
  said,
  wordsOf,
} from './doing.ts';
import { gone, press, previewed, previewSays, SENT } from './preview-steps.ts';
import { becomesUnheard, GUEST, homeSays, LEFT, MINUTE, nothingWaits } from './steward-steps.ts';

describe('where one of them is a steward no longer', () => {
  test.each([
    ['now a guest', GUEST],
    ['now a guest', { isUltraRestricted: true }],
    ['no longer here', LEFT],
    ['an app, not a person', { isBot: true }],
  ] as const)(
    'the others hear on their Home that she is %s, and hers says nothing of it',
    async (now, to) => {
      const office = await openSceneWithDigest();
      const { workspace } = office;
      const line = `Amira Haddad is no longer a steward: ${now}. Stewards are chosen with /nearmiss settings.`;
      await workspace.changePerson('amira', to);
      await homeSays(office, 'jon', line);
      expect(wordsOf(workspace.person('jon').home())).toContain('For stewards');
      // Whoever left has no Home.
      if (now === 'now a guest') await homeSays(office, 'amira', 'For stewards', false);
      // Chosen anew, nobody is missing.
      await workspace.person('jon').command('payments-ops', '/nearmiss settings');
      const asked = await modalOf(office, 'jon', 'Settings', 'stewards');
      expect(wordsOf(asked)).toContain(`Amira Haddad is no longer a steward: ${now}.`);
      expect(JSON.stringify(asked.state.values)).not.toContain(workspace.person('amira').id);
      expect((await workspace.person('jon').submit()).errors).toEqual({});
      await homeSays(office, 'jon', 'no longer a steward', false);
      expectNoComplaints(office);
    },
  );

  test('they hear of it also where that happened while the app was down', async () => {
    const office = await openSceneWithDigest();
    await office.bot.stop();
    becomesUnheard(office, 'amira', LEFT);
    await office.restart();
    await homeSays(office, 'jon', 'Amira Haddad is no longer a steward: no longer here.');
    expectNoComplaints(office);
  });

  test('what was to be decided about is taken out of her messages, and nothing new comes', async () => {
    const { office } = await previewed();
    const { workspace } = office;
    await workspace.changePerson('amira', GUEST);
    await gone(office, 'amira');
    // It stands with the other, and what changes in it is drawn there alone.
    await tell(office, 'maria', 'another', {});
    await press(office, 'jon', await previewOf(office, 'jon'), 'hold_digest');
    await modalOf(office, 'jon', 'Hold the digest', 'until');
    await workspace.person('jon').submit();
    await previewSays(office, 'jon', 'Jon Park holds it until');
    await nothingWaits(office);
    expect(workspace.person('amira').dm().map(said).join()).not.toContain('the wrong rate');
    expect(workspace.person('amira').dm().map(said).join()).not.toContain('Preview');
    expectNoComplaints(office);
  });

  test('a preview goes to those who are, and the words say to whom', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate');
    await office.workspace.changePerson('amira', GUEST);
    await askForPreview(office, 'jon', SENT.replace('all stewards', 'the steward'));
    await previewOf(office, 'jon');
    await nothingWaits(office);
    expect(office.workspace.person('amira').dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('a preview that was on its way is not shown to her any more', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await tell(office, 'maria', 'the wrong rate');
    const opening = workspace.faults.on(
      'conversations.open',
      { kind: 'error', error: 'internal_error' },
      { times: Number.POSITIVE_INFINITY, matching: ({ users }) => users === workspace.person('amira').id },
    );
    await askForPreview(office, 'jon', SENT);
    await opening.struck;
    await workspace.changePerson('amira', GUEST);
    opening.remove();
    await previewOf(office, 'jon');
    await nothingWaits(office);
    expect(workspace.person('amira').dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('only those who are hear that the digest has nowhere to go', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await tell(office, 'maria', 'the wrong rate');
    await workspace.changePerson('amira', GUEST);
    workspace.channel('learning').isArchived = true;
    await workspace.person('jon').command('payments-ops', '/nearmiss digest preview');
    await dmOf(office, 'jon', 'The digest could not be posted in #learning');
    await nothingWaits(office);
    expect(workspace.person('amira').dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('who comes back is one again: nobody chose otherwise', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await workspace.changePerson('amira', LEFT);
    await homeSays(office, 'jon', 'Amira Haddad is no longer a steward');
    await workspace.changePerson('amira', { isDeleted: false });
    await homeSays(office, 'jon', 'no longer a steward', false);
    await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'amira', 'There is nothing new for a digest yet.');
    expectNoComplaints(office);
  });

  test('an event about nobody, or about somebody nobody knows, changes nothing', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const before = rows(office, 'select settings from workspaces');
    await workspace.sendEvent({ type: 'user_change' });
    await workspace.sendEvent({ type: 'user_change', user: {} });
    await workspace.sendEvent({ type: 'user_change', user: { id: 'U0UNKNOWN0', deleted: true } });
    await workspace.changePerson('sam', GUEST);
    await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'amira', 'There is nothing new for a digest yet.');
    expect(rows(office, 'select settings from workspaces')).toEqual(before);
    expect(office.logged()).not.toContain('could not be answered');
    expectNoComplaints(office);
  });

  test('somebody who is called otherwise by now is named so', async () => {
    const office = await openSceneWithDigest();
    await office.workspace.changePerson('amira', { realName: 'Amira Nasser' });
    await office.workspace.person('maria').command('payments-ops', '/nearmiss help');
    await ephemeralOf(office, 'maria', 'Looked after by Jon Park and Amira Nasser.');
    expectNoComplaints(office);
  });

  test('an event that comes late makes nobody a steward whom Slack calls a guest', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await workspace.changePerson('amira', GUEST);
    await homeSays(office, 'jon', 'now a guest');
    // From before she was one: her new status.
    const user = { id: workspace.person('amira').id, team_id: workspace.state.team.id, name: 'amira' };
    await workspace.sendEvent({ type: 'user_change', user });
    await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'amira', 'Only the steward, Jon Park, can publish the digest.');
    expectNoComplaints(office);
  });

  test('nor does an answer that Slack began before she became one', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const amira = workspace.person('amira');
    office.letPass(5 * MINUTE);
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
    await ephemeralOf(office, 'amira', 'Only the steward, Jon Park, can publish the digest.');
    expectNoComplaints(office);
  });
});

describe('when the last one is gone', () => {
  test('an admin chooses again, everybody else hears who does, and the digest is posted all the same', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await chooseStewards(office, 'jon', ['amira']);
    await workspace.changePerson('amira', LEFT);
    await workspace.person('maria').command('payments-ops', '/nearmiss digest settings');
    await modalOf(
      office,
      'maria',
      'The weekly digest',
      'Nobody looks after near-misses here now. A workspace admin or owner can choose the stewards with /nearmiss settings.',
    );
    await workspace.person('jon').command('payments-ops', '/nearmiss help');
    const help = said(await ephemeralOf(office, 'jon', 'For admins'));
    expect(help).toContain('`/nearmiss settings` who looks after near-misses');
    expect(help).not.toContain('Looked after by');
    await chooseStewards(office, 'jon', ['sam']);
    await workspace.person('sam').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'sam', 'There is nothing new for a digest yet.');
    expectNoComplaints(office);
  });

  test('an admin who was the last of them and is a guest now does not', async () => {
    const office = await openScene();
    await chooseStewards(office, 'jon', ['jon']);
    await office.workspace.changePerson('jon', GUEST);
    await office.workspace.person('jon').command('payments-ops', '/nearmiss settings');
    await modalOf(office, 'jon', 'Settings', 'Nobody looks after near-misses here now.');
    expectNoComplaints(office);
  });
});

test('what cannot be noted because the database is busy is noted by and by, and she is none already', async () => {
  const office = await openSceneWithDigest();
  const { workspace } = office;
  const release = holdTheDatabase(office);
  const heard = workspace.changePerson('amira', GUEST);
  await workspace.person('amira').command('payments-ops', '/nearmiss digest now');
  await ephemeralOf(office, 'amira', 'Only the steward, Jon Park, can publish the digest.');
  release();
  await heard;
  await office.restart();
  await homeSays(office, 'jon', 'Amira Haddad is no longer a steward: now a guest.');
  expectNoComplaints(office);
});
