import { describe, expect, test } from 'vitest';
import { MINUTE } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { holdTheDatabase } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { ephemeralOf, inputOf, modalOf, wordsOf } from '../support/screen.ts';
import { chooseStewards, silentAbout } from '../support/stewards.ts';

const NOBODY_YET =
  'Nobody looks after near-misses here yet. A workspace admin or owner can choose the stewards with /nearmiss settings.';
const onlyStewards = (can: string) => `Only the stewards can ${can}. They are Jon Park and Amira Haddad.`;

async function opened(bot: BotOnTheWire, who: string, has: string) {
  await bot.workspace.person(who).command('payments-ops', '/nearmiss settings');
  return modalOf(bot, who, 'Settings', has);
}

describe('who chooses the stewards', () => {
  test('the first admin to open the settings does, and is told who looks after near-misses now', async () => {
    const bot = await botOnTheWire();
    const jon = bot.workspace.person('jon');
    const asked = await opened(bot, 'jon', 'stewards');
    expect(inputOf(asked, 'stewards').selected_users).toEqual([]);
    expect(wordsOf(asked)).toMatchInlineSnapshot(`
      "Who are the stewards?
      Stewards (colleagues who look after near-misses) run the digest, and can look up who shared something under "Only the stewards". Two or three is a good number.
      Choose people
      A new steward cannot look up names that were shared before. Somebody who stops being a steward can no longer look up any."
    `);
    await jon.change('view', 'stewards', ['jon', 'amira']);
    await jon.submit();
    await modalOf(
      bot,
      'jon',
      'Settings',
      'Saved. Jon Park and Amira Haddad look after near-misses from now on.',
    );
    expectNoComplaints(bot);
  });

  test('an owner may as well; anybody else is told who can', async () => {
    const bot = await botOnTheWire({
      people: [{ handle: 'maria' }, { handle: 'dana', isOwner: true }, { handle: 'gus', isRestricted: true }],
      channels: [{ name: 'payments-ops', members: ['maria', 'dana', 'gus'], app: true }],
    });
    await opened(bot, 'maria', NOBODY_YET);
    await opened(bot, 'gus', NOBODY_YET);
    await opened(bot, 'dana', 'stewards');
    expectNoComplaints(bot);
  });

  test('afterwards only stewards do: an admin who is none hears who they are', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await chooseStewards(bot, 'jon', ['maria']);
    await opened(bot, 'jon', 'Only the steward, Maria Lopez, can change this.');
    const asked = await opened(bot, 'maria', 'stewards');
    expect(inputOf(asked, 'stewards').selected_users).toEqual([workspace.person('maria').id]);
    await workspace.person('maria').change('view', 'stewards', ['maria', 'sam']);
    await workspace.person('maria').submit();
    await modalOf(bot, 'maria', 'Settings', 'Maria Lopez and Sam Okoro look after');
    await opened(bot, 'sam', 'stewards');
    expectNoComplaints(bot);
  });

  test('when all of them have left, an admin chooses again', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await chooseStewards(bot, 'jon', ['maria']);
    await workspace.changePerson('maria', { isDeleted: true });
    await opened(
      bot,
      'amira',
      'Nobody looks after near-misses here now. A workspace admin or owner can choose the stewards with /nearmiss settings.',
    );
    await opened(bot, 'jon', 'Who are the stewards?');
    expectNoComplaints(bot);
  });

  test('nor does an admin while Slack does not say whether the stewards are still there', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['amira']);
    bot.advance(5 * MINUTE);
    silentAbout(bot, 'amira');
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss settings');
    await modalOf(bot, 'jon', 'Settings', 'That could not be checked just now.');
    expectNoComplaints(bot);
  });

  test('a modal that stood open while somebody else chose changes nothing', async () => {
    const bot = await botOnTheWire({
      people: [{ handle: 'jon', isAdmin: true }, { handle: 'dana', isOwner: true }, { handle: 'maria' }],
      channels: [{ name: 'payments-ops', members: ['jon', 'dana', 'maria'], app: true }],
    });
    const dana = bot.workspace.person('dana');
    await opened(bot, 'dana', 'stewards');
    await chooseStewards(bot, 'jon', ['maria']);
    await dana.change('view', 'stewards', ['dana']);
    await dana.submit();
    expect(wordsOf(dana.view())).toBe('Only the steward, Maria, can change this.');
    await opened(bot, 'maria', 'stewards');
    expectNoComplaints(bot);
  });
});

describe('who cannot be a steward', () => {
  test.each([
    ['gus', 'Gus Guest'],
    ['olga', 'Olga Outside'],
    ['helper', 'Helper Bot'],
  ])('%s, and the modal says so with the choice still in it', async (handle, name) => {
    const bot = await botOnTheWire();
    const jon = bot.workspace.person('jon');
    await opened(bot, 'jon', 'stewards');
    await jon.change('view', 'stewards', ['jon', handle]);
    const { errors } = await jon.submit();
    expect(errors).toEqual({
      stewards: `Guests, apps and people from other organisations cannot be stewards: ${name}.`,
    });
    expect(inputOf(jon.view(), 'stewards').selected_users).toHaveLength(2);
    await jon.change('view', 'stewards', ['jon']);
    expect((await jon.submit()).errors).toEqual({});
    expectNoComplaints(bot);
  });

  test('somebody Slack will not tell about just now, until it does', async () => {
    const bot = await botOnTheWire();
    const jon = bot.workspace.person('jon');
    await opened(bot, 'jon', 'stewards');
    await jon.change('view', 'stewards', ['amira']);
    bot.workspace.faults.on('users.conversations', { kind: 'error', error: 'internal_error' });
    expect((await jon.submit()).errors).toEqual({
      stewards:
        'Slack did not say whether Amira Haddad can be a steward. Please press Save again in a moment.',
    });
    expect((await jon.submit()).errors).toEqual({});
    expectNoComplaints(bot);
  });
});

test('when the choice cannot be stored it stays in the modal', async () => {
  const bot = await botOnTheWire();
  const jon = bot.workspace.person('jon');
  await opened(bot, 'jon', 'stewards');
  await jon.change('view', 'stewards', ['amira']);
  const release = holdTheDatabase(bot);
  const { errors } = await jon.submit();
  release();
  expect(errors.stewards).toContain('This could not be saved just now.');
  expect((await jon.submit()).errors).toEqual({});
  expectNoComplaints(bot);
});

test('when Slack is silent the settings say so in place of "One moment."', async () => {
  const bot = await botOnTheWire();
  bot.workspace.faults.on('users.info', { kind: 'error', error: 'internal_error' });
  await opened(bot, 'jon', 'That could not be checked just now.');
  expectNoComplaints(bot);
});

describe('what stewards are told of and others are not', () => {
  const COMMANDS = ['digest settings', 'digest preview', 'digest now'];

  test('everybody but stewards gets a kind sentence, whatever the command', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    for (const who of ['maria', 'gus']) {
      for (const command of COMMANDS) {
        const person = workspace.person(who);
        await person.command('payments-ops', `/nearmiss ${command}`);
        if (command === 'digest settings')
          await modalOf(bot, who, 'The weekly digest', onlyStewards('change this'));
        else if (command === 'digest now') await ephemeralOf(bot, who, onlyStewards('publish the digest'));
        else await ephemeralOf(bot, who, onlyStewards('see a preview of the digest'));
      }
      await opened(bot, who, onlyStewards('change this'));
    }
    expectNoComplaints(bot);
  });

  test('the help says who looks after near-misses, and stewards what they can do', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const help = async (who: string) => {
      const person = workspace.person(who);
      const before = person.ephemerals().length;
      await person.command('payments-ops', '/nearmiss help');
      return wordsOf(await workspace.until(() => person.ephemerals().slice(before)[0]));
    };
    expect(await help('maria')).not.toMatch(/Looked after|settings/);
    const toAdmin = await help('jon');
    expect(toAdmin).toContain('*For admins*\n• `/nearmiss settings` who looks after near-misses');
    expect(toAdmin).not.toContain('digest');
    await chooseStewards(bot, 'jon', ['amira', 'sam']);
    expect(await help('maria')).toContain('Looked after by Amira Haddad and Sam Okoro. Ask them anything.');
    expect(await help('maria')).not.toMatch(/settings|digest/);
    expect(await help('jon')).not.toMatch(/settings|digest/);
    expect(await help('amira')).toContain(
      [
        '*For stewards*',
        '• `/nearmiss settings` who looks after near-misses',
        '• `/nearmiss digest settings` when and where the digest is posted',
        '• `/nearmiss digest preview` the next digest, for the stewards to see first',
        '• `/nearmiss digest now` publish the digest today',
      ].join('\n'),
    );
    expectNoComplaints(bot);
  });

  test("until a channel is chosen, stewards' Home says that nothing is posted", async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const needed = 'No digest is posted until its channel is chosen with /nearmiss digest settings.';
    await chooseStewards(bot, 'jon', ['amira']);
    // It is there for the one who was chosen, who need not open it anew.
    await workspace.until(() => wordsOf(workspace.person('amira').home()).includes(needed));
    await workspace.person('jon').openHome();
    expect(wordsOf(await workspace.until(() => workspace.person('jon').home()))).not.toContain('stewards');
    await workspace.person('amira').command('payments-ops', '/nearmiss digest settings');
    await modalOf(bot, 'amira', 'The weekly digest', 'channel');
    await workspace.person('amira').change('view', 'channel', workspace.channel('learning').id);
    await workspace.person('amira').submit();
    await workspace.until(() => !wordsOf(workspace.person('amira').home()).includes(needed));
    expectNoComplaints(bot);
  });

  test('before the digest is set up its commands say how to', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['jon']);
    const howTo = 'The digest is not set up yet. Choose a channel with /nearmiss digest settings first.';
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'jon', howTo);
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest preview');
    await bot.workspace.until(
      () =>
        bot.workspace
          .person('jon')
          .ephemerals()
          .filter(({ text }) => text === howTo).length === 2,
    );
    expectNoComplaints(bot);
  });

  test('somebody who is a steward no longer is not one in a modal that still stands there', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const amira = workspace.person('amira');
    await amira.command('payments-ops', '/nearmiss digest settings');
    await modalOf(bot, 'amira', 'The weekly digest', 'channel');
    await chooseStewards(bot, 'jon', ['jon']);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can change this.');
    expectNoComplaints(bot);
  });
});
