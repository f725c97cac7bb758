import { expect, test } from 'vitest';
import { callsOf, cardIn, expectNoComplaints, shareAndSkip, wordsOf } from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';

/** How often the app asked Slack for its directory of people. */
const timesRead = (office: Office) =>
  callsOf(office, 'users.list').filter(({ outcome }) => outcome !== 'pending').length;

test('the directory of people is read again and again, so that people stay known and newcomers become known', async () => {
  const office = await openOffice({ world: { directoryPace: { againMs: 20, afterFailureMs: 60_000 } } });
  const { workspace } = office;
  await workspace.until(() => timesRead(office) > 0);
  const jon = workspace.state.people.get(workspace.person('jon').id);
  if (jon !== undefined) workspace.state.people.set(jon.id, { ...jon, realName: 'Jon Newname' });
  const before = timesRead(office);
  await workspace.until(() => timesRead(office) >= before + 2);
  await shareAndSkip(office, 'jon', 'by a newcomer');
  expect(wordsOf(await cardIn(office, 'payments-ops', 'maria', 'by a newcomer'))).toContain(
    'Shared by Jon Newname',
  );
  expectNoComplaints(office);
});

test('a directory that could not be read is read again soon, not hours later', async () => {
  const office = await openOffice({ world: { directoryPace: { againMs: 60 * 60_000, afterFailureMs: 10 } } });
  await office.workspace.until(() => timesRead(office) === 1);
  const broken = office.workspace.faults.on('users.list', { kind: 'http', status: 503 });
  await office.restart();
  await broken.struck;
  await office.workspace.until(() => timesRead(office) === 3);
  expect(office.logged()).toContain('the directory of people could not be read to its end');
  expectNoComplaints(office);
});
