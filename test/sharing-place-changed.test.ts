import { expect, test } from 'vitest';
import {
  callsOf,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  openStepOne,
  questionsOf,
  rows,
  stepOneOf,
  wordsOf,
} from './doing.ts';
import { type Office, openOffice } from './office.ts';
import { chosen } from './step-one-choices.ts';

const STORED = 'select audience, channel_kind from near_misses';
const FOR_ITS_MEMBERS = [{ audience: 'channel', channel_kind: 'private' }];

/** Step 1 was drawn in this channel, and Slack said what it is: from now on the app need not ask for a while. */
async function knownAs(office: Office, channel: string): Promise<void> {
  await openStepOne(office, 'jon', channel);
  await office.workspace.until(() => callsOf(office, 'conversations.info').at(-1)?.outcome === 'ok');
  await office.workspace.person('jon').close();
  // The app has read that answer once it has answered something that was asked after it.
  await office.workspace.person('jon').command(channel, '/nearmiss help');
  await ephemeralOf(office, 'jon', 'Near-misses: things that nearly went wrong');
}

/** Nothing more is said of any conversation until it is released. */
const silence = ({ workspace }: Office) =>
  workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });

test('a channel made private since Slack was asked is for its members, on the screen and as it is stored', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await knownAs(office, 'payments-ops');
  workspace.channel('payments-ops').kind = 'private';
  const silent = silence(office);
  const view = await openStepOne(office, 'maria');
  expect(chosen(view, 'audience')).toBe('channel');
  expect(wordsOf(view)).toContain('Only members of #payments-ops can read the story');
  await maria.change('view', 'summary', 'not for everyone');
  await maria.submit();
  expect(rows(office, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(office);
});

test('the same from the menu of a message', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await knownAs(office, 'payments-ops');
  const message = maria.say('payments-ops', 'the totals are low');
  workspace.channel('payments-ops').kind = 'private';
  const silent = silence(office);
  await maria.messageShortcut('share_from_message', message);
  expect(chosen(await stepOneOf(office, 'maria'), 'audience')).toBe('channel');
  await maria.submit();
  expect(rows(office, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(office);
});

test('what was known is doubted then: Slack is asked again, and what it says is known from then on', async () => {
  const office = await openOffice();
  const { workspace } = office;
  await knownAs(office, 'quiet');
  workspace.channel('quiet').kind = 'private';
  // The app is not in it, so that by now it is told nothing of it.
  await openStepOne(office, 'maria', 'quiet', 'Only you can read the story');
  expect(questionsOf(workspace.person('maria').view())).not.toContain('Post a short card');
  await workspace.until(() => callsOf(office, 'conversations.info')[1]?.outcome === 'channel_not_found');
  expectNoComplaints(office);
});

test('where Slack still says that it is public, the more private of the two counts', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await knownAs(office, 'payments-ops');
  const channel = workspace.channel('payments-ops');
  channel.kind = 'private';
  const asked = silence(office);
  await openStepOne(office, 'maria', 'payments-ops', 'Only members of #payments-ops');
  await asked.struck;
  // An answer from before it was made private, as one server of Slack's may give it.
  channel.kind = 'public';
  asked.release();
  await workspace.until(() => callsOf(office, 'conversations.info').every(({ outcome }) => outcome === 'ok'));
  await maria.change('view', 'summary', 'still not for everyone');
  await maria.submit();
  expect(rows(office, STORED)).toEqual(FOR_ITS_MEMBERS);
  expectNoComplaints(office);
});

test('a modal that stood there learns it from what somebody else did meanwhile', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await openStepOne(office, 'maria', 'payments-ops', 'Everyone at Acme can read');
  await maria.change('view', 'summary', 'for everyone, as it said');
  workspace.channel('payments-ops').kind = 'private';
  const silent = silence(office);
  await openStepOne(office, 'jon');
  await maria.submit();
  expect(rows(office, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(office);
});

test('also where Slack never said what it is', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  const silent = silence(office);
  await openStepOne(office, 'maria', 'payments-ops', 'Everyone at Acme can read');
  await maria.change('view', 'summary', 'for everyone, as it said');
  workspace.channel('payments-ops').kind = 'private';
  await workspace.person('jon').command('payments-ops', '/nearmiss help');
  await maria.submit();
  expect(rows(office, STORED)).toEqual(FOR_ITS_MEMBERS);
  silent.release();
  expectNoComplaints(office);
});

test.each([
  ['directmessage', 'im'],
  ['mpdm-maria--jon--amira-1', 'mpim'],
] as const)(
  'a conversation that is called %s is for the people in it, whatever was known',
  async (name, kind) => {
    const office = await openOffice({
      channels: [{ name: 'talk', id: 'C0TALK0000', members: ['maria', 'jon', 'amira'], app: true }],
    });
    const { workspace } = office;
    const maria = workspace.person('maria');
    await knownAs(office, 'talk');
    Object.assign(workspace.channel('talk'), { kind, name });
    const silent = silence(office);
    const view = await openStepOne(office, 'maria', 'C0TALK0000');
    expect(chosen(view, 'audience')).toBe('channel');
    expect(wordsOf(view)).toContain('Only the people in this conversation can read the story.');
    await maria.change('view', 'summary', 'between us');
    await maria.submit();
    expect(rows(office, STORED)).toEqual([{ audience: 'channel', channel_kind: 'direct' }]);
    silent.release();
    expectNoComplaints(office);
  },
);

test('one made public since is for its members until Slack says so, and then for everyone', async () => {
  const office = await openOffice();
  const { workspace } = office;
  await knownAs(office, 'finance-leads');
  workspace.channel('finance-leads').kind = 'public';
  const asked = silence(office);
  expect(chosen(await openStepOne(office, 'maria', 'finance-leads'), 'audience')).toBe('channel');
  await asked.struck;
  asked.release();
  await modalOf(office, 'maria', 'Share a near-miss', 'Everyone at Acme can read the story');
  expectNoComplaints(office);
});

test('what somebody chose for a private channel is theirs to choose', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await knownAs(office, 'payments-ops');
  workspace.channel('payments-ops').kind = 'private';
  await openStepOne(office, 'maria', 'payments-ops', 'Only members of #payments-ops');
  await maria.change('view', 'summary', 'everyone may learn from it');
  await maria.change('view', 'audience', 'everyone');
  await stepOneOf(office, 'maria', 'Everyone at Acme can read the story');
  await maria.submit();
  expect(rows(office, STORED)).toEqual([{ audience: 'everyone', channel_kind: 'private' }]);
  expectNoComplaints(office);
});
