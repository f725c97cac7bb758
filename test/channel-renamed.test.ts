import { expect, test } from 'vitest';
import { changeWhoCanSee, openChange } from './change-steps.ts';
import { chooseStewards, DAY, lend, openScene, openSceneWithDigest, setUpDigest } from './digest-scene.ts';
import {
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  onlyId,
  openStepOne,
  placeOf,
  rows,
  shareAndSkip,
  show,
  wordsOf,
} from './doing.ts';
import type { Office } from './office.ts';

const RENAMED = 'It can be in the digest in #lessons.';

/** What Slack says of any conversation from now on does not come. */
const silence = ({ workspace }: Office) =>
  workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );

test('a renamed channel of the digest is promised under its new name from the first that is heard of it', async () => {
  const office = await openSceneWithDigest();
  const { workspace } = office;
  await openStepOne(office, 'maria', 'payments-ops', 'It can be in the digest in #learning.');
  await workspace.person('maria').close();
  workspace.channel('learning').name = 'lessons';
  silence(office);
  await workspace.person('jon').command('lessons', '/nearmiss help');
  await openStepOne(office, 'maria', 'payments-ops', RENAMED);
  expectNoComplaints(office);
});

test('and after a restart, where Slack says it', async () => {
  const office = await openSceneWithDigest();
  office.workspace.channel('learning').name = 'lessons';
  await office.restart();
  await openStepOne(office, 'maria', 'payments-ops', RENAMED);
  // It is kept: Slack need not say it again.
  silence(office);
  await office.workspace.person('maria').close();
  await office.restart();
  await openStepOne(office, 'maria', 'payments-ops', RENAMED);
  expectNoComplaints(office);
});

test('where the digest goes is asked under its new name before it is published', async () => {
  const office = await openSceneWithDigest();
  const { workspace } = office;
  await shareAndSkip(office, 'maria', 'seen in time');
  workspace.channel('learning').name = 'lessons';
  await workspace.person('jon').command('lessons', '/nearmiss digest now');
  await modalOf(office, 'jon', 'Publish the digest now?', 'One story will be posted in #lessons');
  expectNoComplaints(office);
});

test('a digest that was set up elsewhere meanwhile does not get the name of the channel before', async () => {
  const office = await openSceneWithDigest();
  const { workspace } = office;
  workspace.channel('learning').name = 'lessons';
  await workspace.person('jon').command('lessons', '/nearmiss help');
  await setUpDigest(office, 'jon', { channel: 'payments-ops' });
  await office.restart();
  await openStepOne(office, 'maria', 'quiet', 'It can be in the digest in #payments-ops.');
  expectNoComplaints(office);
});

test('step 1 says the name the channel has where it is opened, whatever Slack had answered', async () => {
  const office = await openScene();
  const { workspace } = office;
  await openStepOne(office, 'maria', 'payments-ops', 'A card goes into #payments-ops');
  await workspace.person('maria').close();
  workspace.channel('payments-ops').name = 'payments';
  silence(office);
  await openStepOne(office, 'maria', 'payments', 'A card goes into #payments when you save.');
  await workspace.person('maria').change('view', 'summary', 'seen in time');
  await workspace.person('maria').submit();
  expect(rows(office, 'select channel_name from near_misses')).toEqual([{ channel_name: 'payments' }]);
  expectNoComplaints(office);
});

/** Everything that says where a near-miss of the only one there is stays, to whoever shared it. */
async function saidToMaria(office: Office): Promise<string[]> {
  const maria = office.workspace.person('maria');
  const shown = await show(office, 'maria', 'NM-1');
  await maria.press(placeOf(shown), 'card_more', `who_can_see:${onlyId(office)}`);
  const who = wordsOf(await modalOf(office, 'maria', 'Who can see this', 'Only members of'));
  await maria.close();
  await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
  await modalOf(office, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  const change = wordsOf(await modalOf(office, 'maria', 'Who can see this', 'tier'));
  await maria.close({ all: true });
  return [who, change];
}

test.each([
  ['at once', async () => undefined],
  ['after a restart', (office: Office) => office.restart()],
])('what was shared in it is promised to stay under its new name, %s', async (_when, meanwhile) => {
  const office = await openScene();
  const { workspace } = office;
  await shareAndSkip(office, 'maria', 'seen in time', { audience: 'channel' });
  workspace.channel('payments-ops').name = 'payments';
  await workspace.person('jon').command('payments', '/nearmiss help');
  await meanwhile(office);
  workspace.addChannel({ name: 'payments-ops', id: 'C0OTHER000', members: ['maria'] });
  const [who = '', change = ''] = await saidToMaria(office);
  expect(who).toContain('Only members of #payments can read the story');
  expect(change).toContain('Only members of #payments\n');
  expect(who + change).not.toContain('#payments-ops');
  expectNoComplaints(office);
});

test('what somebody adds is promised to stay under the new name as well', async () => {
  const office = await openScene();
  const { workspace } = office;
  const jon = workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time', { audience: 'channel' });
  await lend(office, 'jon', 'NM-1', 'open ten by hand');
  await openChange(office, 'maria', 'payments-ops');
  await changeWhoCanSee(office, 'maria', { audience: 'everyone' });
  workspace.channel('payments-ops').name = 'payments';
  await jon.command('payments', '/nearmiss show NM-1');
  const shown = await ephemeralOf(office, 'jon', 'seen in time');
  await jon.press(placeOf(shown), 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'answered');
  await jon.press('view', { block_id: 'went_right' });
  await modalOf(office, 'jon', 'What went right', 'What you add here stays in #payments,');
  expectNoComplaints(office);
});

test('a private channel that was renamed gives its new name to nobody who left it', async () => {
  const office = await openScene();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await openStepOne(office, 'maria', 'ledger', 'Only members of #ledger');
  await maria.change('view', 'summary', 'two reports differed');
  await maria.submit();
  await maria.close();
  await ephemeralOf(office, 'maria', 'Thank you.');
  maria.leave('ledger');
  workspace.channel('ledger').name = 'ledger-layoffs';
  await office.goTo(office.now() + DAY);
  const left = (await saidToMaria(office)).join('\n');
  expect(left).toContain('Only members of #ledger');
  expect(left).not.toContain('layoffs');
  workspace.channel('ledger-layoffs').members.add(maria.id);
  await office.goTo(office.now() + DAY);
  expect((await saidToMaria(office)).join('\n')).toContain('Only members of #ledger-layoffs');
  expectNoComplaints(office);
});

test('without a digest, a renamed channel is nothing to keep', async () => {
  const office = await openScene();
  await chooseStewards(office, 'jon', ['jon']);
  office.workspace.channel('learning').name = 'lessons';
  await office.workspace.person('jon').command('lessons', '/nearmiss help');
  await office.restart();
  expect(JSON.stringify(rows(office, 'select settings from workspaces'))).not.toContain('lessons');
  expectNoComplaints(office);
});
