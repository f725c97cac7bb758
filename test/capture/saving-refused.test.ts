import { describe, expect, test } from 'vitest';
import { answerAll } from '../support/answers.ts';
import {
  beginToShare,
  expectNoComplaints,
  holdTheDatabase,
  refuseToStore,
  rows,
  share,
  typedIn,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

describe('when nothing can be written', () => {
  test('step 1 says so, keeps every word, and Save works a moment later', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await beginToShare(office, 'maria', 'words I would hate to lose', { system: 'Payroll' });
    const letGo = holdTheDatabase(office);
    const failed = await maria.submit();
    expect(failed.failure).toBeUndefined();
    expect(failed.errors).toEqual({
      summary:
        'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    });
    expect(typedIn(maria.view(), 'summary')).toBe('words I would hate to lose');
    letGo();
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(office, 'select number from near_misses')).toEqual([{ number: 1 }]);
    expectNoComplaints(office);
  });

  test('step 2 says so, and that the near-miss itself is safe', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'safe already');
    await answerAll(office, 'maria');
    const letGo = refuseToStore(office);
    expect((await maria.submit()).errors).toEqual({
      saves:
        'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
    });
    letGo();
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(office, 'select text from answers')).toHaveLength(4);
    expectNoComplaints(office);
  });

  test('so does what each made possible', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await share(office, 'maria', 'took Jon');
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    const letGo = refuseToStore(office);
    expect(Object.keys((await maria.submit()).errors)).toEqual([workspace.person('jon').id]);
    letGo();
    await maria.submit();
    expect(rows(office, 'select made_possible from key_players')).toEqual([
      { made_possible: 'could stop the send' },
    ]);
    expectNoComplaints(office);
  });
});
