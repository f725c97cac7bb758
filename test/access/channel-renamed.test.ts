import { expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { openStepOne, shareAndSkip } from '../support/capture.ts';
import { onlyId, rows } from '../support/database.ts';
import { botWithDigest, setUpDigest } from '../support/digest.ts';
import { ephemeralOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { changeWhoCanSee, lend, openChange, show } from '../support/story.ts';

const RENAMED = 'It can be in the digest in #lessons.';

/** What Slack says of any conversation from now on does not come. */
const silence = ({ workspace }: BotOnTheWire) =>
  workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );

test('a renamed channel of the digest is promised under its new name from the first that is heard of it', async () => {
  const bot = await botWithDigest();
  const { workspace } = bot;
  await openStepOne(bot, 'maria', 'payments-ops', 'It can be in the digest in #learning.');
  await workspace.person('maria').close();
  workspace.channel('learning').name = 'lessons';
  silence(bot);
  await workspace.person('jon').command('lessons', '/nearmiss help');
  await openStepOne(bot, 'maria', 'payments-ops', RENAMED);
  expectNoComplaints(bot);
});

test('and after a restart, where Slack says it', async () => {
  const bot = await botWithDigest();
  bot.workspace.channel('learning').name = 'lessons';
  await bot.restart();
  await openStepOne(bot, 'maria', 'payments-ops', RENAMED);
  // It is kept: Slack need not say it again.
  silence(bot);
  await bot.workspace.person('maria').close();
  await bot.restart();
  await openStepOne(bot, 'maria', 'payments-ops', RENAMED);
  expectNoComplaints(bot);
});

test('where the digest goes is asked under its new name before it is published', async () => {
  const bot = await botWithDigest();
  const { workspace } = bot;
  await shareAndSkip(bot, 'maria', 'seen in time');
  workspace.channel('learning').name = 'lessons';
  await workspace.person('jon').command('lessons', '/nearmiss digest now');
  await modalOf(bot, 'jon', 'Publish the digest now?', 'One story will be posted in #lessons');
  expectNoComplaints(bot);
});

test('a digest that was set up elsewhere meanwhile does not get the name of the channel before', async () => {
  const bot = await botWithDigest();
  const { workspace } = bot;
  workspace.channel('learning').name = 'lessons';
  await workspace.person('jon').command('lessons', '/nearmiss help');
  await setUpDigest(bot, 'jon', { channel: 'payments-ops' });
  await bot.restart();
  await openStepOne(bot, 'maria', 'quiet', 'It can be in the digest in #payments-ops.');
  expectNoComplaints(bot);
});

test('a private channel of the digest is promised to everybody under the name it was chosen by', async () => {
  const bot = await botWithDigest({ channel: 'finance-leads' });
  const { workspace } = bot;
  workspace.channel('finance-leads').name = 'layoffs';
  await bot.restart();
  await workspace.person('jon').command('layoffs', '/nearmiss help');
  await openStepOne(bot, 'amira', 'payments-ops', 'It can be in the digest in #finance-leads.');
  expect(JSON.stringify(rows(bot, 'select channel_name from digest_definitions'))).not.toContain('layoffs');
  expectNoComplaints(bot);
});

test('step 1 says the name the channel has where it is opened, whatever Slack had answered', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await openStepOne(bot, 'maria', 'payments-ops', 'A card goes into #payments-ops');
  await workspace.person('maria').close();
  workspace.channel('payments-ops').name = 'payments';
  silence(bot);
  await openStepOne(bot, 'maria', 'payments', 'A card goes into #payments when you save.');
  await workspace.person('maria').change('view', 'summary', 'seen in time');
  await workspace.person('maria').submit();
  expect(rows(bot, 'select channel_name from near_misses')).toEqual([{ channel_name: 'payments' }]);
  expectNoComplaints(bot);
});

/** Everything that says where a near-miss of the only one there is stays, to whoever shared it. */
async function saidToMaria(bot: BotOnTheWire): Promise<string[]> {
  const maria = bot.workspace.person('maria');
  const shown = await show(bot, 'maria', 'NM-1');
  await maria.press(placeOf(shown), 'card_more', `who_can_see:${onlyId(bot)}`);
  const who = wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'Only members of'));
  await maria.close();
  await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(bot)}`);
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  const change = wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'tier'));
  await maria.close({ all: true });
  return [who, change];
}

test.each([
  ['at once', async () => undefined],
  ['after a restart', (bot: BotOnTheWire) => bot.restart()],
])('what was shared in it is promised to stay under its new name, %s', async (_when, meanwhile) => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await shareAndSkip(bot, 'maria', 'seen in time', { audience: 'channel' });
  workspace.channel('payments-ops').name = 'payments';
  await workspace.person('jon').command('payments', '/nearmiss help');
  await meanwhile(bot);
  workspace.addChannel({ name: 'payments-ops', id: 'C0OTHER000', members: ['maria'] });
  const [who = '', change = ''] = await saidToMaria(bot);
  expect(who).toContain('Only members of #payments can read the story');
  expect(change).toContain('Only members of #payments\n');
  expect(who + change).not.toContain('#payments-ops');
  expectNoComplaints(bot);
});

test('what somebody adds is promised to stay under the new name as well', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const jon = workspace.person('jon');
  await shareAndSkip(bot, 'maria', 'seen in time', { audience: 'channel' });
  await lend(bot, 'jon', 'NM-1', 'open ten by hand');
  await openChange(bot, 'maria', 'payments-ops');
  await changeWhoCanSee(bot, 'maria', { audience: 'everyone' });
  workspace.channel('payments-ops').name = 'payments';
  await jon.command('payments', '/nearmiss show NM-1');
  const shown = await ephemeralOf(bot, 'jon', 'seen in time');
  await jon.press(placeOf(shown), 'tell_more');
  await modalOf(bot, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'went_right' });
  await modalOf(bot, 'jon', 'What went right', 'What you add here stays in #payments,');
  expectNoComplaints(bot);
});

test('a private channel that was renamed gives its new name to nobody who left it', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await openStepOne(bot, 'maria', 'ledger', 'Only members of #ledger');
  await maria.change('view', 'summary', 'two reports differed');
  await maria.submit();
  await maria.close();
  await ephemeralOf(bot, 'maria', 'Thank you.');
  await maria.leave('ledger');
  workspace.channel('ledger').name = 'ledger-layoffs';
  await bot.goTo(bot.now() + DAY);
  const left = (await saidToMaria(bot)).join('\n');
  expect(left).toContain('Only members of #ledger');
  expect(left).not.toContain('layoffs');
  workspace.channel('ledger-layoffs').members.add(maria.id);
  await bot.goTo(bot.now() + DAY);
  expect((await saidToMaria(bot)).join('\n')).toContain('Only members of #ledger-layoffs');
  expectNoComplaints(bot);
});

test('without a digest, a renamed channel is nothing to keep', async () => {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon']);
  bot.workspace.channel('learning').name = 'lessons';
  await bot.workspace.person('jon').command('lessons', '/nearmiss help');
  await bot.restart();
  expect(rows(bot, 'select * from digest_definitions')).toEqual([]);
  expectNoComplaints(bot);
});
