import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { openStepOne, stepOneOf } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { chosenIn, ephemeralOf, modalOf, questionsOf, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

const STORED = 'select audience, channel_kind from near_misses';
const FOR_ITS_MEMBERS = [{ audience: 'channel', channel_kind: 'private' }];

/** Step 1 was drawn in this channel, and Slack said what it is: from now on the app need not ask for a while. */
async function knownAs(bot: BotOnTheWire, channel: string): Promise<void> {
  await openStepOne(bot, 'jon', channel);
  await bot.workspace.until(() => callsOf(bot, 'conversations.info').at(-1)?.outcome === 'ok');
  await bot.workspace.person('jon').close();
  // The app has read that answer once it has answered something that was asked after it.
  await bot.workspace.person('jon').command(channel, '/nearmiss help');
  await ephemeralOf(bot, 'jon', 'Near-misses: things that nearly went wrong');
}

/** Nothing more is said of any conversation until it is released. */
const silence = ({ workspace }: BotOnTheWire) =>
  workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });

test('a channel made private since Slack was asked is for its members, on the screen and as it is stored', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await knownAs(bot, 'payments-ops');
  workspace.channel('payments-ops').kind = 'private';
  const silent = silence(bot);
  const view = await openStepOne(bot, 'maria');
  expect(chosenIn(view, 'audience')).toBe('channel');
  expect(wordsOf(view)).toContain('Only members of #payments-ops can read the story');
  await maria.change('view', 'summary', 'not for everyone');
  await maria.submit();
  expect(rows(bot, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(bot);
});

test('the same from the menu of a message', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await knownAs(bot, 'payments-ops');
  const message = maria.say('payments-ops', 'the totals are low');
  workspace.channel('payments-ops').kind = 'private';
  const silent = silence(bot);
  await maria.messageShortcut('share_from_message', message);
  expect(chosenIn(await stepOneOf(bot, 'maria'), 'audience')).toBe('channel');
  await maria.submit();
  expect(rows(bot, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(bot);
});

test('what was known is doubted then: Slack is asked again, and what it says is known from then on', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await knownAs(bot, 'quiet');
  workspace.channel('quiet').kind = 'private';
  // The app is not in it, so that by now it is told nothing of it.
  await openStepOne(bot, 'maria', 'quiet', 'Only you can read the story');
  expect(questionsOf(workspace.person('maria').view())).not.toContain('Post a short card');
  await workspace.until(() => callsOf(bot, 'conversations.info')[1]?.outcome === 'channel_not_found');
  expectNoComplaints(bot);
});

test('where Slack still says that it is public, the more private of the two counts', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await knownAs(bot, 'payments-ops');
  const channel = workspace.channel('payments-ops');
  channel.kind = 'private';
  const asked = silence(bot);
  await openStepOne(bot, 'maria', 'payments-ops', 'Only members of #payments-ops');
  await asked.struck;
  // An answer from before it was made private, as one server of Slack's may give it.
  channel.kind = 'public';
  asked.release();
  await workspace.until(() => callsOf(bot, 'conversations.info').every(({ outcome }) => outcome === 'ok'));
  await maria.change('view', 'summary', 'still not for everyone');
  await maria.submit();
  expect(rows(bot, STORED)).toEqual(FOR_ITS_MEMBERS);
  expectNoComplaints(bot);
});

test('a modal that stood there learns it from what somebody else did meanwhile', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await openStepOne(bot, 'maria', 'payments-ops', 'Everyone at Acme can read');
  await maria.change('view', 'summary', 'for everyone, as it said');
  workspace.channel('payments-ops').kind = 'private';
  const silent = silence(bot);
  await openStepOne(bot, 'jon');
  await maria.submit();
  expect(rows(bot, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(bot);
});

test('also where Slack never said what it is', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  const silent = silence(bot);
  await openStepOne(bot, 'maria', 'payments-ops', 'Everyone at Acme can read');
  await maria.change('view', 'summary', 'for everyone, as it said');
  workspace.channel('payments-ops').kind = 'private';
  await workspace.person('jon').command('payments-ops', '/nearmiss help');
  await maria.submit();
  expect(rows(bot, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(bot);
});

test.each([
  ['directmessage', 'im'],
  ['mpdm-maria--jon--amira-1', 'mpim'],
] as const)(
  'a conversation that is called %s is for the people in it, whatever was known',
  async (name, kind) => {
    const bot = await botOnTheWire({
      channels: [{ name: 'talk', id: 'C0TALK0000', members: ['maria', 'jon', 'amira'], app: true }],
    });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await knownAs(bot, 'talk');
    Object.assign(workspace.channel('talk'), { kind, name });
    const silent = silence(bot);
    const view = await openStepOne(bot, 'maria', 'C0TALK0000');
    expect(chosenIn(view, 'audience')).toBe('channel');
    expect(wordsOf(view)).toContain('Only the people in this conversation can read the story.');
    await maria.change('view', 'summary', 'between us');
    await maria.submit();
    expect(rows(bot, STORED)).toEqual([{ audience: 'channel', channel_kind: 'direct' }]);
    silent.release();
    expectNoComplaints(bot);
  },
);

test('one made public since is for its members until Slack says so, and then for everyone', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await knownAs(bot, 'finance-leads');
  workspace.channel('finance-leads').kind = 'public';
  const asked = silence(bot);
  expect(chosenIn(await openStepOne(bot, 'maria', 'finance-leads'), 'audience')).toBe('channel');
  await asked.struck;
  asked.release();
  await modalOf(bot, 'maria', 'Share a near-miss', 'Everyone at Acme can read the story');
  expectNoComplaints(bot);
});

test('what somebody chose for a private channel is theirs to choose', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await knownAs(bot, 'payments-ops');
  workspace.channel('payments-ops').kind = 'private';
  await openStepOne(bot, 'maria', 'payments-ops', 'Only members of #payments-ops');
  await maria.change('view', 'summary', 'everyone may learn from it');
  await maria.change('view', 'audience', 'everyone');
  await stepOneOf(bot, 'maria', 'Everyone at Acme can read the story');
  await maria.submit();
  expect(rows(bot, STORED)).toEqual([{ audience: 'everyone', channel_kind: 'private' }]);
  expectNoComplaints(bot);
});
